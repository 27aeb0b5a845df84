// Windows that overlap, added up where they lie: different points meet in one element.
// ARGS: y:f32[10] x:f32[24] n=8
// NESTS: 2
__global__ void k(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) {
    for (int j = 0; j < 3; ++j) atomicAdd(&y[i + j], x[i * 3 + j]);
  }
}
void launch(float* y, const float* x, int n) {
  cudaMemset(y, 0, (n + 2) * sizeof(float));
  k<<<(n + 31) / 32, 32>>>(y, x, n);
}
