// RUN: compile --emit nest %s --json
__global__ void scale(float* y, const float* x, float a, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = a * x[i];
}
void twice(float* y, const float* x, int n) { scale<<<(n + 127) / 128, 128>>>(y, x, 2.0f, n); }
void thrice(float* y, const float* x, int n) { scale<<<(n + 127) / 128, 128>>>(y, x, 3.0f, n); }
// STDOUT:
// {"error":"fail_several_launchers.cu: several functions launch kernels: twice, thrice","hint":"choose one, such as --entry thrice"}
// STDERR:
// error: fail_several_launchers.cu: several functions launch kernels: twice, thrice
//   hint: choose one, such as --entry thrice
