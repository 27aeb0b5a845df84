// RUN: run %s
__global__ void add(float* y) { y[threadIdx.x] = 1.0f; }
int main() {
  float* y;
  cudaMalloc(&y, 32 * sizeof(float));
  add<<<1, 32>>>(y);
  cudaFree(y);
  printf("FAILED\n");
  return 7;
}
// STDOUT:
// FAILED
// main(): exit code 7; 1 launch, 5 warp instructions, engine time {{[0-9.]+}} ms
