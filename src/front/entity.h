// What names mean: variables, functions, types, constants; and instances of functions.
// Device-clean.
#ifndef WARPSMITH_FRONT_ENTITY_H_
#define WARPSMITH_FRONT_ENTITY_H_

#include <cstdint>

#include "base/id.h"
#include "front/tree.h"
#include "front/types.h"

namespace ws::front {

using InstanceId = Id<struct InstanceTag>;

enum class EntityKind : uint8_t {
  kLocal,      // variable of a function, register or frame
  kParam,      // parameter of a function
  kShared,     // __shared__ variable; `dynamic` if extern
  kGlobal,     // variable at file scope, or static local
  kFunction,   // one function or function template; overloads are chained
  kTypeAlias,  // typedef, using, enum, template type parameter
  kConstant,   // enumerator or template value parameter
};

struct Entity {
  EntityKind kind = EntityKind::kLocal;
  bool address_taken = false;       // needs memory: & taken, bound to a reference, an array
  bool is_constant = false;         // `bits` is its value wherever it is named
  bool is_template = false;         // functions
  bool dynamic = false;             // extern __shared__
  bool in_constant_memory = false;  // __constant__
  bool on_host = false;             // persistent variable of host code
  NameId name;
  TypeId type;            // of a variable: may be a reference type; of a constant: its type
  NodeId node;            // Declarator, Function, TemplateTypeParam, Enumerator...
  NodeId type_node;       // function: its Function node; variables: their VarDecl or Param
  InstanceId owner;       // the instance whose walk declared it; instance 0 at file scope
  uint32_t scope_at = 0;  // locals: how many names were in scope before it
  EntityId next;          // functions: next overload of the name; locals: what this one hides
  uint32_t flags = 0;     // function_flag of functions, storage_flag of variables
  TypeId scope;           // the struct or scoped enumeration that it is a member of, if any
  EntityId next_member;   // the member of the same scope declared before it
  EntityId slot;          // of a virtual function: the one that it overrides first, or itself
  TypeId within;          // of a friend: the struct that it is declared in
  uint64_t bits = 0;      // value of a constant (see NodeInfo::bits)
};

// One argument of a template: a type, or a value.
struct TemplateArg {
  TypeId type;        // the type, or the type of the value
  uint64_t bits = 0;  // the value
  bool is_type = false;
  bool known = false;
  bool deduced = false;  // from an argument of the call
  WS_HD bool operator==(const TemplateArg& o) const {
    return type == o.type && bits == o.bits && is_type == o.is_type && known == o.known;
  }
};

// Where an instance's code runs.
enum class Target : uint8_t { kFile, kKernel, kDevice, kHost };

// A function with its template arguments, or (instance 0) the declarations at file scope.
struct Instance {
  EntityId function;  // invalid for instance 0
  Target target = Target::kFile;
  bool has_signature = false;  // result and params are known
  bool signature_failed = false;
  bool body_done = false;
  bool has_body = false;
  bool is_used = false;                  // runs: a kernel or host function, or what these call
  NodeId node;                           // its Function node (the definition, when there is one)
  uint32_t first_arg = 0, num_args = 0;  // Sema::args: template arguments
  uint32_t asked_args = 0;  // as many as were asked for; those follow the completed ones
  TypeId result;
  uint32_t first_param = 0, num_params = 0;  // Sema::params
  uint32_t num_required = 0;                 // parameters without default
  uint32_t first_info = 0;                   // row of node tree.first(node) in Sema's node table
  bool has_infos = false;
  bool deduces = false;                      // its result was written with auto
  bool moves = false;                        // its result is a T&&
  bool queued = false;                       // its body has been or will be walked
  uint32_t max_threads = 0, min_blocks = 0;  // __launch_bounds__
  TypeId self;                 // member functions: the struct, const if they cannot change *this
  bool has_this = false;       // member functions that are not static
  bool throws = false;         // an exception may leave it
  bool calls_through = false;  // it calls what a pointer or an object tells
  bool is_noexcept = false;
  bool is_variadic = false;  // any further arguments may follow
};

// A parameter of an instance's signature.
struct ParamInfo {
  TypeId type;  // as declared, arrays decayed; may be a reference
  NodeId node;  // Param node
  bool has_default = false;
  uint64_t default_bits = 0;  // the default argument, a constant of the parameter's type
  EntityId entity;            // once the body has been walked
  bool is_restrict = false;
  bool is_rvalue = false;  // a T&&, which takes no lvalue
};

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_ENTITY_H_
