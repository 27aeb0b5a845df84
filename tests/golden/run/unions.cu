// RUN: run %s
// Unions on the device: bits of floats, parts of vectors, a float maximum by compare-and-swap, and
// one as an argument of a kernel.
#include <cuda_fp16.h>
#include <cstdio>

typedef union {
  float f;
  unsigned u;
} FloatBits;
union Pack {
  float4 v;
  float a[4];
  __half2 h[8];
  unsigned char bytes[16];
};
__device__ inline unsigned Bits(float x) {
  FloatBits b;
  b.f = x;
  return b.u;
}
__device__ float atomicMaxFloat(float* address, float value) {
  union {
    float f;
    int i;
  } old, assumed;
  old.f = *address;
  do {
    assumed = old;
    if (assumed.f >= value) break;
    old.i = atomicCAS((int*)address, assumed.i, __float_as_int(value));
  } while (assumed.i != old.i);
  return old.f;
}
__global__ void k(const float4* in, float* out, unsigned* bits, float* most, Pack p, int n) {
  __shared__ Pack staged[64];
  int i = threadIdx.x;
  if (i >= n) return;
  Pack q;
  q.v = in[i];
  float s = 0;
#pragma unroll
  for (int j = 0; j < 4; ++j) s += q.a[j] * p.a[j];
  staged[i] = q;
  Pack r = staged[i];
  out[i] = s + r.a[0] + __low2float(r.h[1]) * 0.0f;
  bits[i] = Bits(s) ^ r.bytes[3];
  atomicMaxFloat(most, s);
}
int main() {
  const int n = 40;
  float4 h[n];
  for (int i = 0; i < n; ++i) h[i] = make_float4(i, i + 1, i + 2, i + 3);
  float4* in;
  float *out, *most;
  unsigned* bits;
  cudaMalloc(&in, sizeof(h));
  cudaMalloc(&out, n * sizeof(float));
  cudaMalloc(&bits, n * sizeof(unsigned));
  cudaMalloc(&most, sizeof(float));
  cudaMemset(most, 0, sizeof(float));
  cudaMemcpy(in, h, sizeof(h), cudaMemcpyHostToDevice);
  Pack p;
  p.v = make_float4(1, 2, 3, 4);
  k<<<1, 64>>>(in, out, bits, most, p, n);
  float o[n], m;
  unsigned u[n];
  cudaMemcpy(o, out, sizeof(o), cudaMemcpyDeviceToHost);
  cudaMemcpy(u, bits, sizeof(u), cudaMemcpyDeviceToHost);
  cudaMemcpy(&m, most, sizeof(m), cudaMemcpyDeviceToHost);
  printf("%g %g %x %g\n", o[0], o[39], u[5], m);
  cudaFree(in);
  cudaFree(out);
  cudaFree(bits);
  cudaFree(most);
}
// STDOUT:
// 20 449 428c0040 410
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{.*}} ms
