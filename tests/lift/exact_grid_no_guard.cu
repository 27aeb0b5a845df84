// No guard: the grid is exact.
// ARGS: y:f32[64] x:f32[64] n=64
// NESTS: 1
__global__ void k(float* y, const float* x) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  y[i] = x[i] + 1.0f;
}
void launch(float* y, const float* x, int n) { k<<<n / 32, 32>>>(y, x); }
