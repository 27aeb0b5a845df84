// One thread, nested loops, one accumulator through both; then a sum of sums.
// ARGS: y:f32[2] x:f32[24] rows=4 cols=6
__global__ void k(float* y, const float* x, int rows, int cols) {
  if (blockIdx.x * blockDim.x + threadIdx.x != 0) return;
  float s = 0;
  for (int r = 0; r < rows; ++r)
    for (int c = 0; c < cols; ++c) s += x[r * cols + c] * x[r * cols + c];
  y[0] = sqrtf(s);
  float most = 0;
  for (int r = 0; r < rows; ++r) {
    float t = 0;
    for (int c = 0; c < cols; ++c) t += fabsf(x[r * cols + c]);
    most = fmaxf(most, t);
  }
  y[1] = most;
}
void launch(float* y, const float* x, int rows, int cols) { k<<<1, 32>>>(y, x, rows, cols); }
