// Temporary objects end with their expression; parameters and objects in lists too; alignments that
// depend on arguments; a carrier of a kernel's address.
// RUN: run %s --front native
#include <cstdio>
struct Guard {
  int* at;
  int step;
  __host__ __device__ Guard(int* p, int s) : at(p), step(s) { *at = *at * 10 + 1; }
  __host__ __device__ Guard(const Guard& o) : at(o.at), step(o.step) { *at = *at * 10 + 5; }
  __host__ __device__ ~Guard() { *at = *at * 10 + step; }
  __host__ __device__ int now() const { return *at; }
};
__host__ __device__ Guard make(int* p) { return Guard(p, 3); }
__host__ __device__ int use(const Guard& g) { return g.now(); }
__host__ __device__ int take(Guard g) { return g.now(); }
__host__ __device__ int all(int* p, int* seen) {
  Guard(p, 2);
  seen[0] = use(Guard(p, 3)) + make(p).now();
  const Guard& kept = Guard(p, 4);
  if (make(p).now() > 0 && kept.now() > 0) *p = *p % 1000 * 10;
  Guard named(p, 7);
  seen[1] = take(named);
  return use(Guard(p, 8));
}
template <typename T, int N>
struct alignas(sizeof(T) * N) Packed {
  T v[N];
};
template <typename T>
__global__ void k(int* p, int* seen, T* sums) {
  all(p, seen);
  Packed<T, 4> x = *reinterpret_cast<Packed<T, 4>*>(sums);
  sums[0] = x.v[0] + x.v[3] + alignof(Packed<T, 4>);
}
int main() {
  int *p, seen[2], mine = 0;
  float* sums;
  cudaMallocManaged(&p, 12);
  cudaMallocManaged(&sums, 16);
  p[0] = 0;
  for (int i = 0; i < 4; ++i) sums[i] = i;
  auto* kernel = k<float>;
  cudaFuncSetAttribute(kernel, cudaFuncAttributeMaxDynamicSharedMemorySize, 65536);
  kernel<<<1, 1>>>(p, p + 1, sums);
  cudaDeviceSynchronize();
  const int last = all(&mine, seen);
  printf("%d %d %d %g\n", p[0], p[1], p[2], sums[0]);
  printf("%d %d %d %d\n", mine, seen[0], seen[1], last);
  cudaFree(p);
  cudaFree(sums);
  return 0;
}
// STDOUT:
// -1583330014 1332 113015 19
// -1583330014 1332 113015 11301571
// main(): ok; 1 launch, 75 warp instructions, engine time {{[0-9.]+}} ms
