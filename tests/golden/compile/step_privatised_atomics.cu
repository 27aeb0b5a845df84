// RUN: compile --emit schedule %s --schedule "privatised_atomics kernel=1 window=1024 copies=2 threads=512 items=8"
__global__ void count(int* counts, const int* values, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) atomicAdd(&counts[values[i]], 1);
}
void launch(int* counts, const int* values, int n, int bins) {
  cudaMemset(counts, 0, bins * sizeof(int));
  count<<<(n + 255) / 256, 256>>>(counts, values, n);
}
// STDOUT:
// kernel0[(a0:xx256*1*1)] kernel1[(a1:xx512*8*1 private1024*2)]
