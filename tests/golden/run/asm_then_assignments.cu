// Variables declared behind inline assembly, which makes registers of its own, are variables still.
// RUN: run %s --front native
#include <cstdio>
__global__ void k(unsigned* out, const unsigned* in) {
  __shared__ __align__(16) unsigned s[8];
  const unsigned at = (unsigned)__cvta_generic_to_shared(s);
  asm volatile("cp.async.ca.shared.global [%0], [%1], 8;\n\tcp.async.commit_group;" ::"r"(at), "l"(in) : "memory");
  asm volatile("cp.async.wait_all;" ::: "memory");
  unsigned a;
  unsigned char b;
  int c;
  c = b = a = 0x1203u;
  out[0] = a + (unsigned)c;
  a = (b += 7);
  out[1] = a + s[1];
}
int main() {
  unsigned *out, *in;
  cudaMallocManaged(&out, 8);
  cudaMallocManaged(&in, 8);
  in[0] = 1;
  in[1] = 2;
  k<<<1, 1>>>(out, in);
  cudaDeviceSynchronize();
  printf("%x %x\n", out[0], out[1]);
  cudaFree(out);
  cudaFree(in);
}
// STDOUT:
// 1206 c
// main(): ok; 1 launch, 15 warp instructions, engine time {{[0-9.]+}} ms
