// Softmax as three kernels with temporaries.
// ARGS: y:f32[24] x:f32[24] rows=4 cols=6
// NESTS: 3
#include <float.h>
__global__ void row_max(float* m, const float* x, int rows, int cols) {
  int r = blockIdx.x * blockDim.x + threadIdx.x;
  if (r >= rows) return;
  float v = -FLT_MAX;
  for (int c = 0; c < cols; ++c) {
    float e = x[r * cols + c];
    if (e > v) v = e;
  }
  m[r] = v;
}
__global__ void row_sum(float* s, const float* m, const float* x, int rows, int cols) {
  int r = blockIdx.x * blockDim.x + threadIdx.x;
  if (r >= rows) return;
  float v = 0;
  for (int c = 0; c < cols; ++c) v = v + expf(x[r * cols + c] - m[r]);
  s[r] = v;
}
__global__ void divide(float* y, const float* m, const float* s, const float* x, int total, int cols) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < total) y[i] = expf(x[i] - m[i / cols]) / s[i / cols];
}
void launch(float* y, const float* x, int rows, int cols) {
  float *m, *s;
  cudaMalloc(&m, rows * sizeof(float));
  cudaMalloc((void**)&s, sizeof(float) * rows);
  row_max<<<(rows + 63) / 64, 64>>>(m, x, rows, cols);
  row_sum<<<(rows + 63) / 64, 64>>>(s, m, x, rows, cols);
  divide<<<(rows * cols + 255) / 256, 256>>>(y, m, s, x, rows * cols, cols);
  cudaDeviceSynchronize();
  cudaFree(m);
  cudaFree(s);
}
