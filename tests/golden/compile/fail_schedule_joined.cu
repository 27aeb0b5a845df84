// RUN: compile --emit cuda --schedule "kernel0[(a0:xx64*1*1 a1:--1*1*1) (a0:xx64*1*1 a1:--1*1*1 joined)]" %s
// The deviations need the whole mean first.
__global__ void variance(float* y, const float* x, int rows, int cols) {
  int row = blockIdx.x * blockDim.x + threadIdx.x;
  if (row >= rows) return;
  float mean = 0.0f;
  for (int c = 0; c < cols; c++) mean += x[row * cols + c];
  float s = 0.0f;
  for (int c = 0; c < cols; c++) s += fabsf(x[row * cols + c] - mean);
  y[row] = s;
}
void launch(float* y, const float* x, int rows, int cols) {
  variance<<<(rows + 127) / 128, 128>>>(y, x, rows, cols);
}
// STDERR:
// fail_schedule_joined.cu: error: cannot generate: y needs the whole of mean first
