// Destructors of what the heads of for, if and switch declare, and of what bodies do.
// RUN: run %s --front native
#include <cstdio>
struct L {
  int* p;
  int id;
  __device__ L(int* p, int id) : p(p), id(id) {}
  __device__ ~L() { p[0] = p[0] * 10 + id; }
};
__global__ void k(int* o) {
  for (L f(o, 2); f.id < 5; f.id++)
    if (f.id == 4) break;
  for (L f(o + 1, 2); f.id < 5; f.id++)
    ;
  do {
    L g(o + 2, 3);
    if (o[3]) continue;
  } while (o[2] < 300);
  if (L h(o + 4, 2); h.id)
    o[5] = h.id;
  else
    o[5] = 9;
  switch (L h(o + 6, 2); h.id) {
    case 2:
      o[7] = 1;
      break;
  }
  for (int i = 0; i < 3; i++) {
    L q(o + 8, i + 1);
    if (i == 1) continue;
    L r(o + 9, i + 1);
  }
  if (o[15] == 0) {
    for (L f(o + 10, 7);;) {
      return;
    }
  }
}
int main() {
  int *d, h[16];
  cudaMalloc(&d, 64);
  cudaMemset(d, 0, 64);
  k<<<1, 1>>>(d);
  cudaMemcpy(h, d, 64, cudaMemcpyDeviceToHost);
  for (int i = 0; i < 16; i++) printf("%d ", h[i]);
  puts("");
  cudaFree(d);
}
// STDOUT:
// 4 5 333 0 2 2 2 1 123 13 7 0 0 0 0 0
// main(): ok; 1 launch, 132 warp instructions, engine time {{[0-9.]+}} ms
