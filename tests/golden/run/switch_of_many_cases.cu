// RUN: run %s
// More cases than are tried in order: with and without a sign, falling through, default inside.
__host__ __device__ int pick(int x) {
  int r = 0;
  switch (x) {
    case 29:
      r += 1;
    case -18:
      r += 2;
      break;
    case 44:
      r += 3;
    case -5:
      r += 4;
      break;
    case 38:
      r += 5;
    case 33:
      r += 6;
      break;
    case 17:
      r += 7;
    case -47:
      r += 8;
      break;
    case 9:
      r += 9;
    case 49:
      r += 10;
    default:
      r += 1000;
      break;
    case -19:
      r += 11;
    case -44:
      r += 12;
      break;
    case -30:
      r += 13;
    case -36:
      r += 14;
      break;
    case -3:
      r += 15;
    case 10:
      r += 16;
      break;
    case -2:
      r += 17;
    case 19:
      r += 18;
      break;
    case 2147483647:
      r += 19;
    case -2147483647 - 1:
      r += 20;
      break;
  }
  return r;
}
__host__ __device__ int bits(unsigned long long x) {
  switch (x) {
    case 32ull:
      return 0;
    case 1024ull:
      return 1;
    case 32768ull:
      return 2;
    case 1048576ull:
      return 3;
    case 33554432ull:
      return 4;
    case 1073741824ull:
      return 5;
    case 34359738368ull:
      return 6;
    case 1099511627776ull:
      return 7;
    case 35184372088832ull:
      return 8;
    case 1125899906842624ull:
      return 9;
    case 36028797018963968ull:
      return 10;
    case 1152921504606846976ull:
      return 11;
    case 0xffffffffffffffffull:
      return 64;
  }
  return -1;
}
__global__ void k(int* y) {
  int sum = 0;
  for (int x = -60; x < 60; ++x) sum = sum * 31 + pick(x);
  y[0] = sum;
  y[1] = bits(1ull << 60) * 100 + bits(~0ull) + bits(3);
}
int main() {
  int sum = 0;
  for (int x = -60; x < 60; ++x) sum = sum * 31 + pick(x);
  int *y, host[2];
  cudaMalloc(&y, sizeof(host));
  k<<<1, 1>>>(y);
  cudaMemcpy(host, y, sizeof(host), cudaMemcpyDeviceToHost);
  printf("%d %d %d\n", host[0], sum, host[1]);
  printf("%d %d\n", pick(2147483647), pick(-2147483647 - 1));
  cudaFree(y);
}
// STDOUT:
// -528508915 -528508915 1163
// 39 20
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
