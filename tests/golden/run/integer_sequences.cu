// RUN: run %s --front native
#include <utility>
#include <type_traits>
template <std::size_t... I> __host__ __device__ int sum(std::index_sequence<I...>) { return (int(I) + ... + 0); }
template <int... I> __host__ __device__ int sum2(std::integer_sequence<int, I...>) { return (I * I + ... + 0); }
template <class F, std::size_t... I> __host__ __device__ void each(F f, std::index_sequence<I...>) { (f(std::integral_constant<std::size_t, I>{}), ...); }
template <int N, class F> __host__ __device__ void unroll(F f) { each(f, std::make_index_sequence<N>{}); }
__global__ void k(int* o) { *o = sum(std::make_index_sequence<5>{}) + sum2(std::make_integer_sequence<int, 4>{}) + sum(std::index_sequence<3, 4>{}); int t = 0; unroll<4>([&](auto i) { t += i; t += decltype(i)::value; }); *o += t; }
int main() { int* o; cudaMalloc(&o, 4); k<<<1,1>>>(o); int h; cudaMemcpy(&h, o, 4, cudaMemcpyDeviceToHost); cudaFree(o); return h != 10 + 14 + 7 + 12; }
// STDOUT:
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
