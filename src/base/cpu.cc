#include "base/cpu.h"

#include <sched.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

namespace ws {
namespace {

SimdLevel Detect() {
#if defined(__x86_64__)
  // __builtin_cpu_supports asks cpuid and whether the operating system saves the registers.
  // F16C is older than AVX2 and comes with every processor that has it; clang 14 cannot ask for it.
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  const bool avx512 = avx2 && __builtin_cpu_supports("avx512f") &&
                      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw") &&
                      __builtin_cpu_supports("avx512dq");
  if (avx512) return SimdLevel::kAvx512;
  if (avx2) return SimdLevel::kAvx2;
#endif
  return SimdLevel::kBaseline;
}

SimdLevel DetectAndLimit() {
  const SimdLevel found = Detect();
  const char* wanted = std::getenv("WARPSMITH_SIMD");
  if (wanted == nullptr) return found;
  for (const SimdLevel level : {SimdLevel::kBaseline, SimdLevel::kAvx2, SimdLevel::kAvx512}) {
    if (std::string_view(wanted) == SimdName(level)) return std::min(level, found);
  }
  return found;
}

}  // namespace

const char* SimdName(SimdLevel level) {
  switch (level) {
    case SimdLevel::kBaseline:
      return "baseline";
    case SimdLevel::kAvx2:
      return "avx2";
    case SimdLevel::kAvx512:
      return "avx512";
  }
  return "";
}

SimdLevel SimdLevelHere() {
  static const SimdLevel level = DetectAndLimit();
  return level;
}

int CoreCount() {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) != 0) return 1;
  return std::max(1, CPU_COUNT(&set));
}

}  // namespace ws
