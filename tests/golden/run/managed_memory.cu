// RUN: run %s
#include <cuda_runtime.h>
#include <cstdio>
__global__ void add(int n, const float* x, float* y) {
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += blockDim.x * gridDim.x) y[i] = x[i] + y[i];
}
__global__ void row(float* p, size_t pitch, int w, int h) {
  const int x = threadIdx.x, y = blockIdx.x;
  if (x < w && y < h) *((float*)((char*)p + y * pitch) + x) *= 10.0f;
}
int main() {
  const int n = 1 << 10;
  float *x, *y;
  cudaMallocManaged(&x, n * sizeof(float));
  cudaMallocManaged(&y, n * sizeof(float));
  for (int i = 0; i < n; i++) { x[i] = 1.0f; y[i] = 2.0f; }
  cudaMemPrefetchAsync(x, n * sizeof(float), 0);
  add<<<4, 256>>>(n, x, y);
  cudaDeviceSynchronize();
  float worst = 0;
  for (int i = 0; i < n; i++) worst = fmaxf(worst, fabsf(y[i] - 3.0f));
  printf("Max error: %f\n", worst);
  cudaFree(x);
  cudaFree(y);
  float host[3][5], back[3][5];
  for (int i = 0; i < 15; ++i) host[i / 5][i % 5] = i;
  float* d;
  size_t pitch;
  cudaMallocPitch(&d, &pitch, 5 * sizeof(float), 3);
  cudaMemset2D(d, pitch, 0, 5 * sizeof(float), 3);
  cudaMemcpy2D(d, pitch, host, sizeof(host[0]), sizeof(host[0]), 3, cudaMemcpyHostToDevice);
  cudaEvent_t start, stop;
  cudaEventCreate(&start);
  cudaEventCreate(&stop);
  cudaEventRecord(start);
  row<<<3, 32>>>(d, pitch, 5, 3);
  cudaEventRecord(stop);
  cudaEventSynchronize(stop);
  float ms = 0;
  cudaEventElapsedTime(&ms, start, stop);
  cudaMemcpy2D(back, sizeof(back[0]), d, pitch, sizeof(host[0]), 3, cudaMemcpyDeviceToHost);
  printf("%zu %g %g %d\n", pitch, back[0][1], back[2][4], ms > 0);
  cudaFree(d);
  cudaEventDestroy(start);
  cudaEventDestroy(stop);
  cudaStream_t s;
  cudaStreamCreateWithFlags(&s, cudaStreamNonBlocking);
  cudaStreamDestroy(s);
  return 0;
}
// STDOUT:
// Max error: 0.000000
// 512 10 140 1
// main(): ok; 2 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
