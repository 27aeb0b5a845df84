// RUN: run %s
#include <cstdio>
#include <cstdlib>
#include <cuda_runtime.h>
__global__ void add(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = x[i] + 1.0f;
}
int main() {
  const int n = 100;
  float* hx = (float*)malloc(n * sizeof(float));
  float* hy = (float*)malloc(n * sizeof(float));
  for (int i = 0; i < n; ++i) hx[i] = i;
  float *x, *y;
  cudaMalloc(&x, n * sizeof(float));
  cudaMalloc(&y, n * sizeof(float));
  cudaMemcpy(x, hx, n * sizeof(float), cudaMemcpyHostToDevice);
  add<<<(n + 63) / 64, 64>>>(y, x, n);
  cudaMemcpy(hy, y, n * sizeof(float), cudaMemcpyDeviceToHost);
  printf("y[5] = %f\n", hy[5]);
  cudaFree(x); cudaFree(y); free(hx); free(hy);
  return 0;
}
// STDOUT:
// y[5] = 6.000000
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
