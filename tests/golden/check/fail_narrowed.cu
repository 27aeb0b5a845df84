// RUN: check %s --task %S/scale.toml
#include <cuda_fp16.h>
__global__ void scale(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = 2.0f * __half2float(__float2half(x[i]));
}
void launch(float* y, const float* x, int n) { scale<<<(n + 31) / 32, 32>>>(y, x, n); }
// STDOUT:
// fail_narrowed.cu: rejected at sanitized: a value that line 5 rounds to f16 is computed with on a path to an output; the task asks for f32
//   compiled   accepted by the front end and the IR verifier; {{[0-9]+}} instructions
// fail_narrowed.cu:5:28: finding: a value that line 5 rounds to f16 is computed with on a path to an output; the task asks for f32 [narrowed-precision]
//     if (i < n) y[i] = 2.0f * __half2float(__float2half(x[i]));
//                              ^
//   hint: compute in the task's precision; only inputs and outputs are stored in narrower types
