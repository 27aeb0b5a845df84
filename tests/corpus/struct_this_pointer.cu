// EXPECT: 5 6 12 306 1 3 42 0
struct L {
  int v;
  L* self;
  __host__ __device__ L* me() { return this; }
  __host__ __device__ L& set(int x) {
    this->v = x;
    return *this;
  }
  __host__ __device__ int twice() const { return this->v * 2; }
  __host__ __device__ void swap(L& o) {
    L t = *this;
    *this = o;
    o = t;
  }
};
__host__ __device__ void body(int i, double* o) {
  L a;
  a.v = i;
  a.self = &a;
  L b;
  b.v = 3;
  b.self = &a;
  o[0] = a.me()->v;
  a.set(5).set(i + 1);
  o[1] = a.v;
  o[2] = a.twice();
  a.swap(b);
  o[3] = a.v * 100 + b.v;
  o[4] = b.self == &a;
  o[5] = a.self->v;
  (*a.self).v = 42;
  o[6] = a.v;
}

__global__ void k(float* out) {
  double o[8] = {};
  body(5, o);
  for (int i = 0; i < 8; ++i) out[i] = o[i];
}
void launch(float* out) { k<<<1, 1>>>(out); }
