// Maximum and sum in one loop, rescaled whenever the maximum grows; in two ways of writing.
// ARGS: y:f32[24] z:f32[4] x:f32[24] rows=4 cols=6
// NESTS: 6
__global__ void k(float* y, float* z, const float* x, int rows, int cols) {
  int r = blockIdx.x * blockDim.x + threadIdx.x;
  if (r >= rows) return;
  float m = -INFINITY, s = 0.0f;
  for (int c = 0; c < cols; ++c) {
    float n = fmaxf(m, x[r * cols + c]);
    s = s * expf(m - n) + expf(x[r * cols + c] - n);
    m = n;
  }
  for (int c = 0; c < cols; ++c) y[r * cols + c] = expf(x[r * cols + c] - m) / s;
  float t = 0.0f;
  m = x[r * cols] - 1.0f;
  for (int c = 0; c < cols; ++c) {
    float v = x[r * cols + c];
    if (v > m) {
      t = t * expf(m - v) + 1.0f;
      m = v;
    } else {
      t += expf(v - m);
    }
  }
  z[r] = t + m;
}
void launch(float* y, float* z, const float* x, int rows, int cols) {
  k<<<(rows + 31) / 32, 32>>>(y, z, x, rows, cols);
}
