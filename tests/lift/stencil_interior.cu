// A five-point stencil on the interior.
// ARGS: y:f32[30] x:f32[30] h=5 w=6
// NESTS: 1
__global__ void k(float* y, const float* x, int h, int w) {
  int j = blockIdx.x * blockDim.x + threadIdx.x;
  int i = blockIdx.y * blockDim.y + threadIdx.y;
  if (i > 0 && i < h - 1 && j > 0 && j < w - 1) {
    y[i * w + j] = 0.2f * (x[i * w + j] + x[(i - 1) * w + j] + x[(i + 1) * w + j] + x[i * w + j - 1] + x[i * w + j + 1]);
  }
}
void launch(float* y, const float* x, int h, int w) {
  dim3 b(32, 8), g((w + 31) / 32, (h + 7) / 8);
  k<<<g, b>>>(y, x, h, w);
}
