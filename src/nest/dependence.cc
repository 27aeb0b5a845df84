#include "nest/dependence.h"

#include <algorithm>

#include "base/format.h"

namespace ws::nest {
namespace {

bool Contains(const std::vector<AxisId>& axes, AxisId axis) {
  return std::find(axes.begin(), axes.end(), axis) != axes.end();
}

ExprId CoefficientOf(const Linear& linear, AxisId axis) {
  for (const LinearTerm& term : linear.terms) {
    if (term.axis == axis) return term.coefficient;
  }
  return {};
}

bool SameOrNone(Program& program, ExprId a, ExprId b) {
  if (a.valid() != b.valid()) return false;
  return !a.valid() || SameValue(program, a, b);
}

// Accesses of a nest to one buffer, the store included.
std::vector<NestAccess> AccessesTo(Program& program, const Nest& nest, BufferId buffer) {
  std::vector<NestAccess> result;
  for (NestAccess& access : Accesses(program, nest)) {
    if (access.buffer == buffer) result.push_back(std::move(access));
  }
  return result;
}

bool PairStaysInRoot(Program& program, uint32_t first, const Roots& roots, size_t i, size_t j,
                     std::string* why) {
  const Nest nest_i = program.nests[first + i];
  const Nest nest_j = program.nests[first + j];
  for (const NestAccess& a : Accesses(program, nest_i)) {
    for (const NestAccess& b : AccessesTo(program, nest_j, a.buffer)) {
      if (!a.is_store && !b.is_store) continue;
      if (Compare(program, a.linear, roots.of_nest[i], b.linear, roots.of_nest[j])
              .same_root_point) {
        continue;
      }
      if (why != nullptr) {
        *why = Format("nests share {} across blocks", program.buffers[a.buffer.index].name);
      }
      return false;
    }
  }
  return true;
}

bool ExchangeNothing(Program& program, uint32_t first, const Roots& roots, std::string* why) {
  for (size_t j = 1; j < roots.of_nest.size(); ++j) {
    for (size_t i = 0; i < j; ++i) {
      if (!PairStaysInRoot(program, first, roots, i, j, why)) return false;
    }
  }
  return true;
}

}  // namespace

std::vector<AxisId> MatchAxes(const Program& program, size_t from, size_t to,
                              const std::vector<AxisId>& axes) {
  if (from == to) return axes;
  Program scratch = program;
  const std::vector<AxisId>& theirs = program.nests[to].parallel;
  std::vector<AxisId> result;
  for (const AxisId axis : axes) {
    AxisId match;
    if (Contains(theirs, axis)) {
      match = axis;
    } else {
      for (const AxisId other : theirs) {
        if (match.valid() || Contains(axes, other) || Contains(result, other)) continue;
        if (SameValue(scratch, program.axes[axis.index].extent, program.axes[other.index].extent)) {
          match = other;
        }
      }
    }
    if (!match.valid()) break;
    result.push_back(match);
  }
  return result;
}

Correspondence Compare(Program& program, const Linear& a, const std::vector<AxisId>& roots_a,
                       const Linear& b, const std::vector<AxisId>& roots_b) {
  Correspondence result;
  if (!a.ok || !b.ok || !SameOrNone(program, a.rest, b.rest)) return result;
  for (size_t r = 0; r < roots_a.size(); ++r) {
    const ExprId of_a = CoefficientOf(a, roots_a[r]);
    // Without the axis in the index, different root points meet at one address.
    if (!of_a.valid() || !SameOrNone(program, of_a, CoefficientOf(b, roots_b[r]))) return result;
  }
  std::vector<LinearTerm> left;
  for (const LinearTerm& term : b.terms) {
    if (!Contains(roots_b, term.axis)) left.push_back(term);
  }
  for (const LinearTerm& term : a.terms) {
    if (Contains(roots_a, term.axis)) continue;
    const auto match = std::find_if(left.begin(), left.end(), [&](const LinearTerm& other) {
      return SameValue(program, term.coefficient, other.coefficient) &&
             SameValue(program, program.axes[term.axis.index].extent,
                       program.axes[other.axis.index].extent);
    });
    if (match == left.end()) return result;
    result.inner.emplace_back(term.axis, match->axis);
    left.erase(match);
  }
  result.same_root_point = left.empty();
  return result;
}

Roots CommonRoots(const Program& program, uint32_t first, uint32_t count) {
  Roots roots{.axes = program.nests[first].parallel};
  for (uint32_t n = 0; n < count; ++n) {
    const Nest& nest = program.nests[first + n];
    const std::vector<AxisId> match = MatchAxes(program, first, first + n, roots.axes);
    // Root axes are the outermost of every nest, in the same order.
    size_t common = 0;
    while (common < match.size() && match[common] == nest.parallel[common]) ++common;
    roots.axes.resize(common);
  }
  Program scratch = program;
  for (; !roots.axes.empty(); roots.axes.pop_back()) {
    roots.of_nest.clear();
    for (uint32_t n = 0; n < count; ++n) {
      roots.of_nest.push_back(MatchAxes(program, first, first + n, roots.axes));
    }
    if (ExchangeNothing(scratch, first, roots, nullptr)) return roots;
  }
  return {};
}

bool CanShareKernel(const Program& program, uint32_t first, const Roots& roots, std::string* why) {
  if (roots.of_nest.size() < 2) return true;
  Program scratch = program;
  return ExchangeNothing(scratch, first, roots, why);
}

}  // namespace ws::nest
