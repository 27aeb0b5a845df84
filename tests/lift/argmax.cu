// A maximum and where it was: the first, the last, under a mask, the value of another array there.
// ARGS: y:s32[16] z:f32[4] x:s32[24]<4 w:f32[24] rows=4 cols=6
// ARGS: y:s32[12] z:f32[3] x:s32[3]<4 w:f32[3] rows=3 cols=1
__global__ void k(int* y, float* z, const int* x, const float* w, int rows, int cols) {
  int r = blockIdx.x * blockDim.x + threadIdx.x;
  if (r >= rows) return;
  int m = -100, first = -1;
  for (int c = 0; c < cols; ++c) {
    if (x[r * cols + c] > m) {
      m = x[r * cols + c];
      first = c;
    }
  }
  int n = x[r * cols], last = 0;
  float there = w[r * cols];
  for (int c = 1; c < cols; ++c) {
    int v = x[r * cols + c];
    last = v >= n ? c : last;
    if (n <= v) there = w[r * cols + c];
    n = max(n, v);
  }
  int low = 1000, least = cols;
  for (int c = cols - 1; c >= 0; --c) {
    if (w[r * cols + c] > 0.0f) {
      if (x[r * cols + c] < low) {
        low = x[r * cols + c];
        least = c;
      }
    }
  }
  y[r * 4] = first;
  y[r * 4 + 1] = last;
  y[r * 4 + 2] = least;
  y[r * 4 + 3] = m + n;
  z[r] = there;
}
void launch(int* y, float* z, const int* x, const float* w, int rows, int cols) {
  k<<<(rows + 31) / 32, 32>>>(y, z, x, w, rows, cols);
}
