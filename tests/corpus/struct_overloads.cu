// EXPECT: 5 50 500 12 3 4 5 0
struct A {
  int v;
};
struct B {
  int v;
};
__host__ __device__ int f(A a) { return a.v; }
__host__ __device__ int f(B b) { return b.v * 10; }
__host__ __device__ int f(int x) { return x * 100; }
struct O {
  __host__ __device__ int g(int) { return 1; }
  __host__ __device__ int g(float) { return 2; }
  __host__ __device__ int g(int, int) const { return 3; }
  __host__ __device__ int h() { return 4; }
  __host__ __device__ int h() const { return 5; }
};
__host__ __device__ void body(int i, double* o) {
  A a = {i};
  B b = {i};
  o[0] = f(a);
  o[1] = f(b);
  o[2] = f(i);
  O x;
  const O c = {};
  o[3] = x.g(1) * 10 + x.g(1.f);
  o[4] = x.g(1, 2);
  o[5] = x.h();
  o[6] = c.h();
}

__global__ void k(float* out) {
  double o[8] = {};
  body(5, o);
  for (int i = 0; i < 8; ++i) out[i] = o[i];
}
void launch(float* out) { k<<<1, 1>>>(out); }
