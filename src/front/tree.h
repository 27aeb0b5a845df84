// The syntax tree: an immutable postorder array over the tokens of a program. Device-clean.
//
// Node i's subtree is the nodes (i - size + 1 .. i]; its last child is i - 1, and the sibling
// before child c is c - size(c). One tree serves all template instances; what sema finds out is
// kept in side tables. Rewrites are text edits followed by parsing again.
#ifndef WARPSMITH_FRONT_TREE_H_
#define WARPSMITH_FRONT_TREE_H_

#include <cstdint>

#include "base/arena.h"
#include "base/id.h"
#include "diag/source.h"

namespace ws::front {

using NodeId = Id<struct NodeTag>;
using TokenId = Id<struct TokenTag>;
using NameId = Id<struct NameTag>;  // an interned identifier

enum class NodeKind : uint8_t {
#define NODE(name, children) k##name,
#include "front/node_kinds.def"
#undef NODE
  kCount
};

enum class BuiltinType : uint8_t {
  kNamed,  // the token names a typedef, a template parameter or a builtin type such as float4
  kVoid, kBool, kChar, kSChar, kUChar, kShort, kUShort, kInt, kUInt, kLong, kULong,
  kLongLong, kULongLong, kFloat, kDouble, kAuto
};

namespace qualifier {
inline constexpr uint32_t kConst = 1, kVolatile = 2, kRestrict = 4;
}
namespace function_flag {
inline constexpr uint32_t kGlobal = 1, kDevice = 2, kHost = 4, kInline = 8, kStatic = 16,
                          kConstexpr = 32, kExternC = 64, kForceInline = 128, kNoInline = 256;
}
namespace storage_flag {
inline constexpr uint32_t kStatic = 1, kExtern = 2, kShared = 4, kConstant = 8, kDevice = 16,
                          kConstexpr = 32;
}

enum class UnaryOp : uint8_t { kPlus, kMinus, kNot, kBitNot, kDeref, kAddressOf, kPreInc, kPreDec,
                               kPostInc, kPostDec };
enum class BinaryOp : uint8_t { kNoOp, kMul, kDiv, kRem, kAdd, kSub, kShl, kShr, kLt, kGt, kLe, kGe,
                                kEq, kNe, kBitAnd, kBitXor, kBitOr, kComma };
enum class CastKind : uint8_t { kCStyle, kStatic, kReinterpret, kConst, kFunctional };

// The tree as parallel arrays.
class Tree {
 public:
  WS_HD explicit Tree(Arena& a) : kinds_(a), tokens_(a), data_(a), sizes_(a) {}

  WS_HD uint32_t size() const { return kinds_.size(); }
  WS_HD NodeId root() const { return NodeId(size() - 1); }
  WS_HD NodeKind kind(NodeId n) const { return kinds_[n.index]; }
  WS_HD TokenId token(NodeId n) const { return TokenId(tokens_[n.index]); }
  WS_HD uint32_t data(NodeId n) const { return data_[n.index]; }
  WS_HD uint32_t subtree_size(NodeId n) const { return sizes_[n.index]; }
  // First node (in array order) of n's subtree.
  WS_HD NodeId first(NodeId n) const { return NodeId(n.index + 1 - sizes_[n.index]); }

  // Children from last to first: for (c = LastChild(n); c.valid(); c = PrevSibling(n, c)).
  WS_HD NodeId LastChild(NodeId n) const {
    return sizes_[n.index] > 1 ? NodeId(n.index - 1) : NodeId();
  }
  WS_HD NodeId PrevSibling(NodeId parent, NodeId child) const {
    const uint32_t before = child.index - sizes_[child.index];
    return before != first(parent).index - 1 ? NodeId(before) : NodeId();
  }

  // Appends a node whose subtree begins at node `first` (its own index for a leaf).
  WS_HD NodeId Append(NodeKind kind, TokenId token, uint32_t data, uint32_t first) {
    const uint32_t index = kinds_.size();
    kinds_.push_back(kind);
    tokens_.push_back(token.index);
    data_.push_back(data);
    sizes_.push_back(index - first + 1);
    return NodeId(index);
  }
  WS_HD void SetData(NodeId n, uint32_t data) { data_[n.index] = data; }

 private:
  Vec<NodeKind> kinds_;
  Vec<uint32_t> tokens_;
  Vec<uint32_t> data_;
  Vec<uint32_t> sizes_;
};

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_TREE_H_
