// RUN: run %s
__global__ void add(float* y) { y[threadIdx.x] = 1.0f; }
int main() {
  float* y;
  cudaMalloc(&y, 16 * sizeof(float));
  add<<<1, 32>>>(y);
  cudaFree(y);
  return 0;
}
// STDOUT:
// main(): 1 finding, stopped; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
// fail_main.cu:2:48: finding: store of 4 bytes at byte 64 of temporary 0 (cudaMalloc) (64 bytes) [out-of-bounds]
//   __global__ void add(float* y) { y[threadIdx.x] = 1.0f; }
//                                                  ^
//   in add, block (0, 0, 0) of (1, 1, 1), thread (16, 0, 0) of (32, 1, 1), launch 0
//   hint: compare the index with the size before using it
