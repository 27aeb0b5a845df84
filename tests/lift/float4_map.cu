// Vector loads and stores.
// ARGS: y:f32[64] x:f32[64] n=64
__global__ void k(float4* y, const float4* x, int n4) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n4) {
    float4 v = x[i];
    v.x *= 2.0f;
    v.y *= 2.0f;
    v.z *= 2.0f;
    v.w *= 2.0f;
    y[i] = v;
  }
}
void launch(float* y, const float* x, int n) {
  k<<<(n / 4 + 31) / 32, 32>>>(reinterpret_cast<float4*>(y), reinterpret_cast<const float4*>(x), n / 4);
}
