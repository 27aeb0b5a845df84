// RUN: run %s --front native
#include <tuple>
__global__ void k(float* o) { auto t = std::make_tuple(1, 2.5f, 3.0); std::get<0>(t) = 4; auto [a, b, c] = t; *o = a + b + (float)c + std::tuple_size<decltype(t)>::value; }
int main() { float* o; cudaMalloc(&o, 4); k<<<1,1>>>(o); float h; cudaMemcpy(&h, o, 4, cudaMemcpyDeviceToHost); cudaFree(o); std::tuple<int, float> q{1, 2.f}; int i; float f; std::tie(i, f) = q; return h != 12.5f || i != 1 || f != 2.f || std::apply([](int a, float b) { return a + b; }, q) != 3.f; }
// STDOUT:
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
