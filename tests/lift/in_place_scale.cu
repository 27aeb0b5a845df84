// Reads and writes the same array.
// ARGS: x:f32[24] rows=4 cols=6
// NESTS: 2
__global__ void k(float* x, int rows, int cols) {
  int r = blockIdx.x * blockDim.x + threadIdx.x;
  if (r >= rows) return;
  float s = 0.0f;
  for (int c = 0; c < cols; ++c) s += x[r * cols + c] * x[r * cols + c];
  for (int c = 0; c < cols; ++c) x[r * cols + c] = x[r * cols + c] * rsqrtf(s + 1.0f);
}
void launch(float* x, int rows, int cols) { k<<<(rows + 31) / 32, 32>>>(x, rows, cols); }
