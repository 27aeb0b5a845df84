// EXPECT: 102 84 66 156 129 102 210 174
struct M {
  float d[9];
  __host__ __device__ float& operator()(int r, int c) { return d[r * 3 + c]; }
  __host__ __device__ float operator()(int r, int c) const { return d[r * 3 + c]; }
  __host__ __device__ float& operator[](int i) { return d[i]; }
  __host__ __device__ const float& operator[](int i) const { return d[i]; }
};
__host__ __device__ M mul(const M& a, const M& b) {
  M r;
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j) {
      r(i, j) = 0;
      for (int k = 0; k < 3; ++k) r(i, j) += a(i, k) * b(k, j);
    }
  return r;
}
__host__ __device__ void body(int i, double* o) {
  M a, b;
  for (int k = 0; k < 9; ++k) {
    a[k] = k + i;
    b[k] = 9 - k;
  }
  M c = mul(a, b);
  for (int k = 0; k < 8; ++k) o[k] = c[k];
}

__global__ void k(float* out) {
  double o[8] = {};
  body(5, o);
  for (int i = 0; i < 8; ++i) out[i] = o[i];
}
void launch(float* out) { k<<<1, 1>>>(out); }
