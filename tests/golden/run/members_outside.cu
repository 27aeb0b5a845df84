// Members that are defined outside of their class.
// RUN: run %s --front native
#include <cstdio>
class Image {
 public:
  Image(int w, int h, int first = 3);
  ~Image();
  int area() const;
  int at(int i) const;
  float at(float i) const;
  Image& operator+=(int k);
  static int count();
  struct Size {
    int w, h;
  };
  Size size() const;
  static int made;
  static const int limits[3];

 private:
  int w_, h_;
  unsigned char* data_;
};
static int clamp(int i) { return i < 0 ? 0 : i; }
int Image::made = 0;
const int Image::limits[3] = {7, 8, 9};
Image::Image(int w, int h, int first) : w_(w), h_(h) {
  data_ = new unsigned char[w * h];
  for (int i = 0; i < w * h; ++i) data_[i] = first + i;
  ++made;
}
Image::~Image() {
  delete[] data_;
  printf("gone %d\n", w_);
}
int Image::area() const { return w_ * h_; }
int Image::at(int i) const { return data_[clamp(i)]; }
float Image::at(float i) const { return data_[(int)i] * 0.5f; }
Image& Image::operator+=(int k) {
  for (int i = 0; i < area(); ++i) data_[i] += k;
  return *this;
}
int Image::count() { return made; }
Image::Size Image::size() const { return {w_, h_}; }

template <typename T, int N>
struct Vec {
  T v[N];
  __host__ __device__ explicit Vec(T x);
  __host__ __device__ T sum() const;
  __host__ __device__ Vec operator+(const Vec& o) const;
};
template <typename T, int N>
__host__ __device__ Vec<T, N>::Vec(T x) {
  for (int i = 0; i < N; ++i) v[i] = x;
}
template <typename T, int N>
__host__ __device__ T Vec<T, N>::sum() const {
  T s = 0;
  for (int i = 0; i < N; ++i) s += v[i];
  return s;
}
template <typename T, int N>
__host__ __device__ Vec<T, N> Vec<T, N>::operator+(const Vec& o) const {
  Vec<T, N> r(T(0));
  for (int i = 0; i < N; ++i) r.v[i] = v[i] + o.v[i];
  return r;
}
__global__ void k(float* out) {
  Vec<float, 3> a(1.5f), b(2.0f);
  out[threadIdx.x] = (a + b).sum() + threadIdx.x;
}
int main() {
  Image a(2, 3), b(4, 1, 10);
  a += 2;
  printf("%d %d %g %d %d %d\n", a.area(), a.at(-4), b.at(2.0f), Image::count(), b.size().w, Image::limits[1]);
  Vec<int, 4> v(3);
  float* out;
  cudaMallocManaged(&out, 8);
  k<<<1, 2>>>(out);
  cudaDeviceSynchronize();
  printf("%d %g %g\n", v.sum(), out[0], out[1]);
  cudaFree(out);
  return 0;
}
// STDOUT:
// 6 5 6 2 4 8
// 12 10.5 11.5
// gone 4
// gone 2
// main(): ok; 1 launch, 7 warp instructions, engine time {{[0-9.]+}} ms
