// RUN: compile --emit schedule %s --schedule "block_shape kernel=3 x=64 y=1 items=2"
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
// error: --schedule: `block_shape kernel=3 x=64 y=1 items=2` is no step that can be taken there
//   hint: steps are chosen for the bench sizes of --task; others there are {{.*}}
