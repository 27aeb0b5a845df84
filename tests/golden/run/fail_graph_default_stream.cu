// The default stream waits for all others, so that it cannot be used while one is captured.
// RUN: run %s
__global__ void k(int* x) { *x = 1; }

int main() {
  int* x;
  cudaMalloc(&x, 4);
  cudaStream_t stream;
  cudaStreamCreate(&stream);
  cudaGraph_t graph;
  cudaStreamBeginCapture(stream, cudaStreamCaptureModeGlobal);
  k<<<1, 1>>>(x);
  cudaStreamEndCapture(stream, &graph);
  cudaGraphLaunch((cudaGraphExec_t)(graph + 4), stream);
  cudaFree(x);
  return 0;
}
