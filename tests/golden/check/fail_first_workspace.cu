// RUN: check %s --task %S/scale.toml
// Its workspace is as large as the first call needs.
__global__ void copy(float* to, const float* from, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) to[i] = from[i];
}
__global__ void twice(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = x[i] + x[i];
}
void launch(float* y, const float* x, int n) {
  static float* w = nullptr;
  if (w == nullptr) cudaMalloc(&w, n * sizeof(float));
  copy<<<(n + 31) / 32, 32>>>(w, x, n);
  twice<<<(n + 31) / 32, 32>>>(y, w, n);
}
// STDOUT:
// fail_first_workspace.cu: rejected at sanitized: store of 4 bytes at byte 4 of temporary 0 (cudaMalloc) (4 bytes) in a later call of an instance at n=301
//   compiled   accepted by the front end and the IR verifier; 48 instructions
// fail_first_workspace.cu:5:20: finding: store of 4 bytes at byte 4 of temporary 0 (cudaMalloc) (4 bytes) [out-of-bounds]
//     if (i < n) to[i] = from[i];
//                      ^
//   in copy, block (0, 0, 0) of (10, 1, 1), thread (1, 0, 0) of (32, 1, 1), launch 0
//   hint: compare the index with the size before using it
// witness: n=1, inputs init, seed {{[0-9]+}}
