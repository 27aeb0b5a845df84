// Numbers of barriers. Device-clean.
#ifndef WARPSMITH_IR_BARRIERS_H_
#define WARPSMITH_IR_BARRIERS_H_

#include <cstdint>

namespace ws::ir {

// Where a cluster of one block meets (barrier.cluster), beside the 16 barriers of the block.
inline constexpr uint32_t kClusterBarrier = 16;
// Inst::sub of Op::kBarSync: such a one; barrier.sync without .aligned, to which every lane comes by
// itself.
inline constexpr uint8_t kSyncCluster = 1;
inline constexpr uint8_t kSyncLanes = 2;

}  // namespace ws::ir

#endif  // WARPSMITH_IR_BARRIERS_H_
