// Stores in loops: reductions in memory, and the check that iterations keep apart.
#include <algorithm>

#include "nest/lifter.h"
#include "nest/reductions.h"

namespace ws::nest {

// A store to the same element in every iteration: a reduction in memory, or one that repeats.
void Lifter::StoreInLoop(Item* item, AxisId axis) {
  if (AxesOf(item->index).count(axis.index) > 0) return;
  const auto is_old = [&](ExprId e) {
    const Expr& x = p_.expr(e);
    return x.kind == ExprKind::kLoad && x.index == item->out.index &&
           SameValue(p_, x.args[0], item->index);
  };
  if (item->reduction != Reduction::kNone) {
    if (!is_old(item->init)) Refuse("a store that every iteration repeats", item->loc);
    item->reduced.insert(item->reduced.begin(), axis);
    item->loops.erase(std::remove(item->loops.begin(), item->loops.end(), axis), item->loops.end());
    return;
  }
  std::vector<ExprId> stack = {item->value};
  while (!stack.empty()) {
    const ExprId top = stack.back();
    stack.pop_back();
    const Expr e = p_.expr(top);
    stack.insert(stack.end(), e.args.begin(), e.args.end());
    if (!is_old(top)) continue;
    const Update update = FindUpdate(p_, top, item->value);
    if (update.reduction == Reduction::kNone) break;
    item->reduction = update.reduction;
    item->init = top;
    item->value = update.value;
    item->reduced = {axis};
    item->loops.erase(std::remove(item->loops.begin(), item->loops.end(), axis), item->loops.end());
    return;
  }
  Refuse("a store to the same element in every iteration of a loop", item->loc);
}

// Distributing the loop over its items keeps what each iteration does apart from the others.
void Lifter::CheckIterations(size_t items_before, AxisId axis, diag::Loc loc) {
  for (size_t i = items_before; i < s_.items.size(); ++i) {
    const Item& store = s_.items[i];
    if (!store.out.valid() || store.atomic) continue;
    if (AxesOf(store.index).count(axis.index) == 0) continue;  // a reduction in memory
    for (size_t j = items_before; j < s_.items.size(); ++j) {
      const Item& other = s_.items[j];
      if (j != i && other.out == store.out) CheckPair(store, other.index, axis, loc);
      std::vector<ExprId> stack = {other.value, other.init, other.index};
      stack.insert(stack.end(), other.guards.begin(), other.guards.end());
      std::set<uint32_t> seen;
      while (!stack.empty()) {
        const ExprId id = stack.back();
        stack.pop_back();
        if (!id.valid() || !seen.insert(id.index).second) continue;
        const Expr e = p_.expr(id);
        stack.insert(stack.end(), e.args.begin(), e.args.end());
        if (e.kind == ExprKind::kLoad && e.index == store.out.index) {
          CheckPair(store, e.args[0], axis, loc);
        }
      }
    }
  }
}

void Lifter::CheckPair(const Item& store, ExprId index, AxisId axis, diag::Loc loc) {
  if (SameValue(p_, store.index, index)) return;
  const Linear a = ToLinear(p_, store.index);
  const Linear b = ToLinear(p_, index);
  const auto coefficient = [&](const Linear& linear) {
    for (const LinearTerm& t : linear.terms) {
      if (t.axis == axis) return t.coefficient;
    }
    return ExprId();
  };
  if (a.ok && b.ok && coefficient(a).valid() && coefficient(b).valid() &&
      SameValue(p_, coefficient(a), coefficient(b))) {
    // Iterations touch blocks of `coefficient` elements that do not overlap.
    const ExprId block = coefficient(a);
    const ExprId in_a = Simplify(p_, p_.Binary(ExprOp::kDiv, store.index, block));
    const ExprId in_b = Simplify(p_, p_.Binary(ExprOp::kDiv, index, block));
    const Linear block_a = ToLinear(p_, in_a);
    if (block_a.ok && coefficient(block_a).valid() && SameValue(p_, in_a, in_b)) return;
    int64_t apart = 0;
    int64_t stride = 0;
    const ExprId difference = Simplify(p_, p_.Binary(ExprOp::kSub, store.index, index));
    if (p_.IsInt(difference, &apart) && p_.IsInt(block, &stride) && stride != 0 &&
        apart % stride != 0) {
      return;
    }
  }
  Refuse("elements of " + p_.buffers[store.out.index].name +
             " that one iteration of a loop writes and another may use",
         loc);
}

}  // namespace ws::nest
