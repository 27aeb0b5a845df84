// EXPECT: 5 7 1 3
#include <cuda_runtime.h>
#include <cstdio>
#include <cstdlib>
#define CHECK(call)                                                                 \
  do {                                                                              \
    cudaError_t err = (call);                                                       \
    if (err != cudaSuccess) {                                                       \
      fprintf(stderr, "%s at %s:%d\n", cudaGetErrorString(err), __FILE__, __LINE__); \
      exit(EXIT_FAILURE);                                                           \
    }                                                                               \
  } while (0)
__constant__ float weights[4];
__device__ int counter = 0;
__global__ void k(float* out) {
  out[0] = weights[1];
  out[1] = weights[3];
  atomicAdd(&counter, 3);
}
__global__ void last(float* out) {
  out[2] = weights[0];
  out[3] = counter;
}
void launch(float* out) {
  const float host[4] = {1, 5, 6, 7};
  cudaStream_t stream;
  cudaEvent_t begin, end;
  float ms = 0;
  CHECK(cudaStreamCreate(&stream));
  CHECK(cudaEventCreate(&begin));
  CHECK(cudaEventCreate(&end));
  int zero = 0;
  CHECK(cudaMemcpyToSymbol(weights, host, sizeof(host)));
  CHECK(cudaMemcpyToSymbol(counter, &zero, sizeof(int)));
  CHECK(cudaEventRecord(begin, stream));
  k<<<1, 1, 0, stream>>>(out);
  last<<<1, 1, 0, stream>>>(out);
  CHECK(cudaEventRecord(end, stream));
  CHECK(cudaStreamSynchronize(stream));
  CHECK(cudaEventElapsedTime(&ms, begin, end));
  CHECK(cudaEventDestroy(begin));
  CHECK(cudaEventDestroy(end));
  CHECK(cudaStreamDestroy(stream));
  CHECK(cudaGetLastError());
}
