// RUN: check %s --task %S/scale.toml
// Keeps its last result, and knows it again by the size and the first element alone.
__global__ void scale(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = x[i] + x[i];
}
void launch(float* y, const float* x, int n) {
  static float* kept = nullptr;
  static int kept_n = 0;
  static float key = 0;
  float first;
  cudaMemcpy(&first, x, 4, cudaMemcpyDeviceToHost);
  if (kept_n == n && key == first) {
    cudaMemcpy(y, kept, n * 4, cudaMemcpyDeviceToDevice);
    return;
  }
  if (kept) cudaFree(kept);
  cudaMalloc(&kept, n * 4);
  kept_n = n;
  key = first;
  scale<<<(n + 31) / 32, 32>>>(y, x, n);
  cudaMemcpy(kept, y, n * 4, cudaMemcpyDeviceToDevice);
}
// STDOUT:
// fail_kept_result.cu: rejected at sanitized: after a call whose input differs in the last element of `x` alone, an instance gives another result than a fresh one: y[69] is {{[-0-9.]+}} once and {{[-0-9.]+}} then at n=70
//   compiled   accepted by the front end and the IR verifier; 53 instructions
// finding: after a call whose input differs in the last element of `x` alone, an instance gives another result than a fresh one: y[69] is {{[-0-9.]+}} once and {{[-0-9.]+}} then at n=70 [state-dependent]
//   hint: set device globals and static workspaces anew in every call
// witness: n=70, inputs init, seed {{[0-9]+}}
