// Random kernels in PTX: what CUDA C++ does not lead to, and every operation of the IR.
#ifndef WARPSMITH_TESTS_REFEREE_GENERATE_PTX_H_
#define WARPSMITH_TESTS_REFEREE_GENERATE_PTX_H_

#include <cstdint>

#include "tests/referee/generate.h"

namespace ws::referee {

inline constexpr uint32_t kPtxSlots = 28;  // of 8 bytes that a thread writes

// `.entry k(.param .u64 out, .param .u64 sums, .param .u64 in)`: thread t of all writes its slots
// of `out`, `sums` has kSums words and `in` kInputs words. Launched with `blocks` blocks of
// `threads`.
struct PtxKernel {
  Program program;
  uint32_t blocks = 1, threads = 32;
};

PtxKernel GeneratePtx(uint64_t seed);

}  // namespace ws::referee

#endif  // WARPSMITH_TESTS_REFEREE_GENERATE_PTX_H_
