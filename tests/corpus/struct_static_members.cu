// EXPECT: 1367.5 7 12 30 0 0 0 0
struct T {
  static constexpr int N = 6;
  static constexpr float k = 2.5f;
  enum { A = 3, B };
  typedef float elem;
  using idx = int;
  elem v[N];
  __host__ __device__ static elem sq(elem x) { return x * x; }
  __host__ __device__ elem sum() const {
    elem s = 0;
    for (idx i = 0; i < N; ++i) s += v[i];
    return s;
  }
};
__host__ __device__ void body(int i, double* o) {
  T t;
  for (int j = 0; j < T::N; ++j) t.v[j] = T::sq(j + i * T::k);
  o[0] = t.sum();
  o[1] = T::A + T::B;
  T::elem e = 3;
  T::idx q = 4;
  o[2] = e * q;
  o[3] = sizeof(t.v) + t.N;
}

__global__ void k(float* out) {
  double o[8] = {};
  body(5, o);
  for (int i = 0; i < 8; ++i) out[i] = o[i];
}
void launch(float* out) { k<<<1, 1>>>(out); }
