// A grid-stride loop.
// ARGS: y:f32[100] x:f32[100] n=100 s=2.5
// NESTS: 1
__global__ void k(float* __restrict__ y, const float* __restrict__ x, int n, float s) {
  const int stride = gridDim.x * blockDim.x;
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += stride) y[i] = x[i] * s;
}
void launch(float* y, const float* x, int n, float s) { k<<<2, 32>>>(y, x, n, s); }
