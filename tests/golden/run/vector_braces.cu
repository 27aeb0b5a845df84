// RUN: run %s
// The vector types made by name and braces; vectors of 64-bit parts in memory.
__device__ float2 twice(float2 v) { return float2{v.x * 2, v.y * 2}; }
__global__ void k(float* y, double4* d, longlong3* l) {
  float2 s = float2{1, 2.f};
  const float4 q = float4{s.x, s.y};
  const int4 one = int4{7};
  const float2 copy = float2{s};
  auto z = uint3{};
  s = twice(float2{copy.y, 4});
  y[0] = s.x + s.y + q.y + q.z + one.x + one.w + z.x;
  double4 v = d[0];
  v.w += v.x;
  d[1] = v;
  longlong3 t = l[0];
  l[1] = longlong3{t.z, t.y, t.x};
}
int main() {
  float *y, host;
  double4 *d, hd[2] = {{1, 2, 3, 4}, {0, 0, 0, 0}};
  longlong3 *l, hl[2] = {{1, 2, 1ll << 40}, {}};
  cudaMalloc(&y, sizeof(float));
  cudaMalloc(&d, sizeof(hd));
  cudaMalloc(&l, sizeof(hl));
  cudaMemcpy(d, hd, sizeof(hd), cudaMemcpyHostToDevice);
  cudaMemcpy(l, hl, sizeof(hl), cudaMemcpyHostToDevice);
  k<<<1, 1>>>(y, d, l);
  cudaMemcpy(&host, y, sizeof(float), cudaMemcpyDeviceToHost);
  cudaMemcpy(hd, d, sizeof(hd), cudaMemcpyDeviceToHost);
  cudaMemcpy(hl, l, sizeof(hl), cudaMemcpyDeviceToHost);
  printf("%g %g %g %g\n", host, hd[1].x, hd[1].z, hd[1].w);
  printf("%lld %lld %d %d %d\n", hl[1].x, hl[1].z, (int)sizeof(double4), (int)alignof(double4),
         (int)sizeof(ulong3));
  cudaFree(y);
  cudaFree(d);
  cudaFree(l);
}
// STDOUT:
// 21 1 3 5
// 1099511627776 1 32 16 24
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
