// EXPECT: 372.5 -2.86102295e-06 0 0 0 0 0 0
struct Acc {
  float s;
  float c;
  __host__ __device__ void add(float v) {
    float y = v - c;
    float t = s + y;
    c = (t - s) - y;
    s = t;
  }
  __host__ __device__ float get() const { return s; }
};
__host__ __device__ void body(int i, double* o) {
  Acc a = {0.f, 0.f};
  for (int k = 0; k < 50; ++k) a.add(0.1f * k + i);
  o[0] = a.get();
  o[1] = a.c;
}

__global__ void k(float* out) {
  double o[8] = {};
  body(5, o);
  for (int i = 0; i < 8; ++i) out[i] = o[i];
}
void launch(float* out) { k<<<1, 1>>>(out); }
