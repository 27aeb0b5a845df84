// RUN: init %s -o %t/task.toml
__global__ void fill(float* y) { y[threadIdx.x] = 1.0f; }
int main() {
  float* y = nullptr;
  cudaMalloc(&y, 128);
  fill<<<1, 32>>>(y);
  cudaFree(y);
  return 0;
}
// STDERR:
// error: fail_whole_program.cu: a whole program: it has `main`, but no launcher that takes arrays
//   hint: `warpsmith run fail_whole_program.cu` executes it; a task needs a host function that takes device pointers and launches the kernels
