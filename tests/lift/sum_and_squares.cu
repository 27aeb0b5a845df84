// Two sums in one loop.
// ARGS: m:f32[4] v:f32[4] x:f32[24] rows=4 cols=6
// NESTS: 4
__global__ void k(float* mean, float* var, const float* x, int rows, int cols) {
  int row = blockIdx.x * blockDim.x + threadIdx.x;
  if (row < rows) {
    float s = 0, q = 0;
    for (int c = 0; c < cols; ++c) {
      float v = x[row * cols + c];
      s += v;
      q += v * v;
    }
    mean[row] = s / cols;
    var[row] = q / cols - (s / cols) * (s / cols);
  }
}
void launch(float* mean, float* var, const float* x, int rows, int cols) {
  k<<<(rows + 255) / 256, 256>>>(mean, var, x, rows, cols);
}
