// RUN: compile --emit schedule %s --schedule "online_normalisation kernel=0 nest=1"
__global__ void moments(float* y, float* m, const float* x, int rows, int cols) {
  int row = blockIdx.x * blockDim.x + threadIdx.x;
  if (row >= rows) return;
  float best = 0.0f;
  for (int c = 0; c < cols; c++) best += x[row * cols + c];
  float sum = 0.0f;
  for (int c = 0; c < cols; c++) sum += x[row * cols + c] * x[row * cols + c];
  m[row] = best;
  y[row] = sum;
}
void launch(float* y, float* m, const float* x, int rows, int cols) {
  moments<<<(rows + 255) / 256, 256>>>(y, m, x, rows, cols);
}
// STDERR:
// error: --schedule: `online_normalisation kernel=0 nest=1` is no step that can be taken there
//   hint: online_normalisation does not apply there
