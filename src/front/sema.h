// Semantic analysis: what every node of every function instance means. Device-clean.
//
// The tree is shared by all instances of a template; what sema finds out lies in side tables, one
// row per node and instance. Instance 0 is the file scope: its rows describe the declarations at
// file scope (not the insides of functions). Every function without template parameters has one
// instance; a template has one per list of arguments it is called or launched with; a function
// that is both __host__ and __device__ has one per side that calls it.
//
// How to read the result for an instance `i` (after Analyse; sema.instance(i).body_done):
//   for each node n in tree.first(inst.node) .. inst.node:
//     const NodeInfo& info = sema.Info(i, n)
//   info.type      type of the expression, before any implicit conversion that its parent asks for,
//                  never a reference; of TypeSpec, TypeId and declarators: the type written there
//                  (which may be a reference)
//   info.category  kNone for what is not an expression; kLvalue, kRvalue, kFunction, kType,
//   kBuiltin info.constant  the value is known at compile time and is `bits`; nothing below the
//   node has a
//                  side effect, so consumers need not look further down
//   info.bits      integers and bool: the value, sign- or zero-extended to 64 bits by its type;
//                  half, float and double: the bits of the value as a double; pointers: 0
//                  Call and Launch of a user's function: the callee's InstanceId (see Callee);
//                  Member: the component, 0 for x to 3 for w; `field`: the index of the member
//   info.entity    Name: the variable, function or constant named; Declarator and Param: the
//                  entity declared; Call and Launch of a user's function: the function
//   info.field     Member and Name (then of *this): a member of a struct that holds data
//   info.conversion  the value is converted to a struct by this constructor's instance; 0 if not
//   info.function  the value is a function's address, `bits` its instance; a Name of category
//                  kFunction has there the instance that template arguments ask for, or 0
//   info.builtin   Name: the builtin variable or function named (threadIdx, expf...), and Call: the
//                  chosen row of builtins.def; kNoBuiltin otherwise
// Implicit conversions are not nodes: an operand is converted from its info.type to what the parent
// needs. For Binary that is OperandType(op, lhs, rhs); for Assign, initialisers, arguments and
// Return it is the target's type; for conditions it is bool. Operators on structs and vectors that
// the program defines have `entity` and `bits` as calls have; so have Casts, InitParens, InitEqs
// and InitLists that call a constructor.
#ifndef WARPSMITH_FRONT_SEMA_H_
#define WARPSMITH_FRONT_SEMA_H_

#include <cstdint>
#include <span>

#include "base/arena.h"
#include "diag/diag.h"
#include "front/entity.h"
#include "front/token.h"
#include "front/tree.h"
#include "front/types.h"

namespace ws::front {

// kLimit: a function of std::numeric_limits, kVectorMethod: one of std::vector; not yet called.
enum class Category : uint8_t {
  kNone,
  kRvalue,
  kLvalue,
  kFunction,
  kType,
  kBuiltin,
  kLimit,
  kVectorMethod
};

inline constexpr uint16_t kNoBuiltin = 0xffff;
// Arguments of a call, and values that it passes once objects are taken apart.
inline constexpr uint32_t kMaxArguments = 250;

struct NodeInfo {
  TypeId type;
  EntityId entity;
  uint64_t bits = 0;
  uint16_t builtin = kNoBuiltin;
  uint16_t conversion = 0;
  Category category = Category::kNone;
  bool constant = false;
  bool field = false;
  bool function = false;  // the value is the address of the function whose instance is `bits`
  bool either =
      false;  // a choice between two objects; it is one of them where an object is asked for
  bool moved = false;  // an lvalue that is taken for a temporary: std::move(x)
  bool pure = false;   // evaluating it early is safe: no side effect, no memory access, no division
};

// What is declared in a struct besides its data, or in a scoped enumeration.
struct StructScope {
  EntityId members;  // the last one declared, linked by next_member
  uint32_t num_members = 0;
  EntityId constructors;  // linked by next
  EntityId conversions;   // conversion functions, linked by next
  EntityId destructor;
  TypeId outer;      // the struct that it is declared in, if any
  InstanceId owner;  // whose walk declared it
  NodeId node;       // Struct
};

// Where the value of a lambda's member comes from.
struct Capture {
  TypeId closure;
  EntityId entity;     // a variable of the function around it
  uint32_t field = 0;  // or, without one, a member of that function's *this
  NodeId value;        // or an expression
};

class Sema {
 public:
  // Caps that hostile programs meet; each is reported by name.
  static constexpr uint32_t kMaxInstances = 1u << 14;
  static constexpr uint32_t kMaxEntities = 1u << 18;
  static constexpr uint32_t kMaxInfos = 1u << 21;

  WS_HD Sema(Arena& arena, const Tree& tree, const Vec<Token>& tokens, const Names& names,
             diag::Sink& sink);

  // Analyses the whole program; false if anything was reported as an error. `is_library`: every
  // function is kept, whether it is called or not.
  WS_HD bool Analyse(bool is_library = false);

  // --- results
  WS_HD Arena& arena() const { return *arena_; }
  WS_HD const Tree& tree() const { return *tree_; }
  WS_HD const Vec<Token>& tokens() const { return *tokens_; }
  WS_HD const Names& names() const { return *names_; }
  WS_HD TypeTable& types() { return types_; }
  WS_HD const TypeTable& types() const { return types_; }

  WS_HD uint32_t num_instances() const { return instances_.size(); }
  WS_HD const Instance& instance(InstanceId i) const { return instances_[i.index]; }
  WS_HD uint32_t num_entities() const { return entities_.size(); }
  WS_HD const Entity& entity(EntityId e) const { return entities_[e.index]; }
  WS_HD const NodeInfo& Info(InstanceId i, NodeId n) const {
    return infos_[InfoBase(instances_[i.index]) + n.index];
  }
  // Reads the rows of one instance.
  class Infos {
   public:
    Infos() = default;
    WS_HD const NodeInfo& operator[](NodeId n) const { return rows_[base_ + n.index]; }

   private:
    friend class Sema;
    const NodeInfo* rows_ = nullptr;
    uint32_t base_ = 0;  // row of node 0, wrapping around
  };
  WS_HD Infos InfosOf(InstanceId i) const {
    Infos infos;
    infos.rows_ = infos_.data();
    infos.base_ = InfoBase(instances_[i.index]);
    return infos;
  }
  WS_HD std::span<const ParamInfo> Params(const Instance& i) const {
    return {params_.data() + i.first_param, i.num_params};
  }
  WS_HD std::span<const TemplateArg> Args(const Instance& i) const {
    return {args_.data() + i.first_arg, i.num_args};
  }
  // The instance that a Call or Launch node of instance `i` enters; invalid for builtins.
  WS_HD InstanceId Callee(InstanceId i, NodeId call) const { return CalleeOf(Info(i, call)); }
  WS_HD static InstanceId CalleeOf(const NodeInfo& info) {
    return info.entity.valid() ? InstanceId(static_cast<uint32_t>(info.bits)) : InstanceId();
  }
  WS_HD const StructScope& Scope(TypeId type) const { return scopes_[type.which()]; }
  // The destructor of a struct itself; invalid if it has none.
  WS_HD InstanceId DestructorOf(TypeId type, Target side) const;
  // The function of a struct, or of the nearest base, for a virtual one.
  WS_HD EntityId FinalOverrider(TypeId type, EntityId slot) const;
  // The instance of the same function that runs on `side`.
  WS_HD InstanceId OnSide(InstanceId own, Target side) const;
  // The constructor of a struct itself that copies an object; invalid if it has none.
  // Of an object that is moved from, the one that takes it as an rvalue where there is one.
  WS_HD InstanceId CopyConstructor(TypeId type, Target side, bool moves = false) const;
  // The operator= of a struct itself that copies an object; invalid if it has none.
  // The operator new or delete of a struct, or of the nearest base; invalid if it has none.
  WS_HD InstanceId StorageOperator(TypeId type, TokenKind op, Target side) const;
  // The constructor of a struct that takes no arguments; invalid if there is none.
  WS_HD InstanceId DefaultConstructor(TypeId type, Target side) const;
  // What gives a member its value where its default initialiser is not constant.
  WS_HD InstanceId DefaultOf(const StructMember& member, Target side) const {
    return OnSide(InstanceId(static_cast<uint32_t>(entity(member.made_by).bits)), side);
  }
  // Of member `index` of the struct that a lambda is.
  WS_HD const Capture& CaptureOf(TypeId closure, uint32_t index) const {
    return captures_[types_.Struct(closure).first_capture + index];
  }
  // Name of an instance: `f`, `f<float, 4>` or `Struct::f`; in the arena.
  WS_HD std::string_view InstanceName(InstanceId i);
  WS_HD std::string_view AsWritten(std::string_view name) const;
  // Its result and parameters too: `float Struct::f<4>(int)`.
  WS_HD std::string_view SignatureText(InstanceId i);
  WS_HD std::string_view NameOf(EntityId e) const;
  // `name<float, 4>` with template arguments from `first` on; in the arena.
  WS_HD std::string_view TemplateText(std::string_view name, uint32_t first, uint32_t count);

  // The type in which a binary operator computes its operands (its result may be bool); for shifts
  // the promoted left operand. The error type if the operands do not fit each other.
  WS_HD TypeId OperandType(BinaryOp op, TypeId lhs, TypeId rhs) const;

 private:
  friend class Walker;

  // infos_ row of node 0 for an instance, wrapping around.
  WS_HD uint32_t InfoBase(const Instance& i) const {
    return i.first_info - (i.node.valid() ? tree_->first(i.node).index : 0);
  }

  Arena* arena_;
  const Tree* tree_;
  const Vec<Token>* tokens_;
  const Names* names_;
  diag::Sink* sink_;
  TypeTable types_;
  Vec<Entity> entities_;
  Vec<Instance> instances_;
  Vec<NodeInfo> infos_;
  Vec<TemplateArg> args_;
  Vec<ParamInfo> params_;
  Vec<StructScope> scopes_;       // by struct
  Vec<StructScope> enum_scopes_;  // by scoped enumeration
  Vec<Capture> captures_;         // of each lambda in the order of its members
};

// The function what() of std::exception, if the type is one; else invalid.
WS_HD EntityId FindWhat(const Sema& sema, TypeId type);
// Whether a function is written `noexcept`.
WS_HD bool IsNoexcept(const Sema& sema, NodeId function);

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_SEMA_H_
