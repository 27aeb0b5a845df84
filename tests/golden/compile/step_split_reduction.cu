// RUN: compile --emit schedule %s --schedule "split_reduction kernel=0 threads=128 parts=16"
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
// split0/a1*16 kernel0[(a2:y-1*1*1 a0:x-1*1*1 a3:-x128*1*1)] kernel1[(a0:x-1*1*1 a2:-x32*1*1)]
