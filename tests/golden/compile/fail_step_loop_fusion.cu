// RUN: compile --emit schedule %s --schedule "loop_fusion kernel=0 nest=1"
__global__ void lse(float* y, float* m, const float* x, int rows, int cols) {
  int row = blockIdx.x * blockDim.x + threadIdx.x;
  if (row >= rows) return;
  float best = -INFINITY;
  for (int c = 0; c < cols; c++) best = fmaxf(best, x[row * cols + c]);
  float sum = 0.0f;
  for (int c = 0; c < cols; c++) sum += expf(x[row * cols + c] - best);
  m[row] = best;
  y[row] = sum;
}
void launch(float* y, float* m, const float* x, int rows, int cols) {
  lse<<<(rows + 255) / 256, 256>>>(y, m, x, rows, cols);
}
// STDERR:
// error: --schedule: `loop_fusion kernel=0 nest=1` is no step that can be taken there
//   hint: loop_fusion does not apply there
