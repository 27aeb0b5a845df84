// The barrier object of mbarrier (PTX ISA, "Parallel Synchronization": mbarrier). Device-clean.
//
// An object is a word of 64 bits in shared memory: which phase it is in, how many arrivals and how
// many bytes the phase still waits for, and how many arrivals later phases wait for. A phase is
// complete when it waits for nothing more; the next one begins at once. The state that an arrival
// gives is the word before it.
#ifndef WARPSMITH_IR_MBARRIER_H_
#define WARPSMITH_IR_MBARRIER_H_

#include "ir/types.h"

namespace ws::ir {

inline constexpr uint32_t kMaxArrivals = (1u << 20) - 1;
inline constexpr int32_t kMaxTx = (1 << 20) - 1;  // bytes, also below zero

//   63..61 phase | 60..40 bytes, signed | 39..20 arrivals of a phase | 19..0 arrivals pending
struct MbarrierWord {
  uint32_t pending = 0;
  uint32_t expected = 0;
  int32_t tx = 0;
  uint32_t phase = 0;

  WS_HD static constexpr MbarrierWord Of(uint64_t bits) {
    const uint32_t tx = static_cast<uint32_t>(bits >> 40) & 0x1fffff;
    return {.pending = static_cast<uint32_t>(bits) & kMaxArrivals,
            .expected = static_cast<uint32_t>(bits >> 20) & kMaxArrivals,
            .tx = static_cast<int32_t>(tx << 11) >> 11,
            .phase = static_cast<uint32_t>(bits >> 61)};
  }
  WS_HD constexpr uint64_t bits() const {
    return uint64_t{phase & 7} << 61 | uint64_t{static_cast<uint32_t>(tx) & 0x1fffff} << 40 |
           uint64_t{expected} << 20 | pending;
  }
};
// Where the pending count lies in a state.
inline constexpr uint32_t kPendingBits = 20;

enum class MbarrierFault : uint8_t {
  kNone,
  kCount,    // an arrival count that is not 1 to 2^20 - 1
  kTooMany,  // more arrivals than the phase waits for
  kTx,       // more bytes than are counted
  kState,    // a state that is neither of this phase nor of the last one
};

struct MbarrierStep {
  uint64_t word = 0;    // the object afterwards
  uint64_t result = 0;  // state, or whether the phase is complete
  bool completes = false;
  MbarrierFault fault = MbarrierFault::kNone;
};

// What an operation makes of the object. `value`: its count, bytes, state or parity.
WS_HD constexpr MbarrierStep StepMbarrier(Mbarrier what, uint64_t bits, uint64_t value) {
  MbarrierWord w = MbarrierWord::Of(bits);
  MbarrierStep step{.word = bits, .result = bits};
  const bool is_count = value >= 1 && value <= kMaxArrivals;
  int64_t tx = w.tx;
  switch (what) {
    case Mbarrier::kInit:
      if (!is_count) step.fault = MbarrierFault::kCount;
      step.word = MbarrierWord{.pending = static_cast<uint32_t>(value) & kMaxArrivals,
                               .expected = static_cast<uint32_t>(value) & kMaxArrivals}
                      .bits();
      return step;
    case Mbarrier::kInval:
    case Mbarrier::kArriveCopies:  // one more is expected, and arrives
      return step;
    case Mbarrier::kTestState: {
      const uint32_t behind = (w.phase - static_cast<uint32_t>(value >> 61)) & 7;
      if (behind > 1) step.fault = MbarrierFault::kState;
      step.result = behind != 0 ? 1 : 0;
      return step;
    }
    case Mbarrier::kTestParity:  // of the phase before this one, where it is not this one's
      step.result = (w.phase & 1) != (value & 1) ? 1 : 0;
      return step;
    case Mbarrier::kArrive:
    case Mbarrier::kArriveDrop:
      if (!is_count) {
        step.fault = MbarrierFault::kCount;
        return step;
      }
      if (value > w.pending || (what == Mbarrier::kArriveDrop && value > w.expected)) {
        step.fault = MbarrierFault::kTooMany;
        return step;
      }
      w.pending -= static_cast<uint32_t>(value);
      if (what == Mbarrier::kArriveDrop) w.expected -= static_cast<uint32_t>(value);
      break;
    case Mbarrier::kExpectTx:
      tx += static_cast<int64_t>(value);
      break;
    case Mbarrier::kCompleteTx:
      tx -= static_cast<int64_t>(value);
      break;
  }
  if (tx > kMaxTx || tx < -kMaxTx) {
    step.fault = MbarrierFault::kTx;
    return step;
  }
  w.tx = static_cast<int32_t>(tx);
  if (w.pending == 0 && w.tx == 0) {
    step.completes = true;
    w.pending = w.expected;
    w.phase = (w.phase + 1) & 7;
  }
  step.word = w.bits();
  return step;
}

}  // namespace ws::ir

#endif  // WARPSMITH_IR_MBARRIER_H_
