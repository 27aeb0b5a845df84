// EXPECT: 19 0 3 1 2 0 0 0
struct It {
  int* p;
  __host__ __device__ It& operator++() {
    ++p;
    return *this;
  }
  __host__ __device__ int operator*() const { return *p; }
  __host__ __device__ bool operator!=(const It& o) const { return p != o.p; }
  __host__ __device__ bool operator!() const { return p == nullptr; }
  __host__ __device__ It operator+(int k) const { return It{p + k}; }
  __host__ __device__ bool operator<(It o) const { return p < o.p; }
  __host__ __device__ It operator<<(int k) const {
    It r = {p + k};
    return r;
  }
};
__host__ __device__ void body(int i, double* o) {
  int x[5] = {i, 2, 3, 4, 5};
  It a{x}, e{x + 5};
  int s = 0;
  for (; a != e; ++a) s += *a;
  o[0] = s;
  o[1] = !a;
  It b{x};
  o[2] = *(b + 2);
  o[3] = b < e;
  o[4] = *(b << 1);
}

__global__ void k(float* out) {
  double o[8] = {};
  body(5, o);
  for (int i = 0; i < 8; ++i) out[i] = o[i];
}
void launch(float* out) { k<<<1, 1>>>(out); }
