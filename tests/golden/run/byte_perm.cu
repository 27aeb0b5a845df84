// RUN: run %s
// A selector has three bits; the fourth does nothing, in variables and constants.
#include <cstdio>
__global__ void k(unsigned* o, unsigned a, unsigned b, unsigned s) {
  o[0] = __byte_perm(a, b, s);
  o[1] = __byte_perm(0x80ff7f01u, 0x11223344u, 0x8b93);
}
int main() {
  unsigned *o, h[2];
  cudaMalloc(&o, 8);
  k<<<1, 1>>>(o, 0x80ff7f01u, 0x11223344u, 0x8b93u);
  cudaMemcpy(h, o, 8, cudaMemcpyDeviceToHost);
  printf("%08x %08x\n", h[0], h[1]);
  cudaFree(o);
}
// STDOUT:
// 01807f80 01807f80
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
