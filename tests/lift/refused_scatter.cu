// A store to an element chosen by data.
// REFUSED: chosen by data
__global__ void k(float* y, const float* x, const int* at, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[at[i]] = x[i];
}
void launch(float* y, const float* x, const int* at, int n) { k<<<(n + 31) / 32, 32>>>(y, x, at, n); }
