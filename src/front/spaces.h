// The program's namespaces, and what makes names of one seen in another. Device-clean.
//
// Namespaces are not nodes of the tree: a range of its nodes is in one. Space 0 is that of the
// file. The parser enters and leaves them and records using directives, using declarations and
// aliases; sema asks where a node stands and which spaces are looked through from there.
#ifndef WARPSMITH_FRONT_SPACES_H_
#define WARPSMITH_FRONT_SPACES_H_

#include <cstdint>

#include "base/arena.h"
#include "base/id.h"

namespace ws::front {

using NameId = Id<struct NameTag>;  // an interned identifier

class Spaces {
 public:
  static constexpr uint32_t kNone = 0xffffffffu;
  static constexpr uint32_t kMaxSpaces = 1024;

  struct Space {
    NameId name;  // invalid of the file and of unnamed ones
    uint32_t parent = 0;
    bool open = false;  // inline or unnamed: its names are seen in the parent too
  };
  // `using namespace target`, or with a name `using target::name`, which holds for names at the
  // nodes [begin, end) that are looked up in `space`.
  struct Use {
    uint32_t space = 0;
    uint32_t target = 0;
    NameId name;
    uint32_t begin = 0, end = kNone;
    bool in_block = false;
  };

  WS_HD explicit Spaces(Arena& arena)
      : spaces_(arena), marks_(arena), uses_(arena), aliases_(arena) {
    spaces_.push_back({});
  }

  // --- the parser's side; `node` is the next node of the tree
  WS_HD uint32_t current() const { return current_; }
  // Enters the namespace of that name within the current one. False when there are too many.
  WS_HD bool Enter(NameId name, bool open, uint32_t node);
  WS_HD void Return(uint32_t space, uint32_t node);
  WS_HD void AddUse(uint32_t target, NameId name, uint32_t node, bool in_block);
  WS_HD void AddAlias(NameId name, uint32_t target);
  // What stood in a block is over.
  WS_HD void EndBlock(uint32_t node);

  // --- results
  WS_HD uint32_t size() const { return spaces_.size(); }
  WS_HD const Space& operator[](uint32_t space) const { return spaces_[space]; }
  // The space in which the node stands.
  WS_HD uint32_t At(uint32_t node) const;
  // The namespace or alias of the name in `space`; with `outwards` also in what is around it.
  WS_HD uint32_t Find(NameId name, uint32_t space, bool outwards) const;
  // Whether `outer` is `inner` or around it.
  WS_HD bool Encloses(uint32_t outer, uint32_t inner) const;
  WS_HD const Vec<Use>& uses() const { return uses_; }
  // Whether names of `target` are seen at the node without qualification.
  WS_HD bool Sees(uint32_t target, uint32_t node) const;

 private:
  struct Mark {
    uint32_t node;
    uint32_t space;
  };
  struct Alias {
    NameId name;
    uint32_t space;
    uint32_t target;
  };

  uint32_t current_ = 0;
  Vec<Space> spaces_;
  Vec<Mark> marks_;  // from this node on; ascending
  Vec<Use> uses_;
  Vec<Alias> aliases_;
};

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_SPACES_H_
