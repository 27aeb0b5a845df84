// Loops that end early where that is a bound; continue in a loop with two steps.
// ARGS: y:f32[8] z:f32[12] x:f32[80] rows=8 cols=10 n=12
// ARGS: y:f32[2] z:f32[3] x:f32[80] rows=2 cols=40 n=3
__global__ void k(float* y, float* z, const float* x, int rows, int cols, int n) {
  int r = blockIdx.x * blockDim.x + threadIdx.x;
  if (r < rows) {
    float s = 0.0f;
    for (int c = 0; c < 64; c++) {
      if (c >= cols) break;
      s += x[r * cols + c];
    }
    const float* p = x + r * cols;
    for (int c = 0; c < cols; ++c, ++p) {
      if (c + r > 2 * rows) break;
      if (*p < 0.0f) continue;
      s += *p * 2.0f;
    }
    y[r] = s;
  }
  for (int i = r; true && i < 64; i += gridDim.x * blockDim.x) {
    if (i >= n) return;
    z[i] = x[i] + 1.0f;
  }
}
void launch(float* y, float* z, const float* x, int rows, int cols, int n) {
  k<<<2, 16>>>(y, z, x, rows, cols, n);
}
