// Which nests may run in one kernel: how their axes correspond and whether what they exchange stays
// within one root point. Host code.
#ifndef WARPSMITH_NEST_DEPENDENCE_H_
#define WARPSMITH_NEST_DEPENDENCE_H_

#include <string>
#include <utility>
#include <vector>

#include "nest/analysis.h"
#include "nest/program.h"
#include "nest/schedule.h"

namespace ws::nest {

// For each of `axes` (parallel axes of nest `from`) the parallel axis of nest `to` that stands for
// it: the same axis, else the first unused one of equal extent. Shorter if some have none.
std::vector<AxisId> MatchAxes(const Program& program, size_t from, size_t to,
                              const std::vector<AxisId>& axes);

// The outermost parallel axes that all of `count` nests from `first` share and along which nothing
// is exchanged between different points; no axes if the nests cannot share a kernel so.
Roots CommonRoots(const Program& program, uint32_t first, uint32_t count);

// Whether the nests exchange data only within one root point; says why not.
bool CanShareKernel(const Program& program, uint32_t first, const Roots& roots, std::string* why);

// How two accesses to one buffer by nests of one kernel correspond.
struct Correspondence {
  bool same_root_point = false;  // equal addresses imply equal root points
  // Pairs of inner axes (of the first and the second nest) with equal strides and extents. Equal
  // addresses imply equal values of these.
  std::vector<std::pair<AxisId, AxisId>> inner;
};
// `roots_a[i]` corresponds to `roots_b[i]`.
Correspondence Compare(Program& program, const Linear& a, const std::vector<AxisId>& roots_a,
                       const Linear& b, const std::vector<AxisId>& roots_b);

}  // namespace ws::nest

#endif  // WARPSMITH_NEST_DEPENDENCE_H_
