// RUN: run %s --front native
// What makes no sense with its arguments is no candidate.
#include <type_traits>
template <class T, std::enable_if_t<std::is_integral<T>::value, int> = 0> __host__ __device__ int f(T) { return 1; }
template <class T, std::enable_if_t<std::is_floating_point<T>::value, int> = 0> __host__ __device__ int f(T) { return 2; }
template <class T> __host__ __device__ typename std::enable_if<sizeof(T) == 4, int>::type g(T) { return 4; }
template <class T> __host__ __device__ typename std::enable_if<sizeof(T) == 8, int>::type g(T) { return 8; }
template <class T, typename = std::enable_if_t<std::is_pointer<T>::value>> __host__ __device__ int p(T) { return 1; }
template <class T, class = void> struct has_x : std::false_type {}; template <class T> struct has_x<T, std::void_t<decltype(T::x)>> : std::true_type {};
template <class T, class = void> struct has_t : std::false_type {}; template <class T> struct has_t<T, std::void_t<typename T::type>> : std::true_type {};
template <class T> __host__ __device__ auto len(T& t) -> decltype(t.size()) { return t.size(); }
template <class T, class E = void> struct Op { static constexpr int v = 0; }; template <class T> struct Op<T, std::enable_if_t<std::is_integral_v<T>>> { static constexpr int v = 1; };
struct A { int x; }; struct B { using type = int; __host__ __device__ int size() { return 5; } };
__global__ void k(int* o) { B b; *o = f(1) + 10 * f(1.f) + g(1) + g(1.0) + p(o) + has_x<A>::value * 100 + has_x<B>::value * 1000 + has_t<B>::value * 10000 + len(b) + Op<int>::v + Op<float>::v; }
int main() { int* o; cudaMalloc(&o, 4); k<<<1,1>>>(o); int h; cudaMemcpy(&h, o, 4, cudaMemcpyDeviceToHost); cudaFree(o); return h != 1 + 20 + 12 + 1 + 100 + 10000 + 5 + 1; }
// STDOUT:
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
