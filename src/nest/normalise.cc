#include "nest/normalise.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <set>

#include "nest/reductions.h"
#include "nest/rejoin.h"

namespace ws::nest {
namespace {

// Splitting axes ends here: what is left undivided is opaque.
constexpr size_t kMaxAxes = 256;

using NamedValues = std::vector<std::pair<ExprId, std::string>>;

void ForEachNode(const Program& p, ExprId id, const std::function<void(ExprId)>& f) {
  std::set<uint32_t> seen;
  std::vector<ExprId> stack = {id};
  while (!stack.empty()) {
    const ExprId top = stack.back();
    stack.pop_back();
    if (!top.valid() || !seen.insert(top.index).second) continue;
    const std::vector<ExprId> args = p.expr(top).args;
    f(top);
    stack.insert(stack.end(), args.begin(), args.end());
  }
}

class Normaliser {
 public:
  Normaliser(Program* program, const NamedValues& names) : p_(*program), names_(names) {}

  void Run() {
    Decompose();
    for (bool changed = true; changed;) changed = AlignOne();
    for (bool changed = true; changed;) changed = ForwardOne();
    for (bool changed = true; changed;) changed = RejoinOne(&p_);
    for (Nest& nest : p_.nests) Extend(&nest);
    for (bool changed = true; changed;) changed = CopyOutOne();
    for (bool changed = true; changed;) changed = DropDeadOne();
    UnifyAxes();
    Compact();
  }

 private:
  // --- parts of nests

  template <typename F>
  void EachExpr(Nest& nest, const F& f) {
    for (ExprId* e : {&nest.value, &nest.init, &nest.guard, &nest.out_index}) {
      if (e->valid()) *e = f(*e);
    }
  }
  std::vector<ExprId> LoadsOf(const Nest& nest, BufferId buffer) const {
    std::vector<ExprId> loads;
    for (const ExprId e : {nest.value, nest.init, nest.guard, nest.out_index}) {
      ForEachNode(p_, e, [&](ExprId id) {
        const Expr& x = p_.expr(id);
        if (x.kind == ExprKind::kLoad && x.index == buffer.index) loads.push_back(id);
      });
    }
    return loads;
  }
  bool Reads(const Nest& nest, BufferId buffer) const {
    return !LoadsOf(nest, buffer).empty() ||
           (nest.update != Reduction::kNone && nest.out == buffer);
  }

  void Replace(Nest& nest, const Replacements& replacements) {
    EachExpr(nest, [&](ExprId e) { return Simplify(p_, Substitute(p_, e, replacements)); });
  }

  // --- axes that are only used through / and %

  void Decompose() {
    for (uint32_t a = 0; a < p_.axes.size(); ++a) {
      const ExprId axis = p_.AxisExpr(AxisId(a));
      ExprId divisor;
      for (const Nest& nest : p_.nests) {
        for (const ExprId e : {nest.value, nest.init, nest.guard, nest.out_index}) {
          ForEachNode(p_, e, [&](ExprId id) {
            const Expr& x = p_.expr(id);
            if (x.kind != ExprKind::kBinary || (x.op != ExprOp::kDiv && x.op != ExprOp::kRem) ||
                x.args[0] != axis || HasAxis(p_, x.args[1]) || HasLoad(p_, x.args[1])) {
              return;
            }
            if (!divisor.valid() || Smaller(x.args[1], divisor)) divisor = x.args[1];
          });
        }
      }
      if (divisor.valid()) Split(a, divisor);
    }
  }

  // Fewer sizes in the product, or the smaller constant.
  bool Smaller(ExprId a, ExprId b) const {
    const auto rank = [&](ExprId e) {
      int sizes = 0;
      ForEachNode(p_, e, [&](ExprId id) { sizes += p_.expr(id).kind == ExprKind::kSize; });
      int64_t value = 0;
      p_.IsInt(e, &value);
      return std::pair(sizes, value);
    };
    return rank(a) < rank(b);
  }

  // One nest writes t[r * cols + c], another reads t[i]: i becomes an axis of each.
  bool AlignOne() {
    for (size_t i = 0; i < p_.nests.size(); ++i) {
      for (size_t j = 0; j < p_.nests.size(); ++j) {
        if (i == j) continue;
        const BufferId buffer = p_.nests[i].out;
        std::vector<ExprId> indices;
        for (const ExprId load : LoadsOf(p_.nests[j], buffer)) {
          indices.push_back(p_.expr(load).args[0]);
        }
        if (p_.nests[j].out == buffer) indices.push_back(p_.nests[j].out_index);
        for (const ExprId index : indices) {
          if (Align(p_.nests[i].out_index, index) || Align(index, p_.nests[i].out_index)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  // Splits the unit axis of `flat` by the extent of the unit axis of `nested`, if it is a multiple.
  bool Align(ExprId flat, ExprId nested) {
    const Linear f = ToLinear(p_, flat);
    const Linear n = ToLinear(p_, nested);
    if (!f.ok || !n.ok || n.terms.size() <= f.terms.size()) return false;
    const auto unit = [&](const Linear& linear) {
      int64_t coefficient = 0;
      for (const LinearTerm& t : linear.terms) {
        if (p_.IsInt(t.coefficient, &coefficient) && coefficient == 1) return t.axis;
      }
      return AxisId();
    };
    const AxisId from = unit(f);
    const AxisId to = unit(n);
    if (!from.valid() || !to.valid()) return false;
    const ExprId inner = p_.axes[to.index].extent;
    if (SameValue(p_, inner, p_.axes[from.index].extent)) return false;
    return Split(from.index, inner, p_.axes[to.index].name);
  }

  bool Split(uint32_t a, ExprId divisor, const std::string& inner_hint = {}) {
    const ExprId axis = p_.AxisExpr(AxisId(a));
    const ExprId extent = p_.axes[a].extent;
    const ExprId count = Simplify(p_, p_.Binary(ExprOp::kDiv, extent, divisor));
    if (SameValue(p_, divisor, extent) || p_.axes.size() > kMaxAxes) return false;
    if (!SameValue(p_, p_.Binary(ExprOp::kMul, count, divisor), extent)) return false;
    const auto name = [&](ExprOp op, ExprId size, const char* suffix) {
      const ExprId wanted = p_.Binary(op, axis, divisor);
      for (const auto& [value, text] : names_) {
        if (SameValue(p_, value, wanted)) return text;
      }
      // An axis over `cols` is a col.
      const Expr& e = p_.expr(size);
      if (e.kind == ExprKind::kSize) {
        const std::string& plural = p_.parameters[e.index].name;
        if (plural.size() > 2 && plural.back() == 's') return plural.substr(0, plural.size() - 1);
      }
      return p_.axes[a].name + suffix;
    };
    const std::string outer_name = name(ExprOp::kDiv, count, "_outer");
    std::string inner_name = inner_hint;
    if (inner_name.empty()) inner_name = name(ExprOp::kRem, divisor, "_inner");
    const AxisId outer(static_cast<uint32_t>(p_.axes.size()));
    p_.axes.push_back({outer_name, count});
    const AxisId inner(static_cast<uint32_t>(p_.axes.size()));
    p_.axes.push_back({inner_name, Simplify(p_, divisor)});
    const ExprId sum = p_.Binary(ExprOp::kAdd, p_.Binary(ExprOp::kMul, p_.AxisExpr(outer), divisor),
                                 p_.AxisExpr(inner));
    for (Nest& nest : p_.nests) {
      for (auto* list : {&nest.parallel, &nest.reduced}) {
        const auto it = std::find(list->begin(), list->end(), AxisId(a));
        if (it == list->end()) continue;
        *it = outer;
        list->insert(it + 1, inner);
        Replace(nest, {{axis, sum}});
        break;
      }
    }
    // NamedValues of what is divided further.
    NamedValues renamed;
    for (const auto& [value, text] : names_) {
      renamed.push_back({Simplify(p_, Substitute(p_, value, {{axis, sum}})), text});
    }
    names_ = std::move(renamed);
    return true;
  }

  // --- forwarding of stores

  // The axes of `writer` as expressions of a reader that loads at `index`; none if the points are
  // not the same.
  std::optional<Replacements> MatchPoints(const Nest& writer, ExprId index) {
    const Linear w = ToLinear(p_, writer.out_index);
    const Linear r = ToLinear(p_, index);
    if (!w.ok || !r.ok || w.terms.size() != r.terms.size() || !SameValue(p_, w.rest, r.rest) ||
        w.terms.size() != writer.parallel.size()) {
      return std::nullopt;
    }
    Replacements result;
    std::vector<bool> used(r.terms.size());
    for (const LinearTerm& t : w.terms) {
      bool found = false;
      for (size_t i = 0; i < r.terms.size() && !found; ++i) {
        if (used[i] || !SameValue(p_, t.coefficient, r.terms[i].coefficient) ||
            !SameValue(p_, p_.axes[t.axis.index].extent, p_.axes[r.terms[i].axis.index].extent)) {
          continue;
        }
        used[i] = true;
        found = true;
        result[p_.AxisExpr(t.axis)] = p_.AxisExpr(r.terms[i].axis);
      }
      if (!found) return std::nullopt;
    }
    return result;
  }

  bool IsConstant(ExprId id) const {
    const ExprKind kind = p_.expr(id).kind;
    return kind == ExprKind::kInt || kind == ExprKind::kFloat;
  }

  // A constant written to all of 0 .. extent-1.
  bool IsFill(const Nest& nest) {
    return nest.parallel.size() == 1 && IsConstant(nest.value) && !nest.guard.valid() &&
           nest.out_index == p_.AxisExpr(nest.parallel[0]);
  }
  bool CoversFill(const Nest& fill, const Nest& nest) {
    if (nest.guard.valid()) return false;
    const ExprId extent = p_.axes[fill.parallel[0].index].extent;
    ExprId points = p_.Int(1);
    for (const AxisId a : nest.parallel) {
      points = p_.Binary(ExprOp::kMul, points, p_.axes[a.index].extent);
    }
    return SameValue(p_, points, extent) && ProveLess(p_, nest.out_index, extent);
  }

  bool SameGuard(const Nest& writer, const Nest& reader, const Replacements& map) {
    if (!writer.guard.valid()) return true;
    return reader.guard.valid() && SameValue(p_, Substitute(p_, writer.guard, map), reader.guard);
  }

  // Whether `nest` overwrites exactly what `first` wrote.
  bool Overwrites(const Nest& first, const Nest& nest) {
    if (nest.out != first.out || nest.update != Reduction::kNone) return false;
    if (IsFill(first) && CoversFill(first, nest)) return true;
    const auto map = MatchPoints(first, nest.out_index);
    if (!map || nest.parallel.size() != first.parallel.size()) return false;
    if (!nest.guard.valid()) return true;
    return first.guard.valid() && SameGuard(first, nest, *map);
  }

  // Removes one map whose values are read only at the points where they were written, and are then
  // overwritten or never leave the program.
  bool ForwardOne() {
    for (size_t i = 0; i < p_.nests.size(); ++i) {
      if (TryForward(i)) return true;
    }
    return false;
  }

  bool TryForward(size_t i) {
    const Nest writer = p_.nests[i];
    if (writer.reduction != Reduction::kNone || writer.update != Reduction::kNone) return false;
    if (HasLoad(p_, writer.out_index)) return false;
    const BufferId buffer = writer.out;
    const bool temporary = p_.buffers[buffer.index].kind == BufferKind::kTemporary;
    std::vector<std::pair<size_t, Replacements>> edits;
    bool overwritten = false;
    size_t last = i;
    for (size_t j = i + 1; j < p_.nests.size() && !overwritten; ++j) {
      const Nest& nest = p_.nests[j];
      Replacements edit;
      for (const ExprId load : LoadsOf(nest, buffer)) {
        const ExprId index = p_.expr(load).args[0];
        const auto map = MatchPoints(writer, index);
        const bool in_fill =
            IsFill(writer) && ProveLess(p_, index, p_.axes[writer.parallel[0].index].extent);
        if (!in_fill) {
          if (!map || !SameGuard(writer, nest, *map)) return false;
          const bool only_init = !Mentions(p_, nest.value, load);
          const size_t axes = nest.parallel.size() + (only_init ? 0 : nest.reduced.size());
          if (axes != writer.parallel.size() && !IsConstant(writer.value)) return false;
        }
        edit[load] = in_fill ? writer.value : Substitute(p_, writer.value, *map);
        last = j;
      }
      if (!edit.empty()) edits.push_back({j, edit});
      if (nest.out == buffer) {
        overwritten = Overwrites(writer, nest);
        if (!overwritten) return false;
      }
    }
    if (!overwritten && !temporary) return false;
    // What the forwarded expression reads must still be there.
    std::set<uint32_t> reads;
    ForEachNode(p_, writer.value, [&](ExprId id) {
      if (p_.expr(id).kind == ExprKind::kLoad) reads.insert(p_.expr(id).index);
    });
    for (size_t j = i + 1; j < last; ++j) {
      if (reads.count(p_.nests[j].out.index) > 0) return false;
    }
    if (last > i && reads.count(p_.nests[last].out.index) > 0) {
      if (p_.nests[last].out != buffer) return false;
      for (const ExprId load : LoadsOf(writer, buffer)) {
        if (!SameValue(p_, p_.expr(load).args[0], writer.out_index)) return false;
      }
    }
    for (const auto& [j, edit] : edits) Replace(p_.nests[j], edit);
    p_.nests.erase(p_.nests.begin() + static_cast<long>(i));
    return true;
  }

  // --- reductions

  // max = x[0]; for (c = 1; ...) max = fmaxf(max, x[c]): the first element joins the others.
  void Extend(Nest* nest) {
    if (nest->reduction == Reduction::kNone || nest->reduced.size() != 1) return;
    const AxisId axis = nest->reduced[0];
    const ExprId a = p_.AxisExpr(axis);
    const ExprId before = Simplify(p_, Substitute(p_, nest->value, {{a, p_.Int(-1)}}));
    if (!HasLoad(p_, before)) return;
    const ExprId init = Simplify(p_, nest->init);
    if (before != init && !SameValue(p_, before, init)) return;
    const AxisId longer(static_cast<uint32_t>(p_.axes.size()));
    const ExprId extent =
        Simplify(p_, p_.Binary(ExprOp::kAdd, p_.axes[axis.index].extent, p_.Int(1)));
    p_.axes.push_back({p_.axes[axis.index].name, extent});
    const ExprId shifted = p_.Binary(ExprOp::kSub, p_.AxisExpr(longer), p_.Int(1));
    nest->value = Simplify(p_, Substitute(p_, nest->value, {{a, shifted}}));
    nest->reduced[0] = longer;
    nest->init = Identity(p_, nest->reduction, nest->accumulate);
  }

  // A temporary that one nest copies to where it belongs.
  bool CopyOutOne() {
    for (size_t i = 0; i < p_.nests.size(); ++i) {
      const BufferId buffer = p_.nests[i].out;
      if (p_.buffers[buffer.index].kind != BufferKind::kTemporary) continue;
      size_t reader = 0;
      size_t readers = 0;
      size_t writers = 0;
      for (size_t j = 0; j < p_.nests.size(); ++j) {
        if (Reads(p_.nests[j], buffer)) {
          reader = j;
          ++readers;
        }
        writers += p_.nests[j].out == buffer;
      }
      if (readers != 1 || writers != 1 || reader <= i) continue;
      if (CopyOut(i, reader)) return true;
    }
    return false;
  }

  bool CopyOut(size_t i, size_t j) {
    Nest& writer = p_.nests[i];
    const Nest& copy = p_.nests[j];
    ExprId value = copy.value;
    while (p_.expr(value).kind == ExprKind::kCast) value = p_.expr(value).args[0];
    if (writer.update != Reduction::kNone || copy.update != Reduction::kNone ||
        copy.reduction != Reduction::kNone || p_.expr(value).kind != ExprKind::kLoad ||
        p_.expr(value).index != writer.out.index || HasLoad(p_, copy.out_index) ||
        (copy.guard.valid() && HasLoad(p_, copy.guard))) {
      return false;
    }
    const auto map = MatchPoints(writer, p_.expr(value).args[0]);
    if (!map || copy.parallel.size() != writer.parallel.size()) return false;
    if (writer.guard.valid() && !SameGuard(writer, copy, *map)) return false;
    for (size_t k = i; k < j; ++k) {
      if (p_.nests[k].out == copy.out || Reads(p_.nests[k], copy.out)) return false;
    }
    Replacements back;
    for (const auto& [from, to] : *map) back[to] = from;
    writer.out = copy.out;
    writer.out_index = Simplify(p_, Substitute(p_, copy.out_index, back));
    if (copy.guard.valid()) writer.guard = Simplify(p_, Substitute(p_, copy.guard, back));
    p_.nests.erase(p_.nests.begin() + static_cast<long>(j));
    return true;
  }

  bool DropDeadOne() {
    for (size_t i = 0; i < p_.nests.size(); ++i) {
      const BufferId buffer = p_.nests[i].out;
      if (p_.buffers[buffer.index].kind != BufferKind::kTemporary) continue;
      const bool read = std::any_of(p_.nests.begin(), p_.nests.end(),
                                    [&](const Nest& n) { return Reads(n, buffer); });
      if (read) continue;
      p_.nests.erase(p_.nests.begin() + static_cast<long>(i));
      return true;
    }
    return false;
  }

  // --- order and names

  // Axes with the same name and extent are one, except within a nest.
  void UnifyAxes() {
    std::vector<uint32_t> representatives;
    for (Nest& nest : p_.nests) {
      Replacements replace;
      std::set<uint32_t> taken;
      for (auto* list : {&nest.parallel, &nest.reduced}) {
        for (AxisId& axis : *list) {
          uint32_t chosen = axis.index;
          for (const uint32_t r : representatives) {
            if (taken.count(r) > 0 || p_.axes[r].name != p_.axes[axis.index].name ||
                !SameValue(p_, p_.axes[r].extent, p_.axes[axis.index].extent)) {
              continue;
            }
            chosen = r;
            break;
          }
          if (chosen == axis.index && std::find(representatives.begin(), representatives.end(),
                                                chosen) == representatives.end()) {
            representatives.push_back(chosen);
          }
          taken.insert(chosen);
          if (chosen != axis.index) {
            replace[p_.AxisExpr(axis)] = p_.AxisExpr(AxisId(chosen));
            axis = AxisId(chosen);
          }
        }
      }
      if (!replace.empty()) {
        EachExpr(nest, [&](ExprId e) { return Substitute(p_, e, replace); });
      }
    }
  }

  std::string Unique(std::string name) {
    if (name.empty()) name = "t";
    std::string result = name;
    for (int i = 2; !taken_.insert(result).second; ++i) result = name + std::to_string(i);
    return result;
  }

  // A program of only what the nests use.
  void Compact() {
    Program clean;
    clean.entry = p_.entry;
    clean.interface = p_.interface;
    clean.parameters = p_.parameters;
    for (const Parameter& parameter : clean.parameters) taken_.insert(parameter.name);
    std::map<uint32_t, uint32_t> axes;
    std::map<uint32_t, uint32_t> buffers;
    std::unordered_map<uint32_t, ExprId> memo;
    for (uint32_t b = 0; b < p_.buffers.size(); ++b) {
      Buffer buffer = p_.buffers[b];
      if (buffer.kind == BufferKind::kTemporary) {
        const bool used = std::any_of(p_.nests.begin(), p_.nests.end(), [&](const Nest& n) {
          return n.out.index == b || Reads(n, BufferId(b));
        });
        if (!used) continue;
        buffer.name = Unique(buffer.name);
        buffer.elements = {};
      }
      buffers[b] = static_cast<uint32_t>(clean.buffers.size());
      clean.buffers.push_back(buffer);
    }
    const std::function<ExprId(ExprId)> copy = [&](ExprId id) -> ExprId {
      if (!id.valid()) return id;
      if (const auto it = memo.find(id.index); it != memo.end()) return it->second;
      Expr e = p_.expr(id);
      for (ExprId& a : e.args) a = copy(a);
      if (e.kind == ExprKind::kAxis) {
        const auto [it, fresh] = axes.emplace(e.index, static_cast<uint32_t>(clean.axes.size()));
        if (fresh) {
          clean.axes.push_back({Unique(p_.axes[e.index].name), ExprId()});
          const ExprId extent = copy(p_.axes[e.index].extent);
          clean.axes[it->second].extent = extent;
        }
        e.index = it->second;
      } else if (e.kind == ExprKind::kLoad) {
        e.index = buffers.at(e.index);
      }
      const ExprId result = clean.Add(std::move(e));
      memo[id.index] = result;
      return result;
    };
    for (Nest nest : p_.nests) {
      for (auto* list : {&nest.parallel, &nest.reduced}) {
        for (AxisId& a : *list) {
          a = AxisId(clean.expr(copy(p_.AxisExpr(a))).index);
        }
      }
      nest.out = BufferId(buffers.at(nest.out.index));
      EachExpr(nest, copy);
      clean.nests.push_back(std::move(nest));
    }
    for (const auto& [from, to] : buffers) {
      clean.buffers[to].elements = copy(p_.buffers[from].elements);
    }
    for (const Assumption& a : p_.assumptions) {
      clean.assumptions.push_back({copy(a.condition), a.reason});
    }
    p_ = std::move(clean);
  }

  Program& p_;
  NamedValues names_;
  std::set<std::string> taken_;
};

}  // namespace

void Normalise(Program* program, const NamedValues& names) { Normaliser(program, names).Run(); }

}  // namespace ws::nest
