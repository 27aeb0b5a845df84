// A value kept across a write to its array.
// REFUSED: kept while that array is written
__global__ void k(float* a, float* b, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n) return;
  float t = a[i];
  a[i] = b[i];
  b[i] = t;
}
void launch(float* a, float* b, int n) { k<<<(n + 31) / 32, 32>>>(a, b, n); }
