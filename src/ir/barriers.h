// Numbers of barriers. Device-clean.
#ifndef WARPSMITH_IR_BARRIERS_H_
#define WARPSMITH_IR_BARRIERS_H_

#include <cstdint>

namespace ws::ir {

// Where a cluster of one block meets (barrier.cluster), beside the 16 barriers of the block.
inline constexpr uint32_t kClusterBarrier = 16;
// Inst::sub of such an Op::kBarSync.
inline constexpr uint8_t kSyncCluster = 1;

}  // namespace ws::ir

#endif  // WARPSMITH_IR_BARRIERS_H_
