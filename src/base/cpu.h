// What this processor can do. SIMD variants live in files *_avx2.cc and *_avx512.cc (compiled with
// the flags that cmake/flags.cmake gives them) and are chosen at run time by SimdLevelHere().
#ifndef WARPSMITH_BASE_CPU_H_
#define WARPSMITH_BASE_CPU_H_

namespace ws {

enum class SimdLevel {
  kBaseline,  // what the compiler assumes anyway (SSE2 on x86-64)
  kAvx2,      // AVX2, FMA, F16C
  kAvx512,    // AVX-512 F, VL, BW, DQ, and the above
};

// "baseline", "avx2", "avx512".
const char* SimdName(SimdLevel level);

// The highest level that processor and operating system support, or the lower one that
// WARPSMITH_SIMD (baseline, avx2, avx512) asks for. Read once.
SimdLevel SimdLevelHere();

// Processors this process may run on, at least 1.
int CoreCount();

}  // namespace ws

#endif  // WARPSMITH_BASE_CPU_H_
