// Copies and assignments of objects that hold vectors and strings; loops over objects.
// RUN: run %s --front native
#include <cstdio>
#include <string>
#include <utility>
#include <vector>
struct Matrix {
  int rows, cols;
  std::string name;
  std::vector<float> d;
  Matrix(int r, int c) : rows(r), cols(c), name("m"), d(r * c) {}
  float& operator()(int i, int j) { return d[i * cols + j]; }
  float operator()(int i, int j) const { return d[i * cols + j]; }
};
Matrix mul(const Matrix& a, const Matrix& b) {
  Matrix m(a.rows, b.cols);
  for (int i = 0; i < a.rows; ++i)
    for (int j = 0; j < b.cols; ++j)
      for (int k = 0; k < a.cols; ++k) m(i, j) += a(i, k) * b(k, j);
  return m;
}
struct Buffer {
  int* p;
  explicit Buffer(int n) : p(new int[n]) {}
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;
  Buffer(Buffer&& o) : p(o.p) { o.p = nullptr; }
  ~Buffer() {
    printf("%s\n", p ? "freed" : "empty");
    delete[] p;
  }
};
struct Range {
  int from, to;
  struct Iterator {
    int at;
    __host__ __device__ int operator*() const { return at; }
    __host__ __device__ Iterator& operator++() {
      ++at;
      return *this;
    }
    __host__ __device__ bool operator!=(const Iterator& o) const { return at != o.at; }
  };
  __host__ __device__ Iterator begin() const { return Iterator{from}; }
  __host__ __device__ Iterator end() const { return Iterator{to}; }
};
struct List {
  int d[4];
  __host__ __device__ int* begin() { return d; }
  __host__ __device__ int* end() { return d + 4; }
};
__global__ void k(int* out) {
  int s = 0;
  for (int i : Range{1, 5}) {
    if (i == 3) continue;
    s += i;
  }
  List l;
  for (int& x : l) x = threadIdx.x + 1;
  for (auto x : l) s = s * 10 + x;
  out[threadIdx.x] = s;
}
int main() {
  Matrix a(2, 2), b(2, 2);
  a(0, 0) = 1;
  a(0, 1) = 2;
  b(0, 0) = 3;
  b(1, 0) = 4;
  Matrix m = mul(a, b);
  Matrix c = m;
  c(0, 0) = 100;
  c.name = "c";
  a = c;
  c = mul(m, m);
  printf("%g %g %g %s %s\n", m(0, 0), a(0, 0), c(0, 0), a.name.c_str(), c.name.c_str());
  Buffer first(3);
  Buffer second = std::move(first);
  printf("%d %d\n", first.p == nullptr, second.p != nullptr);
  int* out;
  cudaMallocManaged(&out, 8);
  k<<<1, 2>>>(out);
  cudaDeviceSynchronize();
  printf("%d %d\n", out[0], out[1]);
  cudaFree(out);
  return 0;
}
// STDOUT:
// 11 100 121 c m
// 1 1
// 71111 72222
// freed
// empty
// main(): ok; 1 launch, 115 warp instructions, engine time {{[0-9.]+}} ms
