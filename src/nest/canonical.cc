#include "nest/canonical.h"

#include <algorithm>
#include <optional>
#include <set>

namespace ws::nest {
namespace {

// Replaces axes of one nest by those of another such that the two indices agree; nothing if they
// cannot be made to.
std::optional<Replacements> Unify(Program& program, ExprId from, const std::vector<AxisId>& axes,
                                  ExprId to) {
  const Linear a = ToLinear(program, from), b = ToLinear(program, to);
  if (!a.ok || !b.ok || a.terms.size() != axes.size() || b.terms.size() != a.terms.size()) {
    return std::nullopt;
  }
  if (!SameValue(program, a.rest, b.rest)) return std::nullopt;
  Replacements out;
  std::set<uint32_t> used;
  for (const LinearTerm& x : a.terms) {
    bool found = false;
    for (size_t i = 0; i < b.terms.size() && !found; ++i) {
      const LinearTerm& y = b.terms[i];
      if (used.contains(y.axis.index) || !SameValue(program, x.coefficient, y.coefficient))
        continue;
      if (!SameValue(program, program.axes[x.axis.index].extent,
                     program.axes[y.axis.index].extent)) {
        continue;
      }
      used.insert(y.axis.index);
      out[program.AxisExpr(x.axis)] = program.AxisExpr(y.axis);
      found = true;
    }
    if (!found) return std::nullopt;
  }
  return out;
}

void CollectLoads(const Program& program, ExprId e, std::set<uint32_t>& seen,
                  std::vector<ExprId>& out) {
  if (!e.valid() || !seen.insert(e.index).second) return;
  const Expr& x = program.expr(e);
  if (x.kind == ExprKind::kLoad) out.push_back(e);
  for (const ExprId a : x.args) CollectLoads(program, a, seen, out);
}

std::vector<ExprId> Loads(const Program& program, const Nest& nest) {
  std::set<uint32_t> seen;
  std::vector<ExprId> out;
  for (const ExprId e : {nest.value, nest.init, nest.guard}) CollectLoads(program, e, seen, out);
  return out;
}

bool Reads(const Program& program, const Nest& nest, BufferId buffer) {
  for (const ExprId e : {nest.value, nest.init, nest.guard, nest.out_index}) {
    if (e.valid() && HasLoad(program, e, buffer)) return true;
  }
  return false;
}

// t[i] = reduce ...; y[i] = t[i]  becomes  y[i] = reduce ...
bool MergeCopies(Program& program) {
  for (size_t n = 0; n < program.nests.size(); ++n) {
    const Nest& copy = program.nests[n];
    if (copy.reduction != Reduction::kNone || copy.guard.valid()) continue;
    ExprId source = copy.value;
    if (program.expr(source).kind == ExprKind::kCast) source = program.expr(source).args[0];
    const Expr load = program.expr(source);
    if (load.kind != ExprKind::kLoad) continue;
    const BufferId temporary(load.index);
    if (program.buffers[temporary.index].kind != BufferKind::kTemporary) continue;
    size_t readers = 0, writer = program.nests.size();
    for (size_t m = 0; m < program.nests.size(); ++m) {
      readers += Reads(program, program.nests[m], temporary) ? 1 : 0;
      if (program.nests[m].out == temporary && m < n) writer = m;
    }
    if (readers != 1 || writer == program.nests.size()) continue;
    Nest& reduction = program.nests[writer];
    if (reduction.parallel.size() != copy.parallel.size()) continue;
    const auto axes = Unify(program, copy.out_index, copy.parallel, copy.out_index);
    const auto same = Unify(program, load.args[0], copy.parallel, reduction.out_index);
    if (!axes || !same) continue;
    // Nothing between may touch the destination.
    bool clear = !Reads(program, reduction, copy.out);
    for (size_t m = writer + 1; m < n; ++m) {
      clear =
          clear && !Reads(program, program.nests[m], copy.out) && program.nests[m].out != copy.out;
    }
    if (!clear) continue;
    reduction.out_index = Simplify(program, Substitute(program, copy.out_index, *same));
    reduction.out = copy.out;
    program.nests.erase(program.nests.begin() + static_cast<ptrdiff_t>(n));
    return true;
  }
  return false;
}

// Values stored point by point earlier are computed again where they are read.
bool ForwardValues(Program& program) {
  for (size_t n = 0; n < program.nests.size(); ++n) {
    for (const ExprId load : Loads(program, program.nests[n])) {
      const Expr x = program.expr(load);
      const BufferId buffer(x.index);
      size_t m = n;
      while (m > 0 && program.nests[m - 1].out != buffer) --m;
      if (m == 0) continue;
      const Nest source = program.nests[--m];
      const Nest& reader = program.nests[n];
      const bool pointwise = source.reduction == Reduction::kNone && !source.guard.valid() &&
                             !HasLoad(program, source.value, buffer);
      const size_t points = reader.parallel.size() + reader.reduced.size();
      if (!pointwise || points > source.parallel.size()) continue;
      bool unchanged = true;  // what the value reads is not written in between
      for (size_t k = m; k < n; ++k) {
        if (HasLoad(program, source.value, program.nests[k].out)) unchanged = false;
      }
      if (!unchanged) continue;
      const auto axes = Unify(program, source.out_index, source.parallel, x.args[0]);
      if (!axes) continue;
      const ExprId value = Simplify(program, Substitute(program, source.value, *axes));
      Nest& changed = program.nests[n];
      for (ExprId* e : {&changed.value, &changed.init, &changed.guard}) {
        if (e->valid()) *e = Substitute(program, *e, {{load, value}});
      }
      return true;
    }
  }
  return false;
}

// Nests whose result is never read: of temporaries, and of outputs written again in full.
bool DropDead(Program& program) {
  for (size_t n = 0; n < program.nests.size(); ++n) {
    const Nest& nest = program.nests[n];
    bool read = false, overwritten = false;
    for (size_t m = n + 1; m < program.nests.size() && !overwritten; ++m) {
      const Nest& later = program.nests[m];
      if (Reads(program, later, nest.out)) read = true;
      if (read) break;
      overwritten = later.out == nest.out && !later.guard.valid() &&
                    Unify(program, nest.out_index, nest.parallel, later.out_index).has_value();
    }
    const bool temporary = program.buffers[nest.out.index].kind == BufferKind::kTemporary;
    if (read || (!overwritten && !temporary)) continue;
    program.nests.erase(program.nests.begin() + static_cast<ptrdiff_t>(n));
    return true;
  }
  return false;
}

// Copies what nests use into a fresh program, so that dead expressions, axes and buffers are gone.
class Compactor {
 public:
  explicit Compactor(const Program& from) : from_(from) {
    to_.entry = from.entry;
    to_.parameters = from.parameters;
    for (uint32_t b = 0; b < from.buffers.size(); ++b) {
      if (from.buffers[b].kind == BufferKind::kArgument) CopyBuffer(BufferId(b));
    }
  }

  Program Run() {
    for (const Nest& nest : from_.nests) {
      Nest copy = nest;
      for (AxisId& axis : copy.parallel) axis = CopyAxis(axis);
      for (AxisId& axis : copy.reduced) axis = CopyAxis(axis);
      for (ExprId* e : {&copy.init, &copy.value, &copy.guard, &copy.out_index}) {
        if (e->valid()) *e = Copy(*e);
      }
      copy.out = CopyBuffer(nest.out);
      to_.nests.push_back(std::move(copy));
    }
    for (const Assumption& a : from_.assumptions) {
      to_.assumptions.push_back({Copy(a.condition), a.reason});
    }
    return std::move(to_);
  }

 private:
  AxisId CopyAxis(AxisId axis) {
    const auto found = axes_.find(axis);
    if (found != axes_.end()) return found->second;
    const ExprId extent = Copy(from_.axes[axis.index].extent);
    const AxisId copy(static_cast<uint32_t>(to_.axes.size()));
    to_.axes.push_back({from_.axes[axis.index].name, extent});
    return axes_[axis] = copy;
  }

  BufferId CopyBuffer(BufferId buffer) {
    const auto found = buffers_.find(buffer);
    if (found != buffers_.end()) return found->second;
    Buffer copy = from_.buffers[buffer.index];
    if (copy.elements.valid()) copy.elements = Copy(copy.elements);
    const BufferId id(static_cast<uint32_t>(to_.buffers.size()));
    to_.buffers.push_back(std::move(copy));
    return buffers_[buffer] = id;
  }

  ExprId Copy(ExprId id) {
    const auto found = exprs_.find(id);
    if (found != exprs_.end()) return found->second;
    Expr e = from_.expr(id);
    for (ExprId& a : e.args) a = Copy(a);
    if (e.kind == ExprKind::kAxis) e.index = CopyAxis(AxisId(e.index)).index;
    if (e.kind == ExprKind::kLoad) e.index = CopyBuffer(BufferId(e.index)).index;
    return exprs_[id] = to_.Add(std::move(e));
  }

  const Program& from_;
  Program to_;
  std::map<AxisId, AxisId> axes_;
  std::map<BufferId, BufferId> buffers_;
  std::map<ExprId, ExprId> exprs_;
};

}  // namespace

void Canonicalise(Program& program) {
  constexpr int kMostRounds = 256;
  for (int round = 0; round < kMostRounds; ++round) {
    if (!MergeCopies(program) && !ForwardValues(program) && !DropDead(program)) break;
  }
  program = Compactor(program).Run();
}

}  // namespace ws::nest
