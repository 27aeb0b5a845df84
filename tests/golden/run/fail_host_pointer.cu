// RUN: run %s --task %S/../check/scale.toml
__global__ void scale(float* y, const float* x, const int* n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < *n) y[i] = x[i] + x[i];
}
void launch(float* y, const float* x, int n) { scale<<<(n + 31) / 32, 32>>>(y, x, &n); }
// STDOUT:
// 1 finding, stopped at n=1: 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
// y f32 [1] checksum 5dbeb358e39c496d: -nan
// fail_host_pointer.cu:4:9: finding: a kernel dereferences a host pointer: load of 4 bytes of a local variable of host code [wrong-space]
//     if (i < *n) y[i] = x[i] + x[i];
//           ^
//   in scale, block (0, 0, 0) of (1, 1, 1), thread (0, 0, 0) of (32, 1, 1), launch 0
//   hint: copy between host and device with cudaMemcpy; a pointer is good on one side only
