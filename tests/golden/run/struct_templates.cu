// Struct templates: defaults, specialisations, nested names, member templates, deduction.
// RUN: run %s --front native
#include <cstdio>
template <typename T> struct Vec2 {
  T x, y;
  __host__ __device__ T dot(const Vec2& o) const { return x * o.x + y * o.y; }
  __host__ __device__ Vec2<T> operator+(const Vec2<T>& o) const { return {x + o.x, y + o.y}; }
  template <typename U> __host__ __device__ Vec2<U> as() const;
  typedef T value_type;
};
template <int N, typename T = float> struct Arr {
  static constexpr int size = N;
  T v[N];
  __host__ __device__ T& operator[](int i) { return v[i]; }
  __host__ __device__ T sum() const { T s = 0; for (int i = 0; i < N; ++i) s += v[i]; return s; }
  template <typename F> __host__ __device__ void each(F f) { for (int i = 0; i < N; ++i) v[i] = f(v[i]); }
};
template <typename T> struct vec3 { typedef float Type; };
template <> struct vec3<double> { typedef double3 Type; };
template <> struct vec3<float> { typedef float3 Type; };
template <int R, int SIGN> struct Butterfly;
template <int SIGN> struct Butterfly<2, SIGN> { __host__ __device__ static int go(int x) { return 2 * x * SIGN; } };
template <int SIGN> struct Butterfly<4, SIGN> { __host__ __device__ static int go(int x) { return 4 * x * SIGN + Butterfly<2, SIGN>::go(x); } };
template <typename T> struct IsPtr { static constexpr bool value = false; };
template <typename T> struct IsPtr<T*> { static constexpr bool value = true; };
struct Twice { __host__ __device__ float operator()(float x) const { return 2 * x; } };
template <typename T, int N> __device__ T total(const Arr<N, T>& a) { return a.sum(); }
template <typename T> struct Node { T v; Node<T>* next; Node* prev; };
template <typename T> class Box {
 public:
  __host__ __device__ Box(T v) : v_(v) {}
  __host__ __device__ T get() const { return v_; }
 private:
  T v_;
};
template <typename T> __global__ void k(T* out, Vec2<T> a) {
  Arr<4, T> r;
  for (int i = 0; i < Arr<4, T>::size; ++i) r[i] = a.dot(a) + i;
  r.each(Twice{});
  Vec2<T> b = a + a;
  typename Vec2<T>::value_type z = b.x;
  typename vec3<T>::Type q; q.x = 3; 
  Box<T> box(7);
  Node<T> n1{1, nullptr, nullptr}, n2{2, &n1, nullptr};
  out[threadIdx.x] = total(r) + z + q.x + Butterfly<4, -1>::go(3) + (IsPtr<T*>::value ? 100 : 0) + (IsPtr<T>::value ? 1000 : 0) + box.get() + n2.next->v;
}
int main() {
  float* d; cudaMalloc(&d, 128); Vec2<float> a{1, 2};
  k<float><<<1, 32>>>(d, a);
  float h[32]; cudaMemcpy(h, d, 128, cudaMemcpyDeviceToHost); cudaFree(d);
  Arr<3> q; q[0] = 1; q[1] = 2; q[2] = 3; q.each(Twice());
  printf("%g %g %d\n", h[0], q.sum(), (int)sizeof(Arr<3>));
  return 0;
}
// STDOUT:
// 147 12 12
// main(): ok; 1 launch, 48 warp instructions, engine time {{[0-9.]+}} ms
