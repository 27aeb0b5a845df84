// The syntax tree: an immutable postorder array over the tokens of a program. Device-clean.
//
// Node i's subtree is the nodes [i - size + 1 .. i]; its last child is i - 1, and the sibling
// before child c is c - size(c). One tree serves all template instances; what sema finds out is
// kept in side tables. Rewrites are text edits followed by parsing again.
#ifndef WARPSMITH_FRONT_TREE_H_
#define WARPSMITH_FRONT_TREE_H_

#include <cstdint>

#include "base/arena.h"
#include "base/id.h"
#include "diag/source.h"
#include "front/spaces.h"

namespace ws::front {

using NodeId = Id<struct NodeTag>;
using TokenId = Id<struct TokenTag>;

enum class NodeKind : uint8_t {
#define NODE(name, children) k##name,
#include "front/node_kinds.def"
#undef NODE
  kCount
};

enum class BuiltinType : uint8_t {
  kNamed,  // the token names a typedef, a template parameter or a builtin type such as float4
  kVoid,
  kBool,
  kChar,
  kSChar,
  kUChar,
  kShort,
  kUShort,
  kInt,
  kUInt,
  kLong,
  kULong,
  kLongLong,
  kULongLong,
  kFloat,
  kDouble,
  kAuto
};

namespace qualifier {
inline constexpr uint32_t kConst = 1, kVolatile = 2, kRestrict = 4;
inline constexpr uint32_t kTrait = 8;  // of TypeSpec: a trait of std, by its token and arguments
// Written `struct Name`, which declares the name if need be.
inline constexpr uint32_t kElaborated = 16;
inline constexpr uint32_t kDecltype = 32;  // decltype(auto)
}  // namespace qualifier
namespace function_flag {
inline constexpr uint32_t kGlobal = 1, kDevice = 2, kHost = 4, kInline = 8, kStatic = 16,
                          kConstexpr = 32, kExternC = 64, kForceInline = 128, kNoInline = 256;
// Functions declared in a struct. kConst: it does not change its object.
inline constexpr uint32_t kMember = 512, kConst = 1024, kPrivate = 2048, kFriend = 4096,
                          kConstructor = 8192, kExplicit = 16384, kDefaulted = 32768;
inline constexpr uint32_t kLambda = 1u << 16, kDestructor = 1u << 17, kDeleted = 1u << 18,
                          kConversion = 1u << 19;
inline constexpr uint32_t kVirtual = kExternC;  // of members, which are never extern "C"
// Operator functions: the TokenKind of the operator, ( and [ for () and [], from this bit on.
inline constexpr uint32_t kOperatorShift = 20;
}  // namespace function_flag
namespace lambda_flag {
inline constexpr uint32_t kByValue = 1, kByReference = 2;  // what is not named
inline constexpr uint32_t kThis = 4;
}  // namespace lambda_flag
namespace new_flag {
inline constexpr uint32_t kArray = 1, kZero = 2;     // new T[n], new T[n]()
inline constexpr uint32_t kPlaced = 4, kBraces = 8;  // new (place) T, new T{...}
}  // namespace new_flag
namespace delete_flag {
inline constexpr uint32_t kObject = 1, kAtPointer = 2;  // object.~T(), pointer->~T()
}  // namespace delete_flag
namespace struct_flag {
inline constexpr uint32_t kClass = 1, kUnion = 2;
inline constexpr uint32_t kInherits = 4;  // the constructors of its base: using Base::Base
// Its alignment, as in storage_flag.
inline constexpr uint32_t kAlignShift = 8, kAlignMask = 0xf00;
}  // namespace struct_flag
namespace storage_flag {
inline constexpr uint32_t kStatic = 1, kExtern = 2, kShared = 4, kConstant = 8, kDevice = 16,
                          kConstexpr = 32, kRange = 64,  // kRange: by a range-based for
    kManaged = 128;                                      // and kDevice
// alignas and __align__ of a power of two: its logarithm plus 1 stands in four bits from here on.
inline constexpr uint32_t kAlignShift = 8, kAlignMask = 0xf00;
inline constexpr uint32_t kMember = 0x1000, kPrivate = 0x2000;  // of a struct
inline constexpr uint32_t kCaught = 0x4000;                     // by a handler
}  // namespace storage_flag

enum class UnaryOp : uint8_t {
  kPlus,
  kMinus,
  kNot,
  kBitNot,
  kDeref,
  kAddressOf,
  kPreInc,
  kPreDec,
  kPostInc,
  kPostDec
};
enum class BinaryOp : uint8_t {
  kNoOp,
  kMul,
  kDiv,
  kRem,
  kAdd,
  kSub,
  kShl,
  kShr,
  kLt,
  kGt,
  kLe,
  kGe,
  kEq,
  kNe,
  kBitAnd,
  kBitXor,
  kBitOr,
  kComma
};
enum class CastKind : uint8_t { kCStyle, kStatic, kReinterpret, kConst, kFunctional };

// The tree as parallel arrays, which grow together.
class Tree {
 public:
  WS_HD explicit Tree(Arena& arena) : spaces(arena), arena_(&arena) {}

  // The namespaces in which the nodes stand.
  Spaces spaces;
  // The parser gave up before the end; what the nodes say of names and scopes cannot be trusted.
  bool is_cut_short = false;

  WS_HD uint32_t size() const { return size_; }
  WS_HD NodeId root() const { return NodeId(size_ - 1); }
  WS_HD NodeKind kind(NodeId n) const { return kinds_[n.index]; }
  // The token that stands for the node: a name, an operator, a keyword (see node_kinds.def).
  WS_HD TokenId token(NodeId n) const { return TokenId(tokens_[n.index]); }
  WS_HD uint32_t data(NodeId n) const { return data_[n.index]; }
  WS_HD uint32_t subtree_size(NodeId n) const { return sizes_[n.index]; }
  // The node's text is the tokens [begin, end).
  WS_HD TokenId begin_token(NodeId n) const { return TokenId(begins_[n.index]); }
  WS_HD TokenId end_token(NodeId n) const { return TokenId(ends_[n.index]); }
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

  // The object of a Member; template arguments may stand behind it.
  WS_HD NodeId ObjectOf(NodeId member) const {
    const NodeId last(member.index - 1);
    return kinds_[last.index] == NodeKind::kTemplateArgs ? NodeId(last.index - sizes_[last.index])
                                                         : last;
  }

  // Makes room for `count` nodes; false when the arena is full.
  WS_HD bool Reserve(uint32_t count) {
    if (count <= capacity_) return true;
    Tree larger(*arena_);
    const bool ok = larger.Allocate(larger.kinds_, count) &&
                    larger.Allocate(larger.tokens_, count) &&
                    larger.Allocate(larger.data_, count) && larger.Allocate(larger.sizes_, count) &&
                    larger.Allocate(larger.begins_, count) && larger.Allocate(larger.ends_, count);
    if (!ok) return false;
    for (uint32_t i = 0; i < size_; ++i) {
      larger.kinds_[i] = kinds_[i];
      larger.tokens_[i] = tokens_[i];
      larger.data_[i] = data_[i];
      larger.sizes_[i] = sizes_[i];
      larger.begins_[i] = begins_[i];
      larger.ends_[i] = ends_[i];
    }
    larger.spaces = spaces;
    larger.size_ = size_;
    larger.capacity_ = count;
    *this = larger;
    return true;
  }

  // Appends a node whose subtree begins at node `first` (its own index for a leaf). On a full arena
  // nothing is appended and the arena is marked failed.
  WS_HD NodeId Append(NodeKind kind, TokenId token, uint32_t data, uint32_t first, TokenId begin,
                      TokenId end) {
    if (size_ == capacity_ && !Reserve(capacity_ == 0 ? 64 : 2 * capacity_)) {
      return NodeId(size_ > 0 ? size_ - 1 : 0);
    }
    const uint32_t index = size_++;
    kinds_[index] = kind;
    tokens_[index] = token.index;
    data_[index] = data;
    sizes_[index] = index - first + 1;
    begins_[index] = begin.index;
    ends_[index] = end.index;
    return NodeId(index);
  }
  WS_HD void SetData(NodeId n, uint32_t data) {
    if (n.index < size_) data_[n.index] = data;
  }

 private:
  template <typename T>
  WS_HD bool Allocate(T*& array, uint32_t count) {
    array = static_cast<T*>(arena_->Allocate(size_t{count} * sizeof(T)));
    return array != nullptr;
  }

  Arena* arena_;
  uint32_t size_ = 0;
  uint32_t capacity_ = 0;
  NodeKind* kinds_ = nullptr;
  uint32_t* tokens_ = nullptr;
  uint32_t* data_ = nullptr;
  uint32_t* sizes_ = nullptr;
  uint32_t* begins_ = nullptr;
  uint32_t* ends_ = nullptr;
};

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_TREE_H_
