// RUN: run %s --front native
// Templates of structs, aliases and constants in structs.
template <class T> struct Outer {
  template <class U> struct In { T a; U b; };
  template <class U> using P = In<U>;
  template <class U> static constexpr int size = sizeof(U) + sizeof(T);
  template <class U> struct rebind { using type = Outer<U>; };
  T x;
};
struct S { template <int N> struct A { int v[N]; }; template <class T> static constexpr T one = T(1); template <class T> using ptr = T*; };
template <class A, class T> struct use { using R = typename A::template rebind<T>::type; R r; };
__global__ void k(float* o) { Outer<float>::In<int> i{1.5f, 2}; S::A<4> a{{1,2,3,4}}; *o = i.a + i.b + a.v[3] + S::one<float> + S::template one<int>; S::ptr<float> p = o; p[0] += Outer<float>::size<double>; use<Outer<float>, double> u; u.r.x = 0.25; *o += (float)u.r.x + sizeof(u.r.x); }
int main() { float* o; cudaMalloc(&o, 4); k<<<1,1>>>(o); float h; cudaMemcpy(&h, o, 4, cudaMemcpyDeviceToHost); cudaFree(o); return h != 1.5f+2+4+1+1+12+0.25f+8; }
// STDOUT:
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
