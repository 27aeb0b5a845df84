// RUN: run %s
// One name in several namespaces; what is found from where.
namespace a {
constexpr int kSize = 3;
struct P {
  float v;
};
__host__ __device__ float f(float x) { return x + 1; }
__host__ __device__ P operator+(P x, P y) { return {x.v + y.v}; }
__host__ __device__ float get(P p) { return p.v; }
__global__ void k(float* y) { y[0] = f(1); }
}  // namespace a
namespace b {
constexpr int kSize = 40;
struct P {
  int q;
};
__host__ __device__ float f(float x) { return x + 2; }
__host__ __device__ float f(P p) { return p.q; }
__host__ __device__ P operator+(P x, P y) { return {x.q * y.q}; }
__global__ void k(float* y) { y[1] = f(1); }
inline namespace v2 {
__host__ __device__ float g() { return f(10) + kSize; }
}
namespace c {
__host__ __device__ float f(float x) { return x + 3; }
__host__ __device__ float h() { return f(100) + a::f(0) + kSize; }
}  // namespace c
}  // namespace b
namespace {
__host__ __device__ float f(int* x) { return *x; }
float hidden = 0.5f;
}  // namespace
namespace a {  // again
__host__ __device__ float late() { return f(1000); }
}  // namespace a
namespace bc = b::c;
using a::late;
using b::g;  // of an inline namespace
int main() {
  float *y, host[2];
  cudaMalloc(&y, sizeof(host));
  a::k<<<1, 1>>>(y);
  b::k<<<1, 1>>>(y);
  cudaMemcpy(host, y, sizeof(host), cudaMemcpyDeviceToHost);
  printf("%g %g\n", host[0], host[1]);
  int seven = 7;
  printf("%g %g %g %g %g\n", a::f(1), b::f(1), b::c::f(1), bc::f(1), ::f(&seven));
  printf("%g %g %g %d %d\n", b::g(), b::c::h(), late(), a::kSize, b::kSize);
  const a::P p{1}, q{2};
  const b::P r{5};
  printf("%g %d %g\n", get(p + q), (r + r).q, f(r));
  {
    using namespace b::c;
    printf("%g\n", h() + hidden + g() - b::g());
  }
  cudaFree(y);
}
// STDOUT:
// 2 3
// 2 3 4 4 7
// 52 144 1001 3 40
// 3 25 5
// 144.5
// main(): ok; 2 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
