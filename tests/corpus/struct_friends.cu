// EXPECT: 23 -2 0 0 0 0 0 0
class V {
  float x_, y_;

 public:
  __host__ __device__ V(float x, float y) : x_(x), y_(y) {}
  __host__ __device__ friend float dot(const V& a, const V& b) { return a.x_ * b.x_ + a.y_ * b.y_; }
  __host__ __device__ friend V operator-(const V& a, const V& b) {
    return V(a.x_ - b.x_, a.y_ - b.y_);
  }
  __host__ __device__ float x() const { return x_; }
};
__host__ __device__ void body(int i, double* o) {
  V a(1.f, i), b(3.f, 4.f);
  o[0] = dot(a, b);
  o[1] = (a - b).x();
}

__global__ void k(float* out) {
  double o[8] = {};
  body(5, o);
  for (int i = 0; i < 8; ++i) out[i] = o[i];
}
void launch(float* out) { k<<<1, 1>>>(out); }
