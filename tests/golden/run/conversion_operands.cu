// Conversion functions as operands, choices as objects, operator->, new in a place and with braces.
// RUN: run %s --front native
#include <cstdio>
#include <new>
struct Count {
  int n;
  __host__ __device__ operator int() const { return n; }
};
struct Flag {
  bool set;
  __host__ __device__ explicit operator bool() const { return set; }
};
struct Array {
  float* p;
  __device__ operator float*() { return p; }
};
struct Point {
  int x, y;
  char name[4];
};
struct Holder {
  Point* at;
  __host__ __device__ Point* operator->() const { return at; }
  __host__ __device__ Point& operator*() const { return *at; }
};
struct Made {
  int v;
  __device__ Made(int a, int b) : v(a * b) {}
};
__device__ int& pick(int c, int& a, int& b) { return c ? a : b; }
__global__ void k(float* out, int* ints) {
  const int t = threadIdx.x;
  Count c = {t + 4};
  Flag f = {t == 1};
  int s = 2;
  s += c;
  s = s * c - -c + (c > 4) + (~c & 1) + (f ? 100 : 0);
  switch (c) {
    case 4: s += 1000; break;
    default: break;
  }
  Array a = {out + 4 * t};
  a[0] = c / 2;
  *a = *a + 0.5f;
  *(a + 1) = s;
  int x = 1, y = 2;
  (t ? x : y) = 7;
  (t == 0 ? x : t == 1 ? y : s)++;
  pick(t, x, y) += 10;
  ints[4 * t] = 100 * x + y;
  Point p = {.x = 1, .name = "ab"};
  Holder h = {&p};
  h->y = 5;
  (*h).x += h->y;
  ints[4 * t + 1] = p.x * 1000 + p.y * 100 + p.name[1] + Point{.y = 3}.y;
  __shared__ __align__(8) char room[2 * sizeof(Made)];
  Made* m = new (room + t * sizeof(Made)) Made(t + 2, 3);
  Point* q = new Point{t, 9, "xyz"};
  int* one = new int{4};
  ints[4 * t + 2] = m->v + q->y + q->name[2] + *one;
  delete q;
  delete one;
  if (t == 0) printf("%s\n", __PRETTY_FUNCTION__);
}
int main() {
  float* out;
  int* ints;
  cudaMallocManaged(&out, 32);
  cudaMallocManaged(&ints, 32);
  k<<<1, 2>>>(out, ints);
  cudaDeviceSynchronize();
  for (int i = 0; i < 2; ++i) {
    printf("%g %g %d %d %d\n", out[4 * i], out[4 * i + 1], ints[4 * i], ints[4 * i + 1], ints[4 * i + 2]);
  }
  cudaFree(out);
  cudaFree(ints);
  return 0;
}
// STDOUT:
// void k(float*, int*)
// 2.5 1029 217 6601 141
// 2.5 141 1703 6601 144
// main(): ok; 1 launch, 147 warp instructions, engine time {{[0-9.]+}} ms
