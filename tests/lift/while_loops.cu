// while and do loops, a step in the middle, two conditions, the variable used behind the loop.
// ARGS: y:f32[6] x:f32[60] rows=6 cols=10
__global__ void k(float* y, const float* x, int rows, int cols) {
  int r = blockIdx.x * blockDim.x + threadIdx.x;
  if (r >= rows) return;
  const float* row = x + r * cols;
  float s = 0.0f;
  int c = 0;
  while (c < cols) s += row[c++];
  int i = 0;
  while (i < cols && i < 2 * r + 1) {
    float v = row[i];
    i += 2;
    s += v * v;
  }
  int d = 0;
  do {
    s -= row[d] * 0.5f;
    d++;
  } while (d < cols);
  y[r] = s + c;
}
void launch(float* y, const float* x, int rows, int cols) {
  k<<<(rows + 31) / 32, 32>>>(y, x, rows, cols);
}
