// EXPECT: 14.5 7.5 3 4 0 0 0 0
struct Add {
  __host__ __device__ float operator()(float a, float b) const { return a + b; }
};
struct Max {
  __host__ __device__ float operator()(float a, float b) const { return a > b ? a : b; }
};
template <typename Op>
__host__ __device__ float reduce(const float* x, int n, Op op) {
  float r = x[0];
  for (int i = 1; i < n; ++i) r = op(r, x[i]);
  return r;
}
__host__ __device__ void body(int i, double* o) {
  float x[5] = {1.f, float(i), 3.f, -2.f, 7.5f};
  o[0] = reduce(x, 5, Add());
  o[1] = reduce(x, 5, Max{});
  Add f;
  o[2] = f(1.f, 2.f);
  o[3] = Max()(3.f, 4.f);
}

__global__ void k(float* out) {
  double o[8] = {};
  body(5, o);
  for (int i = 0; i < 8; ++i) out[i] = o[i];
}
void launch(float* out) { k<<<1, 1>>>(out); }
