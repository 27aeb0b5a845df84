// Reductions of a kernel that run in one loop: independent ones, a maximum with the sums of
// exponentials relative to it, an extremum with where it lies. Host code.
//
// Online normalisation rests on exp(f - M') = exp(f - M) * exp(M - M'): where the running maximum
// grows from M to M', what was summed relative to M is multiplied by exp(M - M'). (Milakov and
// Gimelshein, "Online normalizer calculation for softmax", 2018.)
#ifndef WARPSMITH_NEST_JOIN_H_
#define WARPSMITH_NEST_JOIN_H_

#include <optional>
#include <vector>

#include "base/result.h"
#include "nest/program.h"
#include "nest/schedule.h"

namespace ws::nest {

// A nest's axes as plans list them: the parallel ones, then the reduced ones.
std::vector<AxisId> AxesOf(const Nest& nest);

// The nest written with the axes of `leader` in the place of its own, in order.
Nest WithAxesOf(Program& program, const Nest& nest, const Nest& leader);

// How a sum depends on a maximum over the same points.
struct OnlineSum {
  ExprId greatest;     // the load of the maximum
  ExprId exponential;  // the factor exp(c * (f - maximum)), f being what the maximum is taken of
};
// `sum` has the axes of `max`. Nothing if the sum is not proportional to such an exponential.
std::optional<OnlineSum> FindOnline(Program& program, const Nest& max, const Nest& sum);

// Whether `chosen` finds where an extremum over the same points lies: the least or greatest integer
// among those of the points whose value is the extremum (argmax). It has the axes of `extremum`.
bool IsChosen(Program& program, const Nest& extremum, const Nest& chosen);

// Whether nest `nest` can run in the loops of nest `leader`, given that nest `other` between them
// (or the leader itself) runs there; all counted from the kernel's first nest.
Status CanJoin(Program& program, uint32_t first, const Roots& roots, size_t leader, size_t other,
               size_t nest);

}  // namespace ws::nest

#endif  // WARPSMITH_NEST_JOIN_H_
