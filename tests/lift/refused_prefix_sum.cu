// Each iteration needs the one before.
// REFUSED: hands to the next
__global__ void k(float* y, const float* x, int rows, int cols) {
  int r = blockIdx.x * blockDim.x + threadIdx.x;
  if (r >= rows) return;
  float s = 0;
  for (int c = 0; c < cols; ++c) {
    s += x[r * cols + c];
    y[r * cols + c] = s;
  }
}
void launch(float* y, const float* x, int rows, int cols) { k<<<(rows + 31) / 32, 32>>>(y, x, rows, cols); }
