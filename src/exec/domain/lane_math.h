// Arithmetic on the shadows of 32 lanes at once, by the rules of domain/error.h.
#ifndef WARPSMITH_EXEC_DOMAIN_LANE_MATH_H_
#define WARPSMITH_EXEC_DOMAIN_LANE_MATH_H_

#include <cstdint>

#include "exec/domain/bank.h"
#include "ir/module.h"

namespace ws::exec {

// The result of a floating operation other than minimum and maximum in `lanes` (others get
// anything) from its sources (null: it has fewer). Returns the lanes whose shadow is lost, as the
// operation is none that shadows can follow.
uint32_t LaneOperation(const ir::Inst& inst, const ShadowLanes* const* sources, uint32_t lanes,
                       ShadowLanes& result);

// Values between 0 and 1.
void SaturateLanes(ShadowLanes& lanes);

}  // namespace ws::exec

#endif  // WARPSMITH_EXEC_DOMAIN_LANE_MATH_H_
