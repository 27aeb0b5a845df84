// RUN: compile --emit schedule %s --schedule "warp_reduction kernel=0 threads=32 rows=4 keep=0"
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
// kernel0[(a0:xy4*1*1 a1:-x32*1*1)]
