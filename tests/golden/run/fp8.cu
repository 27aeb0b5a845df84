// <cuda_fp8.h>: the types and their conversions on the device and on the host. What is expected is
// what NVRTC makes of CUDA's own header.
// RUN: run %s --front native
#include <cstdio>
#include <cuda_fp8.h>
__global__ void k(const float* in, __nv_fp8_e4m3* a, __nv_fp8_e5m2* b, float* out) {
  const int t = threadIdx.x;
  a[t] = __nv_fp8_e4m3(in[t]);
  b[t] = static_cast<__nv_fp8_e5m2>(in[t]);
  out[t] = float(a[t]) + float(b[t]);
  __syncthreads();
  if (t == 0) {
    __nv_fp8x2_e4m3 two(make_float2(1.5f, -448.0f));
    __nv_fp8x4_e5m2 four(make_float4(1.0f, 0.3f, -1e9f, 0.0f));
    const float2 x = float2(two);
    const float4 y = float4(four);
    printf("%04x %08x %g %g %g %g\n", two.__x, four.__x, x.x, x.y, y.y, y.z);
    const __half2_raw pair = __nv_cvt_fp8x2_to_halfraw2(two.__x, __NV_E4M3);
    printf("%04x %04x %d %d %d\n", pair.x, pair.y, int(a[4]), (int)(unsigned char)b[4], bool(a[0]));
    printf("%02x %02x\n", __nv_cvt_float_to_fp8(500.0f, __NV_NOSAT, __NV_E4M3),
           __nv_cvt_halfraw_to_fp8(static_cast<__half_raw>(__float2half(1e5f)), __NV_NOSAT, __NV_E5M2));
  }
}
int main() {
  const float in[8] = {0.0f, 0.017f, -3.3f, 464.0f, 1e9f, -0.0f, 0.001f, 240.0f};
  float *x, *out;
  __nv_fp8_e4m3* a;
  __nv_fp8_e5m2* b;
  cudaMalloc(&x, 32);
  cudaMallocManaged(&out, 32);
  cudaMallocManaged(&a, 8);
  cudaMallocManaged(&b, 8);
  cudaMemcpy(x, in, 32, cudaMemcpyHostToDevice);
  k<<<1, 8>>>(x, a, b, out);
  cudaDeviceSynchronize();
  for (int i = 0; i < 8; ++i) {
    const bool same = __nv_fp8_e4m3(in[i]).__x == a[i].__x && __nv_fp8_e5m2(in[i]).__x == b[i].__x;
    printf("%02x %02x %g %d\n", a[i].__x, b[i].__x, out[i], same);
  }
  cudaFree(x);
  cudaFree(out);
  cudaFree(a);
  cudaFree(b);
}
// STDOUT:
// fe3c 00fb353c 1.5 -448 0.3125 -57344
// 3e00 df00 448 255 0
// 7f 7c
// 00 00 0 1
// 09 24 0.0332031 1
// c5 c3 -6.75 1
// 7e 5f 896 1
// 7e 7b 57792 1
// 80 80 -0 1
// 01 14 0.00292969 1
// 77 5c 496 1
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
