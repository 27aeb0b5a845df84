// Memory carries the value from one iteration to the next.
// REFUSED: one iteration of a loop writes and another may use
__global__ void k(float* y, const float* x, int rows, int cols) {
  int r = blockIdx.x * blockDim.x + threadIdx.x;
  if (r >= rows) return;
  for (int c = 1; c < cols; ++c) y[r * cols + c] = y[r * cols + c - 1] * 0.5f + x[r * cols + c];
}
void launch(float* y, const float* x, int rows, int cols) { k<<<(rows + 31) / 32, 32>>>(y, x, rows, cols); }
