// Conditional accumulation with continue, and a counter.
// ARGS: y:f32[4] n:s32[4] x:f32[24] rows=4 cols=6
__global__ void k(float* y, int* n, const float* x, int rows, int cols) {
  int r = blockIdx.x * blockDim.x + threadIdx.x;
  if (r >= rows) return;
  float s = 0;
  int count = 0;
  for (int c = 0; c < cols; c++) {
    float v = x[r * cols + c];
    if (v < 0) continue;
    s += v;
    count++;
  }
  y[r] = s;
  n[r] = count;
}
void launch(float* y, int* n, const float* x, int rows, int cols) { k<<<(rows + 31) / 32, 32>>>(y, n, x, rows, cols); }
