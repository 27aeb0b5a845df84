// What stands before generated programs: headers, and small functions that rows share.
#include "tests/referee/construct.h"

namespace ws::referee {
namespace {

// `plain` gives every NaN the same bits; of zeros of both signs fmin and fmax may give either, so
// that forms add zero first. `bits` is a number of any value.
constexpr std::string_view kTexts[kHeads] = {
    R"(#include <cuda_fp16.h>
__device__ __forceinline__ float plain(float x) { return x == x ? x : 1.0f; }
__device__ __forceinline__ double plain(double x) { return x == x ? x : 1.0; }
__device__ __forceinline__ __half plain(__half x) {
  return __hisnan(x) ? __float2half_rn(1.0f) : x;
}
__device__ __forceinline__ unsigned bits(float x) { return __float_as_uint(plain(x)); }
__device__ __forceinline__ unsigned bits(double x) {
  const long long b = __double_as_longlong(plain(x));
  return (unsigned)b ^ (unsigned)(b >> 32);
}
__device__ __forceinline__ unsigned bits(__half x) { return __half_as_ushort(plain(x)); }
__device__ __forceinline__ unsigned bits(__half2 x) {
  return bits(__low2half(x)) | bits(__high2half(x)) << 16;
}
__device__ __forceinline__ unsigned bits(unsigned x) { return x; }
__device__ __forceinline__ unsigned bits(int x) { return (unsigned)x; }
__device__ __forceinline__ unsigned bits(unsigned long long x) {
  return (unsigned)x ^ (unsigned)(x >> 32);
}
__device__ __forceinline__ unsigned bits(long long x) { return bits((unsigned long long)x); }
template <class T>
__device__ __forceinline__ T within(T x, T low, T high) {
  return x > low ? (x < high ? x : high) : low;
}
template <int N> __device__ unsigned rotate(unsigned x) { return x << N | x >> (32 - N); }
)",
    R"(#include <cuda_bf16.h>
__device__ __forceinline__ __nv_bfloat16 plain(__nv_bfloat16 x) {
  return __hisnan(x) ? __float2bfloat16(1.0f) : x;
}
__device__ __forceinline__ unsigned bits(__nv_bfloat16 x) {
  return __bfloat16_as_ushort(plain(x));
}
__device__ __forceinline__ unsigned bits(__nv_bfloat162 x) {
  return bits(__low2bfloat16(x)) | bits(__high2bfloat16(x)) << 16;
}
)",
    "#include <cuda_fp8.h>\n",
    "#include <mma.h>\n",
    R"(#include <cooperative_groups.h>
#include <cooperative_groups/reduce.h>
#include <cooperative_groups/scan.h>
namespace cg = cooperative_groups;
)",
    "#include <cuda/atomic>\n",
    "#include <cuda/barrier>\n",
    "#include <cuda_pipeline.h>\n",
    "#include <cuda/pipeline>\n",
    "#include <cooperative_groups/memcpy_async.h>\n",
};

}  // namespace

std::string_view TextOf(Head head) { return kTexts[head]; }

}  // namespace ws::referee
