// RUN: compile --emit schedule %s --schedule "vectorised_access kernel=0 width=4"
__global__ void sums(float* y, const float* x, int rows, int cols) {
  int col = blockIdx.x * blockDim.x + threadIdx.x;
  if (col >= cols) return;
  float sum = 0.0f;
  for (int r = 0; r < rows; r++) sum += x[(r * cols + col) * 2];
  y[col * 2] = sum;
}
void launch(float* y, const float* x, int rows, int cols) {
  sums<<<(cols + 255) / 256, 256>>>(y, x, rows, cols);
}
// STDERR:
// error: --schedule: `vectorised_access kernel=0 width=4` is no step that can be taken there
//   hint: steps are chosen for the bench sizes of --task; others there are {{.*}}
