// EXPECT: 3 5 6 9 14 5 3 7
struct Q {
  float v;
  __host__ __device__ Q(float x) : v(x * 2) {}
  __host__ __device__ Q(int a, int b) : v(a + b) {}
  __host__ __device__ Q operator+(const Q& o) const {
    Q r(0);
    r.v = v + o.v;
    return r;
  }
};
__host__ __device__ float f(Q q) { return q.v; }
__host__ __device__ float g(const Q& q) { return q.v; }
__host__ __device__ void body(int i, double* o) {
  Q a = 1.5f;
  Q b(2, 3);
  Q c{i, 1};
  Q d = {4, 5};
  o[0] = a.v;
  o[1] = b.v;
  o[2] = c.v;
  o[3] = d.v;
  o[4] = f(3.0f) + g(4.0f);
  o[5] = (a + 1.0f).v;
  o[6] = f({1, 2});
  Q e[2] = {Q(1), {2, 3}};
  o[7] = e[0].v + e[1].v;
}

__global__ void k(float* out) {
  double o[8] = {};
  body(5, o);
  for (int i = 0; i < 8; ++i) out[i] = o[i];
}
void launch(float* out) { k<<<1, 1>>>(out); }
