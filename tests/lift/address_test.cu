// REFUSED: arithmetic on an address
__global__ void k(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n && reinterpret_cast<size_t>(x) % 16 == 0) y[i] = x[i];
}
void launch(float* y, const float* x, int n) { k<<<(n + 255) / 256, 256>>>(y, x, n); }
