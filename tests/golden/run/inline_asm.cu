// Inline assembly: operands of every kind, labels, predicates, carries, constants, %%, macros.
// RUN: run %s --front native
#include <cstdio>
#include <cstdint>
#define LD(type) "ld.global." #type
__device__ __forceinline__ unsigned lane_id() {
  unsigned lane;
  asm("mov.u32 %0, %%laneid;" : "=r"(lane));
  return lane;
}
__device__ uint32_t smem_address(const void* p) {
  uint32_t a;
  asm("{ .reg .u64 t;\n\t"
      "cvta.to.shared.u64 t, %1;  // narrow\n\t"
      "cvt.u32.u64 %0, t; }"
      : "=r"(a) : "l"(p));
  return a;
}
template <int kBytes> __device__ void copy_async(uint32_t to, const void* from) {
  asm volatile("cp.async.ca.shared.global [%0], [%1], %2;\n" ::"r"(to), "l"(from), "n"(kBytes) : "memory");
}
__device__ unsigned long long mul_wide(unsigned a, unsigned b) {
  unsigned long long r;
  asm volatile("mul.wide.u32 %0, %1, %2;" : "=l"(r) : "r"(a), "r"(b));
  return r;
}
__device__ void add128(unsigned (&a)[4], const unsigned (&b)[4]) {
  asm volatile("add.cc.u32 %0, %0, %1;" : "+r"(a[0]) : "r"(b[0]));
  asm volatile("addc.cc.u32 %0, %0, %1;" : "+r"(a[1]) : "r"(b[1]));
  asm volatile("addc.cc.u32 %0, %0, %1;" : "+r"(a[2]) : "r"(b[2]));
  asm volatile("addc.u32 %0, %0, %1;" : "+r"(a[3]) : "r"(b[3]));
}
__device__ int collatz(unsigned n) {
  int steps = 0;
  asm volatile(
      "{\n"
      ".reg .pred odd, done;\n"
      ".reg .u32 t;\n"
      "LOOP:\n"
      "  setp.eq.u32 done, %1, 1;\n"
      "  @done bra END;\n"
      "  and.b32 t, %1, 1;\n"
      "  setp.ne.u32 odd, t, 0;\n"
      "  @odd mad.lo.u32 %1, %1, 3, 1;\n"
      "  @!odd shr.u32 %1, %1, 1;\n"
      "  add.s32 %0, %0, 1;\n"
      "  bra LOOP;\n"
      "END:\n"
      "}\n"
      : "+r"(steps), "+r"(n));
  return steps;
}
struct Pair { float x; double y; };
__global__ void k(const float* in, float* out, unsigned* words, unsigned long long* longs) {
  __shared__ __align__(16) float tile[128];
  const int t = threadIdx.x;
  copy_async<16>(smem_address(&tile[4 * t]), in + 4 * t);
  asm volatile("cp.async.commit_group;");
  asm volatile("cp.async.wait_group %0;" ::"n"(0));
  asm volatile("bar.sync 0;" ::: "memory");
  float v;
  asm volatile(LD(f32) " %0, [%1+%2];" : "=f"(v) : "l"(in), "n"(4 * 3));
  Pair p;
  asm("{ add.f32 %0, %2, 0f3F800000; add.f64 %1, %3, 0d4000000000000000; }" : "=f"(p.x), "=d"(p.y) : "f"(v), "d"(2.5));
  short h = -5;
  unsigned short u = 0;
  asm("{ .reg .s16 n; neg.s16 n, %1; mov.b16 %0, n; }" : "=h"(u) : "h"(h));
  asm volatile("neg.s16 %0, %0;" : "+h"(h));
  out[t] = tile[127 - t] + p.x + (float)p.y + u + h;
  words[t] = lane_id() * 1000 + collatz(t + 1);
  longs[t] = mul_wide(0xffffffffu, t + 1);
  unsigned a[4] = {0xffffffffu, 0xffffffffu, 7u, 0u}, b[4] = {1u, 0u, 0u, (unsigned)t};
  add128(a, b);
  longs[t] += a[0] + a[1] + ((unsigned long long)a[2] << 32) + a[3];
  unsigned m;
  asm volatile("{ .reg .pred p; setp.gt.s32 p, %1, 15; vote.sync.ballot.b32 %0, p, 0xffffffff; }" : "=r"(m) : "r"(t));
  if (t == 0) words[0] = m;
  asm volatile("" ::: "memory");
}
int main() {
  float *in, *out;
  unsigned* words;
  unsigned long long* longs;
  cudaMallocManaged(&in, 128 * 4);
  cudaMallocManaged(&out, 32 * 4);
  cudaMallocManaged(&words, 32 * 4);
  cudaMallocManaged(&longs, 32 * 8);
  for (int i = 0; i < 128; ++i) in[i] = i;
  k<<<1, 32>>>(in, out, words, longs);
  cudaDeviceSynchronize();
  for (int t = 0; t < 32; t += 5) printf("%d: %g %x %u %llx\n", t, out[t], words[t], words[t] % 1000, longs[t]);
  cudaFree(in);
  cudaFree(out);
  cudaFree(words);
  cudaFree(longs);
  return 0;
}
// STDOUT:
// 0: 145.5 ffff0000 760 8ffffffff
// 5: 140.5 1390 8 dffffffff
// 10: 135.5 271e 14 12ffffffff
// 15: 130.5 3a9c 4 17ffffffff
// 20: 125.5 4e27 7 1cffffffff
// 25: 120.5 61b2 10 21ffffffff
// 30: 115.5 759a 106 26ffffffff
// main(): ok; 1 launch, 947 warp instructions, engine time {{[0-9.]+}} ms
