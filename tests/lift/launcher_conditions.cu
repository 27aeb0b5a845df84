// A launcher that clamps its grid, and launches a tail where there is one.
// ARGS: y:f32[13] x:f32[13] n=13
// ARGS: y:f32[12] x:f32[12] n=12
__global__ void pairs(float* y, const float* x, int n) {
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n / 2; i += gridDim.x * blockDim.x) {
    y[2 * i] = x[2 * i] + 1.0f;
    y[2 * i + 1] = x[2 * i + 1] + 1.0f;
  }
}
__global__ void tail(float* y, const float* x, int at) {
  if (threadIdx.x == 0) y[at] = x[at] + 1.0f;
}
void launch(float* y, const float* x, int n) {
  int blocks = (n / 2 + 31) / 32;
  if (blocks > 64) blocks = 64;
  if (n / 2 > 0) pairs<<<blocks, 32>>>(y, x, n);
  if (n % 2 != 0) tail<<<1, 32>>>(y, x, n - 1);
}
