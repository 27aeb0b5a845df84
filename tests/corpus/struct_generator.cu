// EXPECT: 0.581593871 0.784852266 0.528285325 0.367891431 0.782019913 0.981300592 0.686056018 0.632710397
class Rng {
  unsigned s_;
  __host__ __device__ unsigned next() {
    s_ = s_ * 1664525u + 1013904223u;
    return s_;
  }

 public:
  __host__ __device__ explicit Rng(unsigned seed) : s_(seed) {}
  __host__ __device__ float uniform() { return (next() >> 8) * (1.0f / 16777216.0f); }

 private:
  int unused_ = 0;
};
__host__ __device__ void body(int i, double* o) {
  Rng r(i * 7919u + 1u);
  for (int k = 0; k < 8; ++k) o[k] = r.uniform();
}

__global__ void k(float* out) {
  double o[8] = {};
  body(5, o);
  for (int i = 0; i < 8; ++i) out[i] = o[i];
}
void launch(float* out) { k<<<1, 1>>>(out); }
