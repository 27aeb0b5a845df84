// RUN: compile --emit schedule %s --schedule "kernel_fusion nest=0"
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
// STDERR:
// error: --schedule: `kernel_fusion nest=0` is no step that can be taken there
//   hint: kernel_fusion does not apply there
