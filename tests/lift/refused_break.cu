// A loop that ends early.
// REFUSED: break
__global__ void k(int* y, const float* x, int rows, int cols) {
  int r = blockIdx.x * blockDim.x + threadIdx.x;
  if (r >= rows) return;
  int n = 0;
  for (int c = 0; c < cols; ++c) {
    if (x[r * cols + c] < 0) break;
    ++n;
  }
  y[r] = n;
}
void launch(int* y, const float* x, int rows, int cols) { k<<<(rows + 31) / 32, 32>>>(y, x, rows, cols); }
