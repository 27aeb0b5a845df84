#include "nest/rejoin.h"

#include <algorithm>

#include "nest/reductions.h"

namespace ws::nest {
namespace {

ExprOp OpOf(Reduction reduction) {
  switch (reduction) {
    case Reduction::kSum:
      return ExprOp::kAdd;
    case Reduction::kProduct:
      return ExprOp::kMul;
    case Reduction::kMax:
      return ExprOp::kMax;
    case Reduction::kMin:
      return ExprOp::kMin;
    case Reduction::kNone:
    case Reduction::kAnd:
    case Reduction::kOr:
      break;
  }
  return ExprOp::kNone;
}

void Operands(const Program& p, ExprId id, ExprOp op, std::vector<ExprId>* parts) {
  const Expr& e = p.expr(id);
  if (e.kind == ExprKind::kBinary && e.op == op) {
    const std::vector<ExprId> args = e.args;
    Operands(p, args[0], op, parts);
    Operands(p, args[1], op, parts);
    return;
  }
  parts->push_back(id);
}

bool ReadsBuffer(const Program& p, const Nest& nest, BufferId buffer) {
  for (const ExprId e : {nest.value, nest.init, nest.guard, nest.out_index}) {
    if (e.valid() && HasLoad(p, e, buffer)) return true;
  }
  return nest.update != Reduction::kNone && nest.out == buffer;
}

// u where `whole` is n / u of some n and `over` is n % u; 0 if they are not. *n is set.
int64_t UnrolledBy(Program& p, ExprId whole, ExprId over, ExprId* n) {
  const auto plain = [&](ExprId e) {
    while (p.expr(e).kind == ExprKind::kCast) e = p.expr(e).args[0];
    return e;
  };
  const Expr quotient = p.expr(plain(whole));
  int64_t u = 0;
  if (quotient.kind != ExprKind::kBinary || quotient.op != ExprOp::kDiv ||
      !p.IsInt(quotient.args[1], &u) || u < 2 || u > 64) {
    return 0;
  }
  *n = quotient.args[0];
  const ExprId rest = p.Binary(ExprOp::kRem, *n, p.Int(u));
  const ExprId difference =
      p.Binary(ExprOp::kSub, *n, p.Binary(ExprOp::kMul, plain(whole), p.Int(u)));
  if (!SameValue(p, over, rest) && !SameValue(p, over, difference)) return 0;
  return u;
}

bool TryRejoin(Program& p, size_t i, size_t j) {
  const Nest first = p.nests[i];
  const Nest second = p.nests[j];
  const ExprOp op = OpOf(first.reduction);
  if (op == ExprOp::kNone || second.reduction != first.reduction || first.reduced.size() != 1 ||
      second.reduced.size() != 1 || first.guard.valid() || second.guard.valid() ||
      first.accumulate != second.accumulate || !second.init.valid()) {
    return false;
  }
  const Expr init = p.expr(second.init);
  if (p.buffers[first.out.index].kind != BufferKind::kTemporary || init.kind != ExprKind::kLoad ||
      BufferId(init.index) != first.out || first.parallel != second.parallel ||
      !SameValue(p, init.args[0], first.out_index) || HasLoad(p, second.value, first.out)) {
    return false;
  }
  for (size_t k = 0; k < p.nests.size(); ++k) {
    if (k != j && ReadsBuffer(p, p.nests[k], first.out)) return false;
    if (k != i && p.nests[k].out == first.out) return false;
    // What the first reads must still be there.
    if (k > i && k < j && ReadsBuffer(p, first, p.nests[k].out)) return false;
  }
  const AxisId a = first.reduced[0];
  const AxisId b = second.reduced[0];
  ExprId n;
  const int64_t u = UnrolledBy(p, p.axes[a.index].extent, p.axes[b.index].extent, &n);
  if (u == 0) return false;
  const AxisId c(static_cast<uint32_t>(p.axes.size()));
  p.axes.push_back({p.axes[b.index].name, n});
  const ExprId at = p.AxisExpr(c);
  const ExprId done = p.Binary(ExprOp::kMul, p.axes[a.index].extent, p.Int(u));
  const ExprId value =
      Simplify(p, Substitute(p, second.value, {{p.AxisExpr(b), p.Binary(ExprOp::kSub, at, done)}}));
  std::vector<ExprId> parts;
  Operands(p, first.value, op, &parts);
  bool same = parts.size() == static_cast<size_t>(u);
  for (int64_t k = 0; same && k < u; ++k) {
    const ExprId index =
        p.Binary(ExprOp::kAdd, p.Binary(ExprOp::kMul, p.AxisExpr(a), p.Int(u)), p.Int(k));
    const ExprId wanted = Simplify(p, Substitute(p, value, {{at, index}}));
    const auto found = std::find_if(parts.begin(), parts.end(),
                                    [&](ExprId part) { return SameValue(p, part, wanted); });
    same = found != parts.end();
    if (same) parts.erase(found);
  }
  if (!same) {
    p.axes.pop_back();
    return false;
  }
  Nest& joined = p.nests[j];
  joined.reduced = {c};
  joined.value = value;
  joined.init = first.init;
  p.nests.erase(p.nests.begin() + static_cast<long>(i));
  return true;
}

}  // namespace

bool RejoinOne(Program* program) {
  for (size_t i = 0; i < program->nests.size(); ++i) {
    for (size_t j = i + 1; j < program->nests.size(); ++j) {
      if (TryRejoin(*program, i, j)) return true;
    }
  }
  return false;
}

}  // namespace ws::nest
