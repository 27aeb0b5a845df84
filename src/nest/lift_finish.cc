// From what one symbolic thread does to nests over the whole grid: thread and block indices become
// axes, guards become extents, divisions of an index become axes of their own.
#include <algorithm>
#include <set>

#include "base/format.h"
#include "nest/lift_kernel.h"

namespace ws::nest {

template <typename F>
void KernelLifter::ForEachExpr(F visit) {
  for (Draft& d : drafts_) {
    for (ExprId* e : {&d.init, &d.value, &d.guard, &d.out_index}) {
      if (e->valid()) *e = visit(*e);
    }
  }
  for (auto& [name, e] : named_) e = visit(e);
}

void KernelLifter::ReplaceEverywhere(const Replacements& replacements) {
  ForEachExpr([&](ExprId e) { return Simplify(program_, Substitute(program_, e, replacements)); });
}

bool KernelLifter::Mentions(const Draft& d, AxisId axis) const {
  for (const ExprId e : {d.init, d.value, d.guard, d.out_index}) {
    if (e.valid() && HasAxis(program_, e, axis)) return true;
  }
  return false;
}

bool KernelLifter::MentionedAnywhere(AxisId axis) const {
  return std::any_of(drafts_.begin(), drafts_.end(),
                     [&](const Draft& d) { return Mentions(d, axis); });
}

std::vector<ExprId> KernelLifter::Conjuncts(ExprId guard) const {
  std::vector<ExprId> out;
  std::vector<ExprId> work;
  if (guard.valid()) work.push_back(guard);
  while (!work.empty()) {
    const ExprId e = work.back();
    work.pop_back();
    const Expr& x = program_.expr(e);
    if (x.kind == ExprKind::kBinary && x.op == ExprOp::kLogicalAnd) {
      work.push_back(x.args[1]);
      work.push_back(x.args[0]);
    } else {
      out.push_back(e);
    }
  }
  return out;
}

// n where the condition says axis < n; invalid if it says something else.
ExprId KernelLifter::UpperBound(ExprId condition, AxisId axis) {
  const Expr x = program_.expr(condition);
  if (x.kind != ExprKind::kBinary) return {};
  ExprId low, high;
  bool inclusive = false;
  switch (x.op) {
    case ExprOp::kLt:
    case ExprOp::kLe:
      low = x.args[0];
      high = x.args[1];
      inclusive = x.op == ExprOp::kLe;
      break;
    case ExprOp::kGt:
    case ExprOp::kGe:
      low = x.args[1];
      high = x.args[0];
      inclusive = x.op == ExprOp::kGe;
      break;
    default:
      return {};
  }
  if (!ir::IsInteger(program_.expr(low).type) || !ir::IsInteger(program_.expr(high).type))
    return {};
  const Linear difference = ToLinear(program_, program_.Binary(ExprOp::kSub, low, high));
  int64_t coefficient = 0;
  const bool alone = difference.ok && difference.terms.size() == 1 &&
                     difference.terms[0].axis == axis &&
                     program_.IsInt(difference.terms[0].coefficient, &coefficient);
  if (!alone || coefficient != 1) return {};
  ExprId bound = program_.Unary(ExprOp::kNeg, difference.rest);
  if (inclusive) bound = program_.Binary(ExprOp::kAdd, bound, program_.Int(1));
  return Simplify(program_, bound);
}

// The axis runs over threads * blocks positions; a guard that all of its uses have says how many
// of them count.
void KernelLifter::BoundAxis(AxisId axis, ExprId threads, ExprId blocks) {
  const ExprId covered = Simplify(program_, program_.Binary(ExprOp::kMul, threads, blocks));
  ExprId bound;
  bool everywhere = true;
  for (const Draft& d : drafts_) {
    if (!Mentions(d, axis)) continue;
    ExprId own;
    for (const ExprId c : Conjuncts(d.guard)) {
      const ExprId n = UpperBound(c, axis);
      if (n.valid() && (!bound.valid() || SameValue(program_, n, bound))) own = n;
    }
    if (!own.valid()) everywhere = false;
    if (!bound.valid()) bound = own;
  }
  Axis& row = program_.axes[axis.index];
  row.extent = covered;
  if (bound.valid() && everywhere) {
    row.extent = bound;
    for (Draft& d : drafts_) {
      ExprId rest;
      for (const ExprId c : Conjuncts(d.guard)) {
        const ExprId n = UpperBound(c, axis);
        if (n.valid() && SameValue(program_, n, bound)) continue;
        rest = And(rest, c);
      }
      d.guard = rest;
    }
    const ExprId rounded =
        program_.Binary(ExprOp::kDiv,
                        program_.Binary(ExprOp::kAdd, bound,
                                        program_.Binary(ExprOp::kSub, threads, program_.Int(1))),
                        threads);
    const bool enough = SameValue(program_, blocks, rounded) || SameValue(program_, covered, bound);
    if (!enough) {
      program_.assumptions.push_back(
          {Simplify(program_, program_.Binary(ExprOp::kLe, bound, covered)),
           "the grid covers the guard's bound"});
    }
    return;
  }
  // n / threads blocks without a guard: right where threads divide n.
  const Expr b = program_.expr(blocks);
  if (b.kind == ExprKind::kBinary && b.op == ExprOp::kDiv &&
      SameValue(program_, b.args[1], threads)) {
    row.extent = b.args[0];
    program_.assumptions.push_back(
        {program_.Binary(ExprOp::kEq, program_.Binary(ExprOp::kRem, b.args[0], threads),
                         program_.Int(0)),
         "the grid has no partial block"});
  }
}

AxisId KernelLifter::NewRoot(std::string fallback, ExprId extent) {
  program_.axes.push_back({FreshName(std::move(fallback)), extent});
  return AxisId(static_cast<uint32_t>(program_.axes.size() - 1));
}

void KernelLifter::CollapseDimension(int d) {
  const AxisId thread = thread_axis_[d], block = block_axis_[d];
  const bool has_thread = MentionedAnywhere(thread), has_block = MentionedAnywhere(block);
  const ExprId one = program_.Int(1);
  if (has_thread && has_block) {
    const std::vector<Draft> drafts = drafts_;
    const auto named = named_;
    const AxisId global = NewRoot(Format("i{}", "xyz"[d]), one);
    const ExprId blocks_before =
        program_.Binary(ExprOp::kMul, program_.AxisExpr(block), shape_.block[d]);
    ReplaceEverywhere({{program_.AxisExpr(thread),
                        program_.Binary(ExprOp::kSub, program_.AxisExpr(global), blocks_before)}});
    if (!MentionedAnywhere(block)) {
      BoundAxis(global, shape_.block[d], shape_.grid[d]);
      roots_.push_back(global);
      return;
    }
    drafts_ = drafts;
    named_ = named;
  }
  if (has_block) {
    BoundAxis(block, one, shape_.grid[d]);
    roots_.push_back(block);
  }
  if (has_thread) {
    BoundAxis(thread, shape_.block[d], one);
    roots_.push_back(thread);
  }
}

// If an axis is divided by e everywhere (i / e, i % e) and e divides its extent, it is two axes.
bool KernelLifter::SplitByDivision(AxisId axis) {
  const ExprId index = program_.AxisExpr(axis);
  std::set<uint32_t> seen;
  std::vector<ExprId> work;
  for (const Draft& d : drafts_) {
    for (const ExprId e : {d.init, d.value, d.guard, d.out_index}) {
      if (e.valid()) work.push_back(e);
    }
  }
  ExprId divisor;
  while (!work.empty()) {
    const ExprId e = work.back();
    work.pop_back();
    if (!seen.insert(e.index).second) continue;
    const Expr& x = program_.expr(e);
    for (const ExprId a : x.args) work.push_back(a);
    const bool divides = x.kind == ExprKind::kBinary &&
                         (x.op == ExprOp::kDiv || x.op == ExprOp::kRem) && x.args[0] == index &&
                         !HasAxis(program_, x.args[1]);
    // The smallest divisor first; the others then divide what is left.
    if (divides && (!divisor.valid() || ProveLess(program_, x.args[1], divisor) ||
                    program_.expr(x.args[1]).args.size() < program_.expr(divisor).args.size())) {
      divisor = x.args[1];
    }
  }
  if (!divisor.valid()) return false;
  const ExprId extent = program_.axes[axis.index].extent;
  const ExprId quotient = Simplify(program_, program_.Binary(ExprOp::kDiv, extent, divisor));
  if (!SameValue(program_, program_.Binary(ExprOp::kMul, quotient, divisor), extent)) return false;
  const AxisId outer = NewRoot("row", quotient);
  const AxisId inner = NewRoot("col", divisor);
  const ExprId r = program_.AxisExpr(outer), c = program_.AxisExpr(inner);
  ReplaceEverywhere(
      {{program_.Binary(ExprOp::kDiv, index, divisor), r},
       {program_.Binary(ExprOp::kRem, index, divisor), c},
       {index, program_.Binary(ExprOp::kAdd, program_.Binary(ExprOp::kMul, r, divisor), c)}});
  const auto at = std::find(roots_.begin(), roots_.end(), axis);
  if (at != roots_.end()) {
    *at = outer;
    roots_.insert(std::next(at), inner);
  }
  for (Draft& d : drafts_) {
    const auto loop = std::find(d.loops.begin(), d.loops.end(), axis);
    if (loop == d.loops.end()) continue;
    *loop = outer;
    d.loops.insert(std::next(loop), inner);
  }
  for (Temporary& t : temporaries_) {
    const auto loop = std::find(t.loops.begin(), t.loops.end(), axis);
    if (loop == t.loops.end()) continue;
    *loop = outer;
    t.loops.insert(std::next(loop), inner);
  }
  return true;
}

void KernelLifter::NameRoots() {
  for (const AxisId axis : roots_) {
    const ExprId index = program_.AxisExpr(axis);
    for (const auto& [name, e] : named_) {
      if (e != index) continue;
      program_.axes[axis.index].name.clear();
      program_.axes[axis.index].name = FreshName(name);
      break;
    }
  }
}

std::vector<AxisId> KernelLifter::RootsIn(const Draft& draft) const {
  std::vector<AxisId> out;
  for (const AxisId axis : roots_) {
    if (Mentions(draft, axis)) out.push_back(axis);
  }
  return out;
}

void KernelLifter::MakeTemporaries() {
  for (Draft& d : drafts_) {
    std::vector<AxisId> axes = RootsIn(d);
    for (const AxisId loop : d.loops) {
      if (Mentions(d, loop)) axes.push_back(loop);
    }
    Nest nest;
    nest.parallel = axes;
    nest.guard = d.guard;
    nest.value = d.value;
    nest.accumulate = d.accumulate;
    nest.loc = d.loc;
    if (d.temporary < 0) {
      nest.out = d.out;
      nest.out_index = d.out_index;
      program_.nests.push_back(std::move(nest));
      continue;
    }
    nest.reduction = d.reduction;
    nest.reduced = {d.reduced};
    nest.init = d.init;
    ExprId elements = program_.Int(1), index = program_.Int(0);
    for (const AxisId axis : axes) {
      const ExprId extent = program_.axes[axis.index].extent;
      elements = program_.Binary(ExprOp::kMul, elements, extent);
      index = program_.Binary(ExprOp::kAdd, program_.Binary(ExprOp::kMul, index, extent),
                              program_.AxisExpr(axis));
    }
    Temporary& temporary = temporaries_[static_cast<size_t>(d.temporary)];
    program_.buffers.push_back({.name = FreshName(temporary.name),
                                .type = temporary.type,
                                .kind = BufferKind::kTemporary,
                                .elements = Simplify(program_, elements)});
    nest.out = BufferId(static_cast<uint32_t>(program_.buffers.size() - 1));
    nest.out_index = Simplify(program_, index);
    const ExprId load = program_.Load(nest.out, nest.out_index);
    program_.nests.push_back(std::move(nest));
    ReplaceEverywhere({{temporary.marker, load}});
  }
}

void KernelLifter::Finish(front::NodeId launch) {
  ForEachExpr([&](ExprId e) { return Simplify(program_, e); });
  for (const Draft& d : drafts_) {
    for (const AxisId axis : d.consumed) {
      if (Mentions(d, axis)) Fail(launch, "a thread index used beside a loop over all threads");
    }
  }
  for (int d = 2; d >= 0; --d) CollapseDimension(d);
  bool again = true;
  for (int round = 0; again && round < 8; ++round) {
    again = false;
    for (const AxisId axis : std::vector<AxisId>(roots_)) again = SplitByDivision(axis) || again;
  }
  NameRoots();
  MakeTemporaries();
}

}  // namespace ws::nest
