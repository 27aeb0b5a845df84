// A carry that one function's assembly leaves and another's takes; names of operands, raw strings.
// RUN: run %s --front native
#include <cstdint>
#include <cstdio>
namespace ptx {
__device__ __forceinline__ uint32_t add_cc(uint32_t a, uint32_t b) {
  uint32_t r;
  asm volatile("add.cc.u32 %0, %1, %2;" : "=r"(r) : "r"(a), "r"(b));
  return r;
}
__device__ __forceinline__ uint32_t addc_cc(uint32_t a, uint32_t b) {
  uint32_t r;
  asm volatile("addc.cc.u32 %0, %1, %2;" : "=r"(r) : "r"(a), "r"(b));
  return r;
}
__device__ __forceinline__ uint32_t addc(uint32_t a, uint32_t b) {
  uint32_t r;
  asm volatile("addc.u32 %0, %1, %2;" : "=r"(r) : "r"(a), "r"(b));
  return r;
}
__device__ __forceinline__ uint32_t sub_cc(uint32_t a, uint32_t b) {
  uint32_t r;
  asm volatile("sub.cc.u32 %0, %1, %2;" : "=r"(r) : "r"(a), "r"(b));
  return r;
}
__device__ __forceinline__ uint32_t subc(uint32_t a, uint32_t b) {
  uint32_t r;
  asm volatile("subc.u32 %0, %1, %2;" : "=r"(r) : "r"(a), "r"(b));
  return r;
}
__device__ __forceinline__ uint32_t mad_lo_cc(uint32_t a, uint32_t b, uint32_t c) {
  uint32_t r;
  asm volatile("mad.lo.cc.u32 %0, %1, %2, %3;" : "=r"(r) : "r"(a), "r"(b), "r"(c));
  return r;
}
__device__ __forceinline__ uint32_t madc_hi(uint32_t a, uint32_t b, uint32_t c) {
  uint32_t r;
  asm volatile("madc.hi.u32 %0, %1, %2, %3;" : "=r"(r) : "r"(a), "r"(b), "r"(c));
  return r;
}
}  // namespace ptx
struct Wide {
  uint32_t w[4];
  __device__ Wide operator+(const Wide& o) const {
    Wide r;
    r.w[0] = ptx::add_cc(w[0], o.w[0]);
    for (int i = 1; i < 3; ++i) r.w[i] = ptx::addc_cc(w[i], o.w[i]);
    r.w[3] = ptx::addc(w[3], o.w[3]);
    return r;
  }
};
// Leaves its carry to whoever calls it.
__device__ uint32_t first_word(uint32_t a, uint32_t b) { return ptx::add_cc(a, b); }
__global__ void k(uint64_t* out) {
  const uint32_t t = threadIdx.x;
  Wide a = {{0xffffffffu - t, 0xffffffffu, 0xffffffffu, 1}}, b = {{2, 0, 0, 5}};
  const Wide s = a + b;
  out[3 * t] = (uint64_t)s.w[3] << 32 | s.w[1];
  const uint32_t low = ptx::sub_cc(t, 1), high = ptx::subc(7, 0);
  const uint32_t x = first_word(0xffffffffu, t), y = ptx::addc(0, 0);
  out[3 * t + 1] = ((uint64_t)high << 32 | low) + x + y;
  const uint32_t p = ptx::mad_lo_cc(0xffffffffu, t, 0xffffffffu);
  const uint32_t q = ptx::madc_hi(0xffffffffu, t, 0);
  uint32_t r;
  asm(R"({
        .reg .pred skip;
        setp.eq.u32 skip, %[n], 0;
        mov.u32 %[r], 100;
        @skip bra DONE_%=;
        add.u32 %[r], %[r], %[n];
      DONE_%=:
      })"
      : [r] "=r"(r) : [n] "r"(t));
  out[3 * t + 2] = ((uint64_t)q << 32 | p) + r;
}
int main() {
  uint64_t* out;
  cudaMallocManaged(&out, 3 * 4 * 8);
  k<<<1, 4>>>(out);
  cudaDeviceSynchronize();
  for (int i = 0; i < 12; i += 3) printf("%lx %lx %lx\n", out[i], out[i + 1], out[i + 2]);
  cudaFree(out);
  return 0;
}
// STDOUT:
// 700000000 7fffffffe 100000063
// 700000000 700000001 200000063
// 6ffffffff 700000003 300000063
// 6ffffffff 700000005 400000063
// main(): ok; 1 launch, 73 warp instructions, engine time {{[0-9.]+}} ms
