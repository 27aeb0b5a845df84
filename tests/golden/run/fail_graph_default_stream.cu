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
// STDOUT:
// main(): 1 finding, stopped; 1 launch, 3 warp instructions, engine time {{[0-9.]+}} ms
// fail_graph_default_stream.cu:12:3: finding: work for the default stream while a stream is captured [bad-runtime-call]
//     k<<<1, 1>>>(x);
//     ^
