// A stream captured into a graph, which is launched several times; another stream that joins it.
// RUN: run %s
#include <cstdio>

__global__ void axpy(float a, const float* x, float* y, int n) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] += a * x[i];
}

int main() {
  constexpr int n = 64;
  float x[n], y[n];
  for (int i = 0; i < n; ++i) x[i] = i;
  float *dx, *dy;
  cudaMalloc(&dx, sizeof x);
  cudaMalloc(&dy, sizeof y);
  cudaStream_t main_stream, other;
  cudaEvent_t fork, join;
  cudaStreamCreate(&main_stream);
  cudaStreamCreate(&other);
  cudaEventCreate(&fork);
  cudaEventCreate(&join);

  cudaGraph_t graph = nullptr;
  cudaGraphExec_t exec = nullptr;
  printf("%d\n", cudaStreamEndCapture(main_stream, &graph) == cudaErrorIllegalState);
  cudaStreamBeginCapture(main_stream, cudaStreamCaptureModeGlobal);
  cudaMemcpyAsync(dx, x, sizeof x, cudaMemcpyHostToDevice, main_stream);
  cudaEventRecord(fork, main_stream);
  cudaStreamWaitEvent(other, fork, 0);
  cudaMemsetAsync(dy, 0, sizeof y, other);
  axpy<<<1, n, 0, other>>>(2.0f, dx, dy, n);
  cudaEventRecord(join, other);
  cudaStreamWaitEvent(main_stream, join, 0);
  axpy<<<1, n, 0, main_stream>>>(1.0f, dx, dy, n);
  cudaStreamCaptureStatus status;
  cudaStreamIsCapturing(main_stream, &status);
  cudaStreamEndCapture(main_stream, &graph);
  size_t nodes = 0;
  cudaGraphGetNodes(graph, nullptr, &nodes);
  printf("%d %zu\n", (int)status, nodes);

  cudaGraphInstantiate(&exec, graph, nullptr, nullptr, 0);
  cudaGraphDestroy(graph);
  for (int turn = 1; turn <= 3; ++turn) {
    x[5] = 10.0f * turn;  // read again by each launch
    cudaGraphLaunch(exec, main_stream);
    cudaStreamSynchronize(main_stream);
    cudaMemcpy(y, dy, sizeof y, cudaMemcpyDeviceToHost);
    printf("%g %g\n", y[5], y[63]);
  }
  cudaGraphExecDestroy(exec);
  cudaEventDestroy(fork);
  cudaEventDestroy(join);
  cudaStreamDestroy(main_stream);
  cudaStreamDestroy(other);
  cudaFree(dx);
  cudaFree(dy);
  return cudaGetLastError() != cudaSuccess;
}
// STDOUT:
// 1
// 1 4
// 30 189
// 60 189
// 90 189
// main(): ok; 6 launches, 240 warp instructions, engine time {{[0-9.]+}} ms
