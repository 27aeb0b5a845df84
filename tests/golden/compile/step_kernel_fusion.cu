// RUN: compile --emit schedule %s --schedule "kernel_fusion nest=0"
__global__ void twice(float* t, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) t[i] = 2.0f * x[i];
}
__global__ void around(float* y, const float* t, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i > 0 && i + 1 < n) y[i] = t[i - 1] + t[i + 1];
}
void launch(float* y, const float* x, int n) {
  float* t;
  cudaMalloc(&t, n * sizeof(float));
  twice<<<(n + 127) / 128, 128>>>(t, x, n);
  around<<<(n + 127) / 128, 128>>>(y, t, n);
  cudaFree(t);
}
// STDOUT:
// inline0 kernel0[(a1:xx256*1*1)]
