// RUN: run %s
#include <cstdio>
#include <cstdlib>
#include <cstring>
struct Buf {
  int n; int* p;
  Buf(int n_) : n(n_), p((int*)malloc(n_ * sizeof(int))) { for (int i = 0; i < n; ++i) p[i] = i; }
  Buf(const Buf& o) : n(o.n), p((int*)malloc(o.n * sizeof(int))) { memcpy(p, o.p, n * sizeof(int)); printf("copy "); }
  Buf& operator=(const Buf& o) { if (this != &o) { free(p); n = o.n; p = (int*)malloc(n * sizeof(int)); memcpy(p, o.p, n * sizeof(int)); printf("assign "); } return *this; }
  ~Buf() { free(p); printf("end "); }
};
struct Count { int c; __host__ __device__ Count() : c(0) {} __host__ __device__ Count(const Count& o) : c(o.c + 1) {} };
struct Pair { Count a; int x; Count b[2]; };
__host__ __device__ int depth(Count c) { return c.c; }
__host__ __device__ Count make() { Count c; c.c = 10; return c; }
__host__ __device__ Count pass(const Count& c) { return c; }
__global__ void k(int* o, Count c) {
  Count d = c; Count e(d); Pair p; p.a.c = 5; Pair q = p; auto f = [=]() { return e.c; };
  o[0] = c.c; o[1] = d.c; o[2] = e.c; o[3] = q.a.c; o[4] = depth(e); o[5] = make().c; o[6] = pass(e).c; o[7] = f();
}
Buf twice(const Buf& b) { Buf r(b); for (int i = 0; i < r.n; ++i) r.p[i] *= 2; return r; }
int main() {
  { Buf a(3); Buf b = a; b.p[0] = 7; a = b; Buf c = twice(a); printf("%d %d %d\n", a.p[0], b.p[0], c.p[0]); }
  printf("\n");
  int *o, h[8]; cudaMalloc(&o, 32); Count c;
  k<<<1, 1>>>(o, c); cudaMemcpy(h, o, 32, cudaMemcpyDeviceToHost);
  for (int v : h) printf("%d ", v);
  printf("%d %d\n", depth(c), depth(make()));
  cudaFree(o);
}
// STDOUT:
// copy assign copy 7 7 14
// end end end
// 1 2 3 6 4 10 4 4 1 10
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
