// RUN: init %s -o %t/task.toml
__global__ void scale(float* y, const float* x, float a, int rows, int cols) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < rows * cols) y[i] = a * x[i];
}
// STDERR:
// error: fail_no_launcher.cu: no host function launches a kernel
//   hint: a task calls a host function that takes device pointers and launches; add one, with the grid and block that `scale` expects:
//     void launch(float* y, const float* x, float a, int rows, int cols) {
//       scale<<<(rows * cols + 255) / 256, 256>>>(y, x, a, rows, cols);
//     }
