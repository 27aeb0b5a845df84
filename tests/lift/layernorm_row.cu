// Layer normalisation, one thread per row, mean and variance in two passes.
// ARGS: y:f32[24] x:f32[24] g:f32[6] b:f32[6] rows=4 cols=6 eps=1e-5
// NESTS: 3
__global__ void k(float* y, const float* x, const float* g, const float* b, int rows, int cols, float eps) {
  int row = threadIdx.x + blockIdx.x * blockDim.x;
  if (row >= rows) return;
  float mean = 0.0f;
  for (int i = 0; i < cols; i++) mean += x[row * cols + i];
  mean /= cols;
  float var = 0.0f;
  for (int i = 0; i < cols; i++) {
    float d = x[row * cols + i] - mean;
    var += d * d;
  }
  var /= (float)cols;
  float rstd = 1.0f / sqrtf(var + eps);
  for (int i = 0; i < cols; i++) y[row * cols + i] = (x[row * cols + i] - mean) * rstd * g[i] + b[i];
}
void launch(float* y, const float* x, const float* g, const float* b, int rows, int cols, float eps) {
  int t = 128;
  k<<<(rows + t - 1) / t, t>>>(y, x, g, b, rows, cols, eps);
}
