// Unrolled by hand with a remainder.
// ARGS: y:f32[6] x:f32[60] rows=6 cols=10
// ARGS: y:f32[5] x:f32[15] rows=5 cols=3
// NESTS: 1
__global__ void k(float* y, const float* x, int rows, int cols) {
  int r = blockIdx.x * blockDim.x + threadIdx.x;
  if (r >= rows) return;
  const float* row = x + r * cols;
  float s = 0.0f;
  int c = 0;
  for (; c + 3 < cols; c += 4) {
    s += row[c];
    s += row[c + 1];
    s += row[c + 2];
    s += row[c + 3];
  }
  for (; c < cols; ++c) s += row[c];
  y[r] = s;
}
void launch(float* y, const float* x, int rows, int cols) {
  k<<<(rows + 31) / 32, 32>>>(y, x, rows, cols);
}
