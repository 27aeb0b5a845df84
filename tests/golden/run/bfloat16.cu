// __nv_bfloat16: conversions, arithmetic, comparisons, pairs, shuffles, atomics, functions.
// RUN: run %s --front native
#include <cuda_bf16.h>
#include <cstdio>
template <typename T> __device__ T twice(T x) { return x + x; }
__global__ void k(const __nv_bfloat16* in, float* out, __nv_bfloat162* pairs, __nv_bfloat16* sum) {
  const int t = threadIdx.x;
  __nv_bfloat16 x = in[t];
  nv_bfloat16 y = __float2bfloat16(1.0f / 3.0f);
  out[t] = __bfloat162float(x * y + twice(y) - x / y);
  __nv_bfloat162 p = __halves2bfloat162(x, y);
  p = __hfma2(p, __float2bfloat162_rn(2.0f), p);
  pairs[t] = p;
  p.x = __hmax(p.x, p.y);
  out[32 + t] = __low2float(p) + __high2float(p);
  out[64 + t] = __bfloat162float(__shfl_xor_sync(0xffffffffu, x, 1));
  out[96 + t] = (float)(x < y) + 2.0f * (float)__heq(x, x) + 4.0f * (float)__hisnan(x) + 8.0f * (x == y ? 1.0f : 0.0f);
  float2 f = __bfloat1622float2(__shfl_down_sync(0xffffffffu, p, 1));
  out[128 + t] = f.x - f.y;
  atomicAdd(sum, __float2bfloat16(0.25f));
  out[160 + t] = __bfloat162float(hexp(x)) + __bfloat162float(hsqrt(__habs(x)));
  __nv_bfloat16 z = __int2bfloat16_rn(257) ;
  z += __ushort_as_bfloat16((unsigned short)0x3f80);
  out[192 + t] = (float)z + (float)__bfloat162int_rz(__double2bfloat16(-7.9)) + __bfloat16_as_ushort(z);
  out[224 + t] = __bfloat162float(__hadd_sat(x, y)) + (__hbgt2(pairs[t], __float2bfloat162_rn(0.0f)) ? 100.0f : 0.0f);
}
int main() {
  __nv_bfloat16 *in, *sum;
  __nv_bfloat162* pairs;
  float* out;
  cudaMallocManaged(&in, 32 * sizeof(__nv_bfloat16));
  cudaMallocManaged(&sum, sizeof(__nv_bfloat16));
  cudaMallocManaged(&pairs, 32 * sizeof(__nv_bfloat162));
  cudaMallocManaged(&out, 256 * sizeof(float));
  for (int i = 0; i < 32; ++i) in[i] = __float2bfloat16((i - 16) * 0.37f);
  *sum = __float2bfloat16(0.0f);
  k<<<1, 32>>>(in, out, pairs, sum);
  cudaDeviceSynchronize();
  for (int r = 0; r < 8; ++r) {
    for (int t = 0; t < 32; t += 7) printf("%.9g ", out[32 * r + t]);
    printf("\n");
  }
  printf("%g %g %d %g\n", __bfloat162float(*sum), (double)__bfloat162float(pairs[31].x), (int)sizeof(__nv_bfloat162), __bfloat162float(__float2bfloat16(3.14159f)));
  cudaFree(in);
  cudaFree(sum);
  cudaFree(pairs);
  cudaFree(out);
  return 0;
}
// STDOUT:
// 16.375 9.5 2.625 -4.25 -11.125
// 2 2 2 6.5625 14.3125
// -5.5625 -3.703125 -0.369140625 1.4765625 4.8125
// 3 3 3 2 2
// 0 0 0 5.65625 13.4375
// 2.44021606 1.86401367 1.33789062 7.734375 86.609375
// 17529 17529 17529 17529 17529
// 0 0 0 101 101
// 8 16.75 4 3.14062
// main(): ok; 1 launch, 136 warp instructions, engine time {{[0-9.]+}} ms
