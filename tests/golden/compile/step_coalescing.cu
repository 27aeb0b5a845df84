// RUN: compile --emit schedule %s --schedule "coalescing kernel=0 x=32 y=8 parts=16"
__global__ void sums(float* y, const float* x, int rows, int cols) {
  int col = blockIdx.x * blockDim.x + threadIdx.x;
  if (col >= cols) return;
  float sum = 0.0f;
  for (int r = 0; r < rows; r++) sum += x[r * cols + col];
  y[col] = sum;
}
void launch(float* y, const float* x, int rows, int cols) {
  sums<<<(cols + 255) / 256, 256>>>(y, x, rows, cols);
}
// STDOUT:
// split0/a1*16 kernel0[(a2:y-1*1*1 a0:xx32*1*1 a3:-y8*1*1)] kernel1[(a0:xx32*1*1 a2:-y8*1*1)]
