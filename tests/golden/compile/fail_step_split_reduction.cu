// RUN: compile --emit schedule %s --schedule "split_reduction kernel=0 threads=128 parts=16"
__global__ void sums(float* y, const float* x, int rows, int cols) {
  int col = blockIdx.x * blockDim.x + threadIdx.x;
  if (col >= cols) return;
  float sum = 0.0f;
  for (int r = 0; r < rows; r++) sum += x[r * cols + col];
  y[col] = sum;
}
void launch(float* y, const float* x, int rows, int cols) {
  sums<<<(cols + 255) / 256, 256>>>(y, x, rows, cols);
}
// STDERR:
// error: --schedule: `split_reduction kernel=0 threads=128 parts=16` is no step that can be taken there
//   hint: split_reduction does not apply there
