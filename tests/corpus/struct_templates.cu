// EXPECT: 10 6 8 21 0 0 0 0
template <typename T>
__host__ __device__ T twice(T t) {
  return t + t;
}
struct N {
  int v;
  __host__ __device__ N operator+(N o) const { return N{v + o.v}; }
};
template <int K>
__host__ __device__ int tk(const N (&a)[K]) {
  int s = 0;
  for (int i = 0; i < K; ++i) s += a[i].v;
  return s;
}
template <typename T>
__host__ __device__ void swp(T& a, T& b) {
  T t = a;
  a = b;
  b = t;
}
__host__ __device__ void body(int i, double* o) {
  N n{i};
  o[0] = twice(n).v;
  o[1] = twice(3);
  N a[3] = {{1}, {2}, {i}};
  o[2] = tk(a);
  N x{1}, y{2};
  swp(x, y);
  o[3] = x.v * 10 + y.v;
}

__global__ void k(float* out) {
  double o[8] = {};
  body(5, o);
  for (int i = 0; i < 8; ++i) out[i] = o[i];
}
void launch(float* out) { k<<<1, 1>>>(out); }
