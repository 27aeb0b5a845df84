// RUN: run %s --front native
enum T { A = 2, B = 8 };
enum class S : unsigned char { X = 3, Y };
template <T t> __global__ void k(int* o) { o[0] = t; }
template <S s> __host__ __device__ int f() { return (int)s; }
template <T t> struct tr; template <> struct tr<A> { static constexpr int v = 7; }; template <> struct tr<B> { static constexpr int v = 9; };
struct Q { enum E { P = 4, R = 5 }; template <E e> static int g() { return e; } };
int main() { int* o; cudaMalloc(&o, 4); k<A><<<1,1>>>(o); k<B><<<1,1>>>(o); int h; cudaMemcpy(&h, o, 4, cudaMemcpyDeviceToHost); cudaFree(o); 
 return h != 8 || f<S::Y>() != 4 || tr<A>::v != 7 || tr<B>::v != 9 || Q::g<Q::R>() != 5; }
// STDOUT:
// main(): ok; 2 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
