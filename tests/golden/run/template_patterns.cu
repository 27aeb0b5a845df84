// RUN: run %s --front native
// Template arguments deduced through templates, and partial specialisations of them.
template <class A, class B> struct Pair { A a; B b; };
template <class T> struct is_pair { static constexpr bool value = false; };
template <class A, class B> struct is_pair<Pair<A, B>> { static constexpr bool value = true; };
template <class T> struct first_of; template <class A, class B> struct first_of<Pair<A, B>> { using type = A; };
template <class T> struct elem { using type = T; }; template <class T> struct elem<Pair<T*, int>> { using type = T; };
template <class T, int N> struct Arr { T v[N]; };
template <class T, int N, class U> __host__ __device__ int f(Pair<Arr<T, N>, U> const& p) { return N * (int)sizeof(T) + (int)p.b; }
template <class T> __host__ __device__ T g(Pair<T*, Pair<T, int>> p) { return *p.a + p.b.a; }
template <class T, int N> __host__ __device__ constexpr int len(T (&)[N]) { return N; }
template <class R, class A> __host__ __device__ R call(R (*f)(A), A a) { return f(a); }
__host__ __device__ int twice(int x) { return 2 * x; }
struct D : Arr<float, 3> { int z; };
template <class T, int N> __host__ __device__ int h(const Arr<T, N>& a) { return N; }
__global__ void k(int* o) { Pair<Arr<double, 3>, int> p{}; p.b = 5; *o = f(p) + (is_pair<Pair<int, int>>::value ? 100 : 0) + (is_pair<int>::value ? 1000 : 0); }
int main() { int* o; cudaMalloc(&o, 4); k<<<1,1>>>(o); int h_; cudaMemcpy(&h_, o, 4, cudaMemcpyDeviceToHost); cudaFree(o); if (h_ != 129) return 1;
 float x = 1.5f; Pair<float*, Pair<float, int>> q{&x, {2.f, 3}}; if (g(q) != 3.5f) return 2; first_of<Pair<double, int>>::type d = 0.5; if (d != 0.5) return 3;
 elem<Pair<char*, int>>::type c = 'a'; if (sizeof(c) != 1) return 4; int a[7]; if (len(a) != 7) return 5; if (call(twice, 4) != 8) return 6; D dd{}; if (h(dd) != 3) return 7; return 0; }
// STDOUT:
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
