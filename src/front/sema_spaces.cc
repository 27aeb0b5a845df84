// device-clean
// Names at file scope: in which namespaces they are looked up.
#include <cstring>

#include "front/walker.h"

namespace ws::front {

WS_HD EntityId& Walker::GlobalSlot(NameId name, uint32_t space) {
  for (uint32_t i = global_[name.index]; i != 0; i = groups_[i - 1].next) {
    if (groups_[i - 1].space == space) return groups_[i - 1].head;
  }
  Group& made = groups_.push_back({space, global_[name.index], EntityId()});
  if (!s_->arena_->failed()) global_[name.index] = groups_.size();
  return made.head;
}

WS_HD EntityId Walker::GlobalIn(NameId name, uint32_t space) const {
  for (uint32_t i = global_[name.index]; i != 0; i = groups_[i - 1].next) {
    if (groups_[i - 1].space == space) return groups_[i - 1].head;
  }
  return {};
}

// What the name means in `space`, what is open in it, and what it uses at the node.
WS_HD void Walker::FindIn(NameId name, uint32_t space, uint32_t node, bool qualified,
                          Found* found) const {
  const Spaces& spaces = tree().spaces;
  constexpr uint32_t kMost = 16;
  uint32_t work[kMost] = {space};
  uint32_t count = 1;
  const auto add = [&](uint32_t target) {
    for (uint32_t i = 0; i < count; ++i) {
      if (work[i] == target) return;
    }
    if (count < kMost) work[count++] = target;
  };
  // What a space declares, also in what is open in it.
  const auto declared = [&](uint32_t in) {
    found->Add(GlobalIn(name, in));
    for (uint32_t i = global_[name.index]; i != 0; i = groups_[i - 1].next) {
      uint32_t s = groups_[i - 1].space;
      while (s != in && spaces[s].open) s = spaces[s].parent;
      if (s == in) found->Add(groups_[i - 1].head);
    }
  };
  for (uint32_t at = 0; at < count; ++at) {
    declared(work[at]);
    // What is used counts in a qualified name only where the namespace itself has none.
    if (qualified && found->count > 0) return;
    for (const Spaces::Use& use : spaces.uses()) {
      if (use.space != work[at] || node < use.begin || node >= use.end) continue;
      if (!use.name.valid()) {
        add(use.target);
      } else if (use.name == name) {
        declared(use.target);
      }
    }
  }
}

WS_HD Walker::Found Walker::FindGlobal(NameId name, uint32_t node) const {
  const Spaces& spaces = tree().spaces;
  Found found;
  if (spaces.size() == 1 || global_[name.index] == 0) {
    found.Add(GlobalIn(name, 0));
    return found;
  }
  for (uint32_t space = spaces.At(node);; space = spaces[space].parent) {
    FindIn(name, space, node, false, &found);
    if (found.count > 0 || space == 0) return found;
  }
}

WS_HD uint32_t Walker::QualifyingSpace(NodeId n) const {
  const auto kind_at = [&](uint32_t i) { return (*s_->tokens_)[i].kind; };
  uint32_t at = tree().token(n).index;
  if (at == 0 || kind_at(at - 1) != TokenKind::kColonColon) return Spaces::kNone;
  constexpr uint32_t kMost = 8;
  NameId path[kMost];
  uint32_t count = 0;
  bool whole = false;  // it begins with ::
  while (at > 0 && kind_at(at - 1) == TokenKind::kColonColon) {
    if (at < 2 || kind_at(at - 2) != TokenKind::kIdentifier) {
      whole = true;
      break;
    }
    if (count == kMost) return Spaces::kNone;
    path[count++] = (*s_->tokens_)[at - 2].name;
    at -= 2;
  }
  uint32_t space = whole ? 0 : SpaceOf(n);
  for (uint32_t i = count; i > 0; --i) {
    const uint32_t within = space;
    space = tree().spaces.Find(path[i - 1], within, !whole && i == count);
    if (space != Spaces::kNone) continue;
    // The values of an enumeration that is not scoped are names of the namespace around it.
    const EntityId e = i == 1 && count > 1 ? GlobalIn(path[0], within) : EntityId();
    return e.valid() && s_->entities_[e.index].kind == EntityKind::kTypeAlias ? within : space;
  }
  return space;
}

WS_HD Walker::Found Walker::FindNamed(NodeId n) const {
  const NameId name = token(n).name;
  const uint32_t space = QualifyingSpace(n);
  if (space == Spaces::kNone) return FindGlobal(name, n.index);
  Found found;
  FindIn(name, space, n.index, true, &found);
  return found;
}

WS_HD uint32_t Walker::SpaceOfType(TypeId type) const {
  TypeId t = s_->types_.InnerElement(s_->types_.StripReference(type));
  while (kind(t) == TypeKind::kPointer) t = s_->types_.Element(t);
  if (kind(t) != TypeKind::kStruct) return Spaces::kNone;
  const NodeId node = s_->Scope(t).node;
  return node.valid() ? SpaceOf(node) : Spaces::kNone;
}

WS_HD void Walker::AddByArguments(NodeId callee, std::span<const NodeId> args, Found* found) {
  if (tree().spaces.size() == 1) return;
  for (const NodeId arg : args) {
    const uint32_t space = SpaceOfType(info(arg).type);
    const EntityId e = space == Spaces::kNone ? EntityId() : GlobalIn(token(callee).name, space);
    if (e.valid() && s_->entities_[e.index].kind == EntityKind::kFunction) found->Add(e);
  }
}

WS_HD bool Walker::SeesOperator(NodeId n, EntityId e, std::span<const NodeId> operands) {
  if (tree().spaces.size() == 1) return true;
  const uint32_t space = SpaceOf(s_->entities_[e.index].type_node);
  if (tree().spaces.Sees(space, n.index)) return true;
  for (const NodeId operand : operands) {
    if (SpaceOfType(info(operand).type) == space) return true;
  }
  return false;
}

// The name behind what declares it: `outer` if that is a struct, else the named namespaces.
WS_HD std::string_view Walker::Qualified(std::string_view name, uint32_t space,
                                         TypeId outer) const {
  Vec<char> text(*s_->arena_);
  const auto add = [&](std::string_view part) {
    for (size_t k = 0; k < part.size(); ++k) text.push_back(part.data()[k]);
  };
  if (outer != TypeId()) {
    add(s_->types_.Struct(outer).text);
    add("::");
  } else {
    constexpr uint32_t kMost = 16;
    uint32_t path[kMost], depth = 0;
    for (; space != 0 && depth < kMost; space = tree().spaces[space].parent) {
      if (tree().spaces[space].name.valid()) path[depth++] = space;
    }
    if (depth == 0) return name;
    while (depth > 0) {
      add(s_->names_->view(tree().spaces[path[--depth]].name));
      add("::");
    }
  }
  add(name);
  return {text.data(), text.size()};
}

// The same of what is declared at a node that the walk has come to; local names stand alone.
WS_HD std::string_view Walker::QualifiedHere(NodeId n, std::string_view name) const {
  const TypeId outer = InStruct() ? open_structs_.back().type : TypeId();
  if (outer == TypeId() && in_function()) return name;
  return Qualified(name, SpaceOf(n), outer);
}

// The name with the namespaces that declare it before it; empty if none does.
WS_HD std::string_view Walker::InSpace(NameId name) const {
  if (!name.valid() || global_[name.index] == 0) return {};
  const uint32_t space = groups_[global_[name.index] - 1].space;
  if (space == 0 || !tree().spaces[space].name.valid()) return {};
  return Qualified(s_->names_->view(name), space, TypeId());
}

}  // namespace ws::front
