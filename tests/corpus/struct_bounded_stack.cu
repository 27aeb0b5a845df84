// EXPECT: 4 4 0.5 1.5 2.5 3.5 0 0
class Box {
  float v_[4];
  int n_;

 public:
  __host__ __device__ Box() : n_(0) {
    for (int i = 0; i < 4; ++i) v_[i] = -1;
  }
  __host__ __device__ bool push(float x) {
    if (n_ >= 4) return false;
    v_[n_++] = x;
    return true;
  }
  __host__ __device__ int size() const { return n_; }
  __host__ __device__ float operator[](int i) const { return v_[i]; }
};
__host__ __device__ void body(int i, double* o) {
  Box b;
  for (int k = 0; k < i % 7; ++k) b.push(k + 0.5f);
  Box c = b;
  c.push(99);
  o[0] = b.size();
  o[1] = c.size();
  for (int k = 0; k < 4; ++k) o[2 + k] = c[k];
}

__global__ void k(float* out) {
  double o[8] = {};
  body(5, o);
  for (int i = 0; i < 8; ++i) out[i] = o[i];
}
void launch(float* out) { k<<<1, 1>>>(out); }
