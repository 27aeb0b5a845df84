// Destructors where scopes end, conversion functions, deleted copies.
// RUN: run %s --front native
#include <cstdio>
template <typename T> class DeviceArray {
 public:
  explicit DeviceArray(size_t n) : p_(nullptr), n_(n) { cudaMalloc(&p_, n * sizeof(T)); printf("make %d\n", (int)n); }
  ~DeviceArray() { cudaFree(p_); printf("free %d\n", (int)n_); }
  DeviceArray(const DeviceArray&) = delete;
  DeviceArray& operator=(const DeviceArray&) = delete;
  T* get() const { return p_; }
  operator T*() { return p_; }
  operator const T*() const { return p_; }
  explicit operator bool() const { return p_ != nullptr; }
 private:
  T* p_;
  size_t n_;
};
template <class T> struct SharedMemory {
  __device__ inline operator T*() { extern __shared__ int s[]; return (T*)s; }
  __device__ inline operator const T*() const { extern __shared__ int s[]; return (T*)s; }
};
template <class T> __global__ void k(T* x) { T* s = SharedMemory<T>(); s[threadIdx.x] = threadIdx.x; __syncthreads(); x[threadIdx.x] = s[31 - threadIdx.x]; }
DeviceArray<float> make(int n) { DeviceArray<float> a(n); return a; }
int f(int n) {
  DeviceArray<int> a(n);
  if (n == 3) return 5;
  for (int i = 0; i < 3; ++i) {
    DeviceArray<int> b(10 + i);
    if (i == 0) continue;
    if (i == 2) break;
  }
  return n;
}
struct Pair { DeviceArray<int> a; DeviceArray<int> b; Pair() : a(100), b(200) {} ~Pair() { printf("pair\n"); } };
struct Empty {};
int main() {
  printf("%d\n", f(2));
  printf("%d\n", f(3));
  { Pair p; }
  DeviceArray<float> x = make(32);
  if (x) k<float><<<1, 32, 128>>>(x);
  float h[32]; cudaMemcpy(h, x, 128, cudaMemcpyDeviceToHost); printf("%g\n", h[0]);
  DeviceArray<int>* q = new DeviceArray<int>(7); delete q;
  return 0;
}
// STDOUT:
// make 2
// make 10
// free 10
// make 11
// free 11
// make 12
// free 12
// free 2
// 2
// make 3
// free 3
// 5
// make 100
// make 200
// pair
// free 200
// free 100
// make 32
// 31
// make 7
// free 7
// free 32
// main(): ok; 1 launch, 15 warp instructions, engine time {{[0-9.]+}} ms
