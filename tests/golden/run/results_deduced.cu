// RUN: run %s
// Results that are deduced or trail, and types taken from expressions.
__host__ __device__ auto square(float x) { return x * x; }
template <class T, class U>
__host__ __device__ auto sum(T a, U b) -> decltype(a + b) {
  return a + b;
}
auto half(int x) -> float { return x * 0.5f; }
auto& first(float* p) { return p[0]; }
auto nothing(int* p) { *p = 7; }
struct Pair {
  int a;
  auto twice() const { return 2 * a; }
};
auto operator+(Pair x, Pair y) { return Pair{x.a + y.a}; }
__global__ void k(float* y) {
  decltype(y[0] + 1.0) wide = 1.0 / 3;
  const decltype(threadIdx.x) i = threadIdx.x;
  decltype(wide) same = wide * 3;
  y[i] = square(3) + sum(1, 0.25f) + static_cast<decltype(1.0f)>(same);
}
int main() {
  float* y;
  float host[2];
  cudaMalloc(&y, sizeof(host));
  k<<<1, 1>>>(y);
  cudaMemcpy(host, y, sizeof(float), cudaMemcpyDeviceToHost);
  first(host + 1) = 4;
  decltype((host[1])) alias = host[1];
  alias += 1;
  int n;
  nothing(&n);
  printf("%g %g %g %g %d %d\n", host[0], host[1], half(3), sum(1, 2.5), n,
         (Pair{1} + Pair{2}).twice());
  printf("%d %d\n", (int)sizeof(sum('a', 'b')), (int)sizeof(sum(1, 2.0)));
  cudaFree(y);
}
// STDOUT:
// 11.25 5 1.5 3.5 7 6
// 4 8
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
