// Functions of device code made of other device functions; see math_forms.cu for the names. Not
// tried on the host, as the mathematics is: the goldens run them.

// --- barriers that count; a thread that has ended takes no part

__device__ int ws___syncthreads_count_i(int holds) {
  int r;
  asm volatile("{ .reg .pred p; setp.ne.s32 p, %1, 0; bar.red.popc.u32 %0, 0, p; }"
               : "=r"(r)
               : "r"(holds)
               : "memory");
  return r;
}
#define WS_SYNCTHREADS(name)                                               \
  __device__ int ws___syncthreads_##name##_i(int holds) {                  \
    int r;                                                                 \
    asm volatile("{ .reg .pred p, q; setp.ne.s32 p, %1, 0; bar.red." #name \
                 ".pred q, 0, p; "                                         \
                 "selp.s32 %0, 1, 0, q; }"                                 \
                 : "=r"(r)                                                 \
                 : "r"(holds)                                              \
                 : "memory");                                              \
    return r;                                                              \
  }
WS_SYNCTHREADS(and)
WS_SYNCTHREADS(or)

// --- bytes; on the host these are calls of the runtime

__device__ void* ws_memcpy_pqy(void* to, const void* from, unsigned long long count) {
  char* out = (char*)to;
  const char* in = (const char*)from;
  unsigned long long i = 0;
  if ((((unsigned long long)to | (unsigned long long)from) & 3) == 0) {
    for (; i + 4 <= count; i += 4) *(unsigned*)(out + i) = *(const unsigned*)(in + i);
  }
  for (; i < count; ++i) out[i] = in[i];
  return to;
}
__device__ void* ws_memset_piy(void* to, int value, unsigned long long count) {
  char* out = (char*)to;
  unsigned long long i = 0;
  if (((unsigned long long)to & 3) == 0) {
    for (; i + 4 <= count; i += 4) *(unsigned*)(out + i) = (value & 255) * 0x01010101u;
  }
  for (; i < count; ++i) out[i] = (char)value;
  return to;
}

// Addresses in the windows of state spaces, and whether an address is in one.
#define WS_ADDRESS_SPACE(name, space, Name)                                     \
  __device__ unsigned long ws___cvta_generic_to_##name##_q(const void* p) {     \
    unsigned long r;                                                            \
    asm("cvta.to." #space ".u64 %0, %1;" : "=l"(r) : "l"(p));                   \
    return r;                                                                   \
  }                                                                             \
  __device__ void* ws___cvta_##name##_to_generic_m(unsigned long a) {           \
    void* r;                                                                    \
    asm("cvta." #space ".u64 %0, %1;" : "=l"(r) : "l"(a));                      \
    return r;                                                                   \
  }                                                                             \
  __device__ unsigned int ws___is##Name##_q(const void* p) {                    \
    unsigned int r;                                                             \
    asm("{ .reg .pred is; isspacep." #space " is, %1; selp.u32 %0, 1, 0, is; }" \
        : "=r"(r)                                                               \
        : "l"(p));                                                              \
    return r;                                                                   \
  }
WS_ADDRESS_SPACE(shared, shared, Shared)
WS_ADDRESS_SPACE(global, global, Global)
WS_ADDRESS_SPACE(local, local, Local)
WS_ADDRESS_SPACE(constant, const, Constant)
#undef WS_ADDRESS_SPACE

// --- single instructions

__device__ unsigned int ws___fns_uui(unsigned int mask, unsigned int base, int offset) {
  unsigned int r;
  asm("fns.b32 %0, %1, %2, %3;" : "=r"(r) : "r"(mask), "r"(base), "r"(offset));
  return r;
}
__device__ void ws___barrier_sync_u(unsigned int id) {
  asm volatile("barrier.sync %0;" ::"r"(id) : "memory");
}
__device__ void ws___barrier_sync_count_uu(unsigned int id, unsigned int count) {
  asm volatile("barrier.sync %0, %1;" ::"r"(id), "r"(count) : "memory");
}

// --- sums of products of small integers that stand in vectors; of words in math_forms.cu

__device__ int ws___dp4a_AAi(char4 a, char4 b, int c) {
  return c + a.x * b.x + a.y * b.y + a.z * b.z + a.w * b.w;
}
__device__ unsigned int ws___dp4a_BBu(uchar4 a, uchar4 b, unsigned int c) {
  return c + (unsigned int)(a.x * b.x + a.y * b.y + a.z * b.z + a.w * b.w);
}
__device__ int ws___dp2a_lo_CAi(short2 a, char4 b, int c) { return c + a.x * b.x + a.y * b.y; }
__device__ int ws___dp2a_hi_CAi(short2 a, char4 b, int c) { return c + a.x * b.z + a.y * b.w; }
__device__ unsigned int ws___dp2a_lo_DBu(ushort2 a, uchar4 b, unsigned int c) {
  return c + (unsigned int)(a.x * b.x) + (unsigned int)(a.y * b.y);
}
__device__ unsigned int ws___dp2a_hi_DBu(ushort2 a, uchar4 b, unsigned int c) {
  return c + (unsigned int)(a.x * b.z) + (unsigned int)(a.y * b.w);
}
