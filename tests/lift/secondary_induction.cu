// Indices that advance beside the loop.
// ARGS: y:f32[6] x:f32[24] rows=4 cols=6
// NESTS: 1
__global__ void k(float* y, const float* x, int rows, int cols) {
  int c = blockIdx.x * blockDim.x + threadIdx.x;
  if (c >= cols) return;
  float s = 0;
  int at = c;
  for (int r = 0; r < rows; ++r) {
    s += x[at];
    at += cols;
  }
  y[c] = s;
}
void launch(float* y, const float* x, int rows, int cols) { k<<<(cols + 31) / 32, 32>>>(y, x, rows, cols); }
