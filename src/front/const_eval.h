// Calls of constexpr functions at compile time. Device-clean.
//
// A walk over the analysed body of an instance, as lowering does it, with values instead of code:
// scalar variables, all control flow but goto and range-based for, calls of further constexpr
// functions. What has no constant value (memory, undefined arithmetic, too many steps) gives none.
#ifndef WARPSMITH_FRONT_CONST_EVAL_H_
#define WARPSMITH_FRONT_CONST_EVAL_H_

#include <span>

#include "front/sema.h"

namespace ws::front {

class ConstEval {
 public:
  enum class Outcome : uint8_t {
    kValue,
    kNotConstant,
    kNeedsBody,  // `missing` must be analysed first
  };
  static constexpr uint64_t kFuel = 1u << 22;  // steps of a whole program

  // `fuel` is what the program has left, in steps.
  WS_HD ConstEval(Arena& arena, const Sema& sema, uint64_t* fuel)
      : sema_(&sema), fuel_(fuel), frames_(arena), values_(arena), variables_(arena) {}

  // The value of function(args), each argument as NodeInfo::bits of its parameter's type.
  WS_HD Outcome Call(InstanceId function, std::span<const uint64_t> args, uint64_t* result);
  WS_HD InstanceId missing() const { return missing_; }
  // After kNotConstant: the node that has no constant value; invalid where there is none.
  WS_HD NodeId stopped() const { return stopped_; }

 private:
  struct Frame {
    InstanceId instance;
    Sema::Infos infos;
    uint32_t at = 0;         // node to visit next
    uint32_t end = 0;        // the body
    uint32_t first = 0;      // first node of the body
    uint32_t values = 0;     // value of node `first`
    uint32_t variables = 0;  // its first variable
  };
  struct Variable {
    EntityId entity;
    uint64_t bits;
  };
  static constexpr uint32_t kMaxFrames = 512;
  static constexpr uint32_t kMaxValues = 1u << 18;

  WS_HD bool Enter(InstanceId function, std::span<const uint64_t> args);
  WS_HD bool Visit(NodeId n);  // false: not a constant
  WS_HD bool VisitMarker(NodeId n);
  WS_HD bool VisitDeclarator(NodeId n);
  WS_HD bool VisitUnary(NodeId n);
  WS_HD bool VisitAssign(NodeId n);
  WS_HD bool VisitCall(NodeId n);
  WS_HD bool EnterSwitch(NodeId owner, NodeId condition);
  WS_HD bool Leave(NodeId n, bool is_break);
  WS_HD bool Return(uint64_t bits);
  WS_HD Variable* Find(NodeId name);
  WS_HD bool Get(NodeId n, TypeId type, uint64_t* bits);
  WS_HD bool IsTrueAt(NodeId n, bool* truth);
  WS_HD void Set(NodeId n, uint64_t bits);
  WS_HD NodeId ChildOfKind(NodeId owner, NodeKind kind) const;
  WS_HD void GoTo(NodeId n) { frames_.back().at = n.index; }
  WS_HD void GoBehind(NodeId n) { frames_.back().at = n.index + 1; }

  WS_HD const Tree& tree() const { return sema_->tree(); }
  WS_HD const NodeInfo& info(NodeId n) const { return frames_.back().infos[n]; }
  WS_HD TypeKind kind(TypeId t) const { return sema_->types().Kind(t); }

  const Sema* sema_;
  uint64_t* fuel_;
  Vec<Frame> frames_;
  Vec<uint64_t> values_;
  Vec<Variable> variables_;
  InstanceId missing_;
  NodeId stopped_;
  uint64_t result_ = 0;
};

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_CONST_EVAL_H_
