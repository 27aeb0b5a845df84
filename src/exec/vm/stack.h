// The stacks of a warp's threads: what functions that call themselves keep over such calls, and how
// much of its stack each thread has used.
//
// A thread's stack is bounded as on a device (cudaLimitStackSize): a call takes the bytes of what
// is alive over it and a return address, a function its local variables. That is what ptxas needs
// at least, so a stack that overflows here overflows there. Host code has 8 MiB.
#ifndef WARPSMITH_EXEC_VM_STACK_H_
#define WARPSMITH_EXEC_VM_STACK_H_

#include <cstdint>
#include <vector>

#include "exec/domain/value.h"
#include "exec/program.h"

namespace ws::exec {

inline constexpr uint64_t kHostStackBytes = uint64_t{8} << 20;
inline constexpr uint64_t kDeviceStackBytes = 1024;  // unless the program asks for more

struct CallStack {
  // What a register held in one lane, beside its bits, where there is a domain.
  struct Shadow {
    ShadowValue parts[2];
    uint8_t bytes[2] = {0, 0};
    bool valid[2] = {false, false};
    bool tainted = false, ambiguous = false;
  };
  uint64_t limit = kDeviceStackBytes;  // bytes of a thread
  uint32_t top[32] = {};               // in local memory: where the next frame goes
  uint64_t used[32] = {};              // bytes, of `limit`
  std::vector<uint32_t> words[32];     // of each slot: whether it is defined, its bits
  std::vector<Shadow> shadows[32];
  // The host's local memory, which grows; null on the device.
  std::vector<uint8_t>* local = nullptr;
  std::vector<uint8_t>* local_state = nullptr;

  // As a warp begins.
  void Reset(const Program& program, uint64_t stack_bytes) {
    limit = stack_bytes;
    for (uint32_t lane = 0; lane < 32; ++lane) {
      top[lane] = program.frame_bytes;
      used[lane] = 0;
      words[lane].clear();
      shadows[lane].clear();
    }
  }
};

}  // namespace ws::exec

#endif  // WARPSMITH_EXEC_VM_STACK_H_
