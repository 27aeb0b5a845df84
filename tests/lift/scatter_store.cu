// A store to an element chosen by data: threads that met in one would race.
// ARGS: y:f32[20] x:f32[20] at:s32[20]~ n=20
// NESTS: 1
__global__ void k(float* y, const float* x, const int* at, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[at[i]] = x[i];
}
void launch(float* y, const float* x, const int* at, int n) { k<<<(n + 31) / 32, 32>>>(y, x, at, n); }
