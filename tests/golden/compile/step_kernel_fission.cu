// RUN: compile --emit schedule %s --schedule "kernel_fission kernel=0 nest=1"
__global__ void normalise(float* y, const float* x, int rows, int cols) {
  int row = blockIdx.x * blockDim.x + threadIdx.x;
  if (row >= rows) return;
  float sum = 0.0f;
  for (int c = 0; c < cols; c++) sum += x[row * cols + c];
  for (int c = 0; c < cols; c++) y[row * cols + c] = x[row * cols + c] / sum;
}
void launch(float* y, const float* x, int rows, int cols) {
  normalise<<<(rows + 255) / 256, 256>>>(y, x, rows, cols);
}
// STDOUT:
// kernel0[(a0:xx256*1*1 a1:--1*1*1)] kernel1[(a0:yy16*1*1 a1:xx16*1*1)]
