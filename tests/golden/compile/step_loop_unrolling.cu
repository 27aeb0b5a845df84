// RUN: compile --emit schedule %s --schedule "loop_unrolling kernel=0 turns=8"
__global__ void sums(float* y, const float* x, int rows, int cols) {
  int row = blockIdx.x * blockDim.x + threadIdx.x;
  if (row >= rows) return;
  float sum = 0.0f;
  for (int c = 0; c < cols; c++) sum += x[row * cols + c];
  y[row] = sum;
}
void launch(float* y, const float* x, int rows, int cols) {
  sums<<<(rows + 255) / 256, 256>>>(y, x, rows, cols);
}
// STDOUT:
// kernel0[(a0:xx256*1*1 a1:--1*1*1 unroll8)]
