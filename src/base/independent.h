// A promise to the compiler that the turns of the loop after it do not touch each other.
#ifndef WARPSMITH_BASE_INDEPENDENT_H_
#define WARPSMITH_BASE_INDEPENDENT_H_

// clang has no such promise that is silent where it cannot be used.
#if defined(__clang__)
#define WS_INDEPENDENT
#else
#define WS_INDEPENDENT _Pragma("GCC ivdep")
#endif

// Goes through the 32 lanes of a warp, as `k`.
#define WS_EACH_LANE WS_INDEPENDENT for (int k = 0; k < 32; ++k)

#endif  // WARPSMITH_BASE_INDEPENDENT_H_
