// Pairs of halves compare as both of their parts do.
// RUN: run %s --front native
#include <cuda_bf16.h>
#include <cuda_fp16.h>
#include <cstdio>
template <typename T, typename Make> __device__ int all(Make make) {
  const float values[5] = {-1.0f, 0.0f, 1.0f, 2.0f, __int_as_float(0x7fc00000)};
  int bits = 0, sum = 0;
  for (int i = 0; i < 625; ++i) {
    const T a = make(values[i % 5], values[i / 5 % 5]), b = make(values[i / 25 % 5], values[i / 125]);
    bits = (a == b) | (a != b) << 1 | (a < b) << 2 | (a > b) << 3 | (a <= b) << 4 | (a >= b) << 5;
    sum = sum * 33 + bits;
  }
  return sum;
}
__global__ void k(int* out) {
  out[0] = all<half2>([](float x, float y) { return __floats2half2_rn(x, y); });
  out[1] = all<__nv_bfloat162>([](float x, float y) { return __floats2bfloat162_rn(x, y); });
}
int main() {
  int* out;
  cudaMallocManaged(&out, 8);
  k<<<1, 1>>>(out);
  cudaDeviceSynchronize();
  printf("%08x %08x\n", out[0], out[1]);
  cudaFree(out);
  return 0;
}
// STDOUT:
// 43d1fff2 43d1fff2
// main(): ok; 1 launch, 106276 warp instructions, engine time {{[0-9.]+}} ms
