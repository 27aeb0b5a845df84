// RUN: run %s
// Compare-and-swap of 16 bits, its neighbour untouched.
__global__ void k(unsigned short* y) {
  unsigned short seen = y[1];
  unsigned short old;
  do {
    old = seen;
    seen = atomicCAS(&y[1], old, (unsigned short)(old + 3));
  } while (seen != old);
}
int main() {
  unsigned short host[2] = {65535, 1}, *y;
  cudaMalloc(&y, sizeof(host));
  cudaMemcpy(y, host, sizeof(host), cudaMemcpyHostToDevice);
  k<<<2, 32>>>(y);
  cudaMemcpy(host, y, sizeof(host), cudaMemcpyDeviceToHost);
  printf("%d %d\n", host[0], host[1]);
  cudaFree(y);
}
// STDOUT:
// 65535 193
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
