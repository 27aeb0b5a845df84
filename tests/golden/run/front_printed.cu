// RUN: run %s --front printed
// The kernel is printed as PTX and read back; launcher and data stay what they are.
#include <cstdio>
__constant__ float scale[2] = {2.0f, 0.5f};
__device__ int seen;
struct Span {
  float* at;
  short first;
};
__global__ void k(Span s, int n) {
  __shared__ float tile[64];
  tile[threadIdx.x] = s.at[threadIdx.x];
  __syncthreads();
  const int other = (threadIdx.x + s.first) % n;
  s.at[threadIdx.x] = tile[other] * scale[threadIdx.x & 1];
  atomicAdd(&seen, 1);
  if (threadIdx.x == 5) printf("%d %g %s\n", n, s.at[5], "text");
}
int main() {
  float host[64], *x;
  for (int i = 0; i < 64; ++i) host[i] = i;
  cudaMalloc(&x, sizeof(host));
  cudaMemcpy(x, host, sizeof(host), cudaMemcpyHostToDevice);
  k<<<1, 64>>>(Span{x, 3}, 64);
  cudaMemcpy(host, x, sizeof(host), cudaMemcpyDeviceToHost);
  int count;
  cudaMemcpyFromSymbol(&count, seen, sizeof(count));
  printf("%g %g %g %d\n", host[0], host[1], host[63], count);
  cudaFree(x);
}
// STDOUT:
// 64 4 text
// 6 2 1 64
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
