// RUN: run %s
#include <cstdio>
#include <cstdint>
typedef unsigned __int128 u128;
__global__ void k(unsigned long long* out, unsigned long long a, unsigned long long b, unsigned long long m) {
  const unsigned __int128 p = (unsigned __int128)a * b;
  out[0] = (unsigned long long)(p >> 64);
  out[1] = (unsigned long long)p;
  out[2] = (unsigned long long)(p % m);
}
static uint64_t mulmod(uint64_t a, uint64_t b, uint64_t m) { return (uint64_t)((unsigned __int128)a * b % m); }
uint64_t mulmod2(uint64_t a, uint64_t b, uint64_t m) { return (u128)a * b % m; }
int main() {
  unsigned long long *d, h[3];
  cudaMalloc(&d, 24);
  k<<<1, 1>>>(d, 0xfedcba9876543210ull, 0x123456789abcdef1ull, 1000000007ull);
  cudaMemcpy(h, d, 24, cudaMemcpyDeviceToHost);
  cudaFree(d);
  printf("%llx %llx %llu\n", h[0], h[1], h[2]);
  printf("%llu %llu\n", (unsigned long long)mulmod(123456789012345678ull, 987654321098765432ull, 998244353ull), (unsigned long long)mulmod2(1ull << 63, 3, 1000000007ull));
  __int128 s = -5; s *= 7; s -= 1; s = s / 5; printf("%lld\n", (long long)s);
  u128 x = 1; x <<= 100; x |= 5; x += 1; x ^= 3;
  printf("%llx %llx %d %d\n", (unsigned long long)(x >> 64), (unsigned long long)x, x > (u128)7, x == 6);
  u128 f = 1; for (int i = 1; i <= 30; ++i) f *= i;
  printf("%llx%016llx\n", (unsigned long long)(f >> 64), (unsigned long long)f);
  u128 q = f / 1000000007u, r = f % 1000000007u; printf("%llx%016llx %llu %g\n", (unsigned long long)(q >> 64), (unsigned long long)q, (unsigned long long)r, (double)f);
  __uint128_t big = ~(__uint128_t)0; printf("%llx %d\n", (unsigned long long)(big / ((__uint128_t)3 << 70)), (int)(big % 97));
  unsigned __int128 acc = 0; for (unsigned i = 0; i < 5; i++) { acc += (unsigned __int128)0xffffffffffffffffull * i; } printf("%llx %llx\n", (unsigned long long)(acc >> 64), (unsigned long long)acc);
  if (acc) printf("yes %zu\n", sizeof(acc));
  uint32_t carry = 0; u128 t = (u128)0xffffffffffffffffull + 2 + carry; printf("%llu\n", (unsigned long long)(t >> 64));
  __int128 neg = -1; printf("%d %d\n", neg < 0, (int)(neg >> 100)); uint64_t lo = (uint64_t)t; printf("%llu\n", (unsigned long long)lo);
}
// STDOUT:
// 121fa00ad77d7423 224a4396cc6d0110 875679622
// 599905243 873516012
// -7
// 1000000000 5 1 0
// d13f6370f96865df5dd54000000
// 382b62e0cc95230b4f89 109361473 2.65253e+32
// 155555555555555 34
// 9 fffffffffffffff6
// yes 16
// 1
// 1 -1
// 1
// main(): ok; 1 launch, 322 warp instructions, engine time {{[0-9.]+}} ms
