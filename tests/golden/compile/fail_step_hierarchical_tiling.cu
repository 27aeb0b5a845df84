// RUN: compile --emit schedule %s --schedule "hierarchical_tiling kernel=0 x=16 y=8 m=8 n=4 k=8 buffers=1"
__global__ void sums(float* y, const float* x, int rows, int cols) {
  int row = blockIdx.x * blockDim.x + threadIdx.x;
  if (row >= rows) return;
  float sum = 0.0f;
  for (int c = 0; c < cols; c++) sum += x[row * cols + c];
  y[row] = sum;
}
void launch(float* y, const float* x, int rows, int cols) {
  sums<<<(rows + 255) / 256, 256>>>(y, x, rows, cols);
}
// STDERR:
// error: --schedule: `hierarchical_tiling kernel=0 x=16 y=8 m=8 n=4 k=8 buffers=1` is no step that can be taken there
//   hint: hierarchical_tiling does not apply there
