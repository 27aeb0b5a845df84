#include "nest/value_parts.h"

#include <unordered_map>

namespace ws::nest {
namespace {

bool IsLeaf(ExprKind kind) {
  return kind == ExprKind::kInt || kind == ExprKind::kFloat || kind == ExprKind::kSize ||
         kind == ExprKind::kAxis || kind == ExprKind::kLoad;
}

// Nodes in order, arguments first, with the number of uses; what has a name is not looked into.
void CountUses(const Program& program, ExprId id, const Names& names,
               std::unordered_map<uint32_t, int>& uses, std::vector<ExprId>& order) {
  if (++uses[id.index] > 1) return;
  const Expr& e = program.expr(id);
  if (!IsLeaf(e.kind) && names.count(id) == 0) {
    for (const ExprId arg : e.args) CountUses(program, arg, names, uses, order);
  }
  order.push_back(id);
}

void MarkAlways(const Program& program, ExprId id, std::set<ExprId>& marked) {
  if (!marked.insert(id).second) return;
  const Expr& e = program.expr(id);
  const bool conditional =
      e.kind == ExprKind::kSelect ||
      (e.kind == ExprKind::kBinary && (e.op == ExprOp::kLogicalAnd || e.op == ExprOp::kLogicalOr));
  for (size_t i = 0; i < e.args.size(); ++i) {
    if (i == 0 || !conditional) MarkAlways(program, e.args[i], marked);
  }
}

}  // namespace

SharedNodes FindShared(const Program& program, ExprId root, const Names& names) {
  std::unordered_map<uint32_t, int> uses;
  std::vector<ExprId> order;
  CountUses(program, root, names, uses, order);
  const std::set<ExprId> always = AlwaysEvaluated(program, root);
  SharedNodes result;
  for (const ExprId id : order) {
    const ExprKind kind = program.expr(id).kind;
    const bool repeated = uses[id.index] > 1 && always.count(id) > 0;
    if (kind == ExprKind::kLoad) {
      result.loads.push_back(id);
      if (repeated) result.repeated_loads.push_back(id);
    } else if (kind == ExprKind::kSize || kind == ExprKind::kAxis) {
      result.leaves.push_back(id);
    } else if (!IsLeaf(kind) && names.count(id) > 0) {
      result.named.push_back(id);
    } else if (!IsLeaf(kind)) {
      ++result.operations;
      if (repeated && id != root) result.nodes.push_back(id);
    }
  }
  return result;
}

std::set<ExprId> AlwaysEvaluated(const Program& program, ExprId root) {
  std::set<ExprId> marked;
  if (root.valid()) MarkAlways(program, root, marked);
  return marked;
}

ExprId AsUsed(const Program& program, const Nest& nest, ExprId load) {
  ExprId converted;
  std::set<ExprId> seen;
  std::vector<ExprId> open;
  for (const ExprId part : {nest.value, nest.guard, nest.init, nest.out_index}) {
    if (part.valid()) open.push_back(part);
  }
  while (!open.empty()) {
    const ExprId id = open.back();
    open.pop_back();
    if (id == load) return load;  // used as it is
    if (!seen.insert(id).second) continue;
    const Expr& e = program.expr(id);
    const bool widens =
        e.args.size() == 1 && e.args[0] == load && e.type == ir::Type::kF32 &&
        (e.kind == ExprKind::kCast || e.name == "__half2float" || e.name == "__bfloat162float");
    if (!widens) {
      open.insert(open.end(), e.args.begin(), e.args.end());
    } else if (converted.valid() && converted != id) {
      return load;
    } else {
      converted = id;
    }
  }
  return converted.valid() ? converted : load;
}

std::vector<ExprId> Conjuncts(const Program& program, ExprId guard) {
  if (!guard.valid()) return {};
  const Expr& e = program.expr(guard);
  if (e.kind != ExprKind::kBinary || e.op != ExprOp::kLogicalAnd) return {guard};
  std::vector<ExprId> result = Conjuncts(program, e.args[0]);
  const std::vector<ExprId> more = Conjuncts(program, e.args[1]);
  result.insert(result.end(), more.begin(), more.end());
  return result;
}

bool IsIdentity(Program& program, Reduction reduction, ir::Type type, ExprId init) {
  if (!init.valid()) return true;
  const ExprId identity = IdentityOf(program, reduction, type);
  const Expr a = program.expr(identity);
  const Expr b = program.expr(init);
  if (a.kind == b.kind && a.bits == b.bits) return true;
  if (b.kind == ExprKind::kInt && b.bits == 0) {
    return reduction == Reduction::kSum || reduction == Reduction::kOr;
  }
  return b.kind == ExprKind::kInt && b.bits == 1 && reduction == Reduction::kProduct;
}

}  // namespace ws::nest
