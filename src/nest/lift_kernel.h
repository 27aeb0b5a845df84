// One kernel launch as nests: the kernel's body evaluated for a symbolic thread. Host code.
#ifndef WARPSMITH_NEST_LIFT_KERNEL_H_
#define WARPSMITH_NEST_LIFT_KERNEL_H_

#include <string>
#include <utility>
#include <vector>

#include "nest/lift_eval.h"

namespace ws::nest {

// The grid and block of a launch: an expression in sizes per dimension.
struct LaunchShape {
  std::array<ExprId, 3> grid, block;
};

class KernelLifter : public Evaluator {
 public:
  KernelLifter(const front::Program& source, Program& program, const LaunchShape& shape);

  // Appends the launch's nests to the program; throws LiftFailure.
  void Lift(front::InstanceId kernel, const std::vector<Value>& args, front::NodeId launch);

 protected:
  Value Builtin(std::string_view name, front::NodeId at) override;
  void Store(BufferId buffer, ExprId index, ExprId value, front::NodeId at) override;
  ExprId LoadFrom(BufferId buffer, ExprId index) override;
  bool EffectCall(std::string_view name, front::NodeId call) override;
  void Statement(front::NodeId node) override;

 private:
  // A nest on its way: axes of the enclosing loops only; thread axes are added at the end.
  struct Draft {
    std::vector<AxisId> loops;  // parallel loops around it
    AxisId reduced;             // invalid for a store
    Reduction reduction = Reduction::kNone;
    ExprId init, value, guard;
    ir::Type accumulate = ir::Type::kF32;
    BufferId out;  // stores
    ExprId out_index;
    int32_t temporary = -1;        // reductions: row of temporaries_
    std::vector<AxisId> consumed;  // thread axes that enclosing stride loops cover
    diag::Loc loc;
  };
  struct Temporary {
    std::string name;
    ir::Type type;
    std::vector<AxisId> loops;  // loops it is indexed by, beside the thread axes
    ExprId marker;              // stands for a load of it while lifting
    BufferId buffer;
  };
  // for (variable = start; variable < start + extent * step; variable += step)
  struct Loop {
    front::EntityId variable;
    ExprId start, extent, step;
    std::vector<AxisId> consumed;  // thread axes that the loop's stride covers
    front::NodeId body;
  };

  void If(front::NodeId node);
  void For(front::NodeId node);
  Loop ReadLoop(front::NodeId node);
  void StrideLoop(Loop& loop, front::NodeId at);
  std::vector<front::EntityId> Carried(front::NodeId body, front::EntityId variable) const;
  // What is combined with `carried` by `op` in `e`; invalid if e has another form.
  ExprId Combined(ExprOp op, ExprId e, ExprId carried);
  struct Match {
    Reduction reduction = Reduction::kNone;
    ExprId value;
  };
  Match MatchReduction(ExprId e, ExprId carried);
  bool Mentions(ExprId e, ExprId node) const;
  void AddReduction(AxisId axis, front::EntityId variable, const Match& match, ExprId init,
                    diag::Loc loc);
  void WidenToFirst(Draft& draft, AxisId axis);
  std::string FreshName(std::string base) const;

  // --- from drafts to nests
  void Finish(front::NodeId launch);
  void ReplaceEverywhere(const Replacements& replacements);
  bool MentionedAnywhere(AxisId axis) const;
  std::vector<ExprId> Conjuncts(ExprId guard) const;
  void CollapseDimension(int d);
  void BoundAxis(AxisId axis, ExprId threads, ExprId blocks);
  ExprId UpperBound(ExprId condition, AxisId axis);
  bool SplitByDivision(AxisId axis);
  AxisId NewRoot(std::string fallback, ExprId extent);
  void NameRoots();
  void MakeTemporaries();
  std::vector<AxisId> RootsIn(const Draft& draft) const;
  bool Mentions(const Draft& draft, AxisId axis) const;
  template <typename F>
  void ForEachExpr(F visit);

  LaunchShape shape_;
  std::array<AxisId, 3> thread_axis_, block_axis_;
  std::vector<AxisId> roots_;  // axes of the grid after collapsing, outermost first
  std::vector<std::pair<std::string, ExprId>> named_;  // locals, to name axes after
  std::vector<Draft> drafts_;
  std::vector<Temporary> temporaries_;
  std::vector<AxisId> loops_;  // around the statement being evaluated
  std::vector<ExprId> guards_;
  std::vector<AxisId> consumed_;  // thread axes covered by enclosing stride loops
};

}  // namespace ws::nest

#endif  // WARPSMITH_NEST_LIFT_KERNEL_H_
