// EXPECT: 14 4.5 0 5 -4.5 0 0 0
struct C {
  float re, im;
  __host__ __device__ C operator+(const C& o) const { return {re + o.re, im + o.im}; }
  __host__ __device__ C operator*(C o) const {
    C r;
    r.re = re * o.re - im * o.im;
    r.im = re * o.im + im * o.re;
    return r;
  }
  __host__ __device__ C& operator+=(const C& o) {
    re += o.re;
    im += o.im;
    return *this;
  }
  __host__ __device__ bool operator==(const C& o) const { return re == o.re && im == o.im; }
  __host__ __device__ C operator-() const { return C{-re, -im}; }
};
__host__ __device__ C operator*(float s, const C& a) { return C{s * a.re, s * a.im}; }
__host__ __device__ void body(int i, double* o) {
  C a{1.f, float(i)}, b{0.5f, -2.f};
  C c = a * b + a;
  c += 2.0f * b;
  (c += a) += b;
  o[0] = c.re;
  o[1] = c.im;
  o[2] = a == b;
  o[3] = (a == a) ? 5 : 6;
  C d = -c;
  o[4] = d.im;
}

__global__ void k(float* out) {
  double o[8] = {};
  body(5, o);
  for (int i = 0; i < 8; ++i) out[i] = o[i];
}
void launch(float* out) { k<<<1, 1>>>(out); }
