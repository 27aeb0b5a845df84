// device-clean
#include "front/spaces.h"

namespace ws::front {

WS_HD bool Spaces::Enter(NameId name, bool open, uint32_t node) {
  uint32_t found = kNone;
  for (uint32_t i = 1; found == kNone && i < spaces_.size(); ++i) {
    if (spaces_[i].parent == current_ && spaces_[i].name == name) found = i;
  }
  if (found == kNone) {
    if (spaces_.size() >= kMaxSpaces) return false;
    found = spaces_.size();
    spaces_.push_back({name, current_, open});
  }
  Return(found, node);
  return true;
}

WS_HD void Spaces::Return(uint32_t space, uint32_t node) {
  current_ = space;
  marks_.push_back({node, space});
}

WS_HD void Spaces::AddUse(uint32_t target, NameId name, uint32_t node, bool in_block) {
  uses_.push_back({current_, target, name, node, kNone, in_block});
}

WS_HD void Spaces::AddAlias(NameId name, uint32_t target) {
  aliases_.push_back({name, current_, target});
}

WS_HD void Spaces::EndBlock(uint32_t node) {
  for (uint32_t i = uses_.size(); i > 0 && uses_[i - 1].in_block; --i) {
    if (uses_[i - 1].end == kNone) uses_[i - 1].end = node;
  }
}

WS_HD uint32_t Spaces::At(uint32_t node) const {
  uint32_t low = 0;
  uint32_t high = marks_.size();
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    if (marks_[middle].node <= node) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low == 0 ? 0 : marks_[low - 1].space;
}

WS_HD uint32_t Spaces::Find(NameId name, uint32_t space, bool outwards) const {
  for (;; space = spaces_[space].parent) {
    for (const Alias& alias : aliases_) {
      if (alias.space == space && alias.name == name) return alias.target;
    }
    for (uint32_t i = 1; i < spaces_.size(); ++i) {
      if (spaces_[i].name != name) continue;
      // Through what is open in `space`, and what it uses.
      uint32_t parent = spaces_[i].parent;
      while (parent != space && spaces_[parent].open) parent = spaces_[parent].parent;
      if (parent == space) return i;
      for (const Use& use : uses_) {
        if (use.space == space && use.target == spaces_[i].parent && !use.name.valid()) return i;
      }
    }
    if (!outwards || space == 0) return kNone;
  }
}

WS_HD bool Spaces::Encloses(uint32_t outer, uint32_t inner) const {
  while (inner != outer && inner != 0) inner = spaces_[inner].parent;
  return inner == outer;
}

WS_HD bool Spaces::Sees(uint32_t target, uint32_t node) const {
  const uint32_t here = At(node);
  while (spaces_[target].open) target = spaces_[target].parent;
  if (Encloses(target, here)) return true;
  for (const Use& use : uses_) {
    if (use.target == target && !use.name.valid() && node >= use.begin && node < use.end &&
        Encloses(use.space, here)) {
      return true;
    }
  }
  return false;
}

}  // namespace ws::front
