// RUN: check %s --task %S/scale.toml
__global__ void scale(float* y, const float* x, int n) {
  __shared__ float s[32];
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  s[threadIdx.x] = i < n ? x[i] : 0.0f;
  if (i < n) y[i] = s[threadIdx.x ^ 1] + s[threadIdx.x];
}
void launch(float* y, const float* x, int n) { scale<<<(n + 31) / 32, 32>>>(y, x, n); }
// STDOUT:
// fail_race.cu: rejected at sanitized: thread 0 reads byte 4 of shared s (128 bytes) and thread 1 writes it, without ordering between them at n=1
//   compiled   accepted by the front end and the IR verifier; {{[0-9]+}} instructions
// fail_race.cu:6:40: finding: thread 0 reads byte 4 of shared s (128 bytes) and thread 1 writes it, without ordering between them [race-shared]
//     if (i < n) y[i] = s[threadIdx.x ^ 1] + s[threadIdx.x];
//                                          ^
//   in scale, block (0, 0, 0) of (1, 1, 1), thread (0, 0, 0) of (32, 1, 1), launch 0; the other access is in line 5
//   hint: add __syncthreads() between the accesses; between threads of one warp __syncwarp() is enough
// witness: n=1, inputs init, seed {{[0-9]+}}
