// RUN: check %s --task %S/scale.toml
__global__ void scale(float* y, const float* x, int n) {
  float a[100000];
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  a[threadIdx.x] = 2.0f;
  if (i < n) y[i] = x[i] * a[threadIdx.x];
}
void launch(float* y, const float* x, int n) { scale<<<(n + 63) / 64, 64>>>(y, x, n); }
// STDOUT:
// fail_local_memory.cu: rejected at sanitized: the 64 threads of a block of scale need 25600000 bytes of local memory; 16777216 are possible here at n=1
//   compiled   accepted by the front end and the IR verifier; {{[0-9]+}} instructions
// fail_local_memory.cu:8:48: finding: the 64 threads of a block of scale need 25600000 bytes of local memory; 16777216 are possible here [bad-launch]
//   void launch(float* y, const float* x, int n) { scale<<<(n + 63) / 64, 64>>>(y, x, n); }
//                                                  ^
// witness: n=1, inputs init, seed {{[0-9]+}}
