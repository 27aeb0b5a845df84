// Inlined helpers with several returns and a reference parameter.
// ARGS: y:f32[20] x:f32[20] n=20
// NESTS: 1
__device__ __forceinline__ float act(float v, float low = -0.5f) {
  if (v < low) return low;
  if (v > 0.5f) return 0.5f;
  return v * v;
}
__device__ void add(float& a, float b) { a += b; }
__global__ void k(float* y, const float* x, unsigned int n) {
  unsigned int i = blockDim.x * blockIdx.x + threadIdx.x;
  if (i >= n) return;
  float v = act(x[i]);
  add(v, 1.0f);
  y[i] = v > 1.2f ? v : act(v, 0.0f);
}
void launch(float* y, const float* x, int n) { k<<<(n + 31) / 32, 32>>>(y, x, n); }
