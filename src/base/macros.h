// Host/device markers and the invariant check. Device-clean.
//
// Code marked WS_HD is compiled by the host compiler and, where nvcc is found, for the GPU from the
// same file. Such code has no heap, exceptions, RTTI, virtual calls, recursion, libm or static
// locals; memory comes from an Arena, and tables are reached through functions.
#ifndef WARPSMITH_BASE_MACROS_H_
#define WARPSMITH_BASE_MACROS_H_

#include <cstddef>
#include <cstdint>

// WS_FORCE_INLINE is for the few bodies of inner loops that a compiler finds too large to inline.
#if defined(__CUDACC__)
#define WS_HD __host__ __device__
#define WS_FORCE_INLINE __forceinline__
#else
#define WS_HD
#define WS_FORCE_INLINE inline __attribute__((always_inline))
#endif

namespace ws {

// Reports a broken invariant on standard error and aborts. Host only.
[[noreturn]] void CheckFailed(const char* condition, const char* file, int line);

}  // namespace ws

// Stops the program when an invariant is broken (a bug of ours, never a user's mistake).
#if defined(__CUDA_ARCH__)
#define WS_CHECK(condition) \
  do {                      \
    if (!(condition)) {     \
      __trap();             \
    }                       \
  } while (false)
#else
#define WS_CHECK(condition)                                 \
  do {                                                      \
    if (!(condition)) [[unlikely]] {                        \
      ::ws::CheckFailed(#condition, __FILE__, __LINE__);    \
    }                                                       \
  } while (false)
#endif

// Builds under AddressSanitizer check more: what is too dear for users, such as every index.
#if defined(__SANITIZE_ADDRESS__)
#define WS_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WS_ASAN 1
#endif
#endif
#if defined(WS_ASAN)
#define WS_ASAN_CHECK(condition) WS_CHECK(condition)
#else
#define WS_ASAN_CHECK(condition) static_cast<void>(0)
#endif

#endif  // WARPSMITH_BASE_MACROS_H_
