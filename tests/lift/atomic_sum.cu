// Every thread adds to one element, cleared by the launcher.
// ARGS: y:f32[1] x:f32[100] n=100
// NESTS: 1
__global__ void k(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) atomicAdd(y, x[i] * x[i]);
}
void launch(float* y, const float* x, int n) {
  cudaMemset(y, 0, sizeof(float));
  k<<<(n + 31) / 32, 32>>>(y, x, n);
}
