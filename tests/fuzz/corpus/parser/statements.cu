template <typename T, int N = 4> __device__ T sum(const T* __restrict__ p) {
  T a[N] = {T(0)}; typedef unsigned int uint32; using F = float;
  for (int i = 0, j = N; i < j; ++i, --j) { if (p[i] < T(0)) continue; else a[i & 3] += p[i] * 2; }
  do { a[0] = -a[0]; } while (!(a[0] >= T(0)));
  switch (N) { case 1: case 2: return a[1]; default: break; }
  return static_cast<T>(a[0] + *(p + 1)) ? a[0] : (T)sizeof(int[3]);
}
enum Mode { kA = 1, kB = kA << 2 };
__global__ void __launch_bounds__(128, 2) k(float4* v, half h) {
  extern __shared__ __align__(16) float s[];
  __shared__ int t[2][33];
  float x = v[threadIdx.x].x + (float)h; int q = (x < 1.f) ? 1 : 2, *r = &q;
  auto y = sum<float, 8>(s); goto end; end: x = y; s[threadIdx.x] = x + *r + t[0][1];
}
void launch(float* out, int n) { k<<<dim3((n + 127) / 128, 1), 128, 512>>>((float4*)out, __float2half(1.f)); }
