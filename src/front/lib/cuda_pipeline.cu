// <cuda_pipeline.h> in the dialect, by cp.async.
__device__ inline void __pipeline_memcpy_async(void* to, const void* from, size_t size,
                                               size_t zeros = 0) {
  const unsigned at = (unsigned)__cvta_generic_to_shared(to);
  const unsigned there = (unsigned)(size - zeros);
#define WS_COPY(bytes, cache)                                                                  \
  if (size == bytes && zeros == 0) {                                                           \
    asm volatile("cp.async." cache ".shared.global [%0], [%1], " #bytes ";" ::"r"(at), "l"(from) \
                 : "memory");                                                                  \
  } else if (size == bytes) {                                                                  \
    asm volatile("cp.async." cache ".shared.global [%0], [%1], " #bytes ", %2;" ::"r"(at),     \
                 "l"(from), "r"(there)                                                         \
                 : "memory");                                                                  \
  }
  WS_COPY(16, "cg")
  WS_COPY(8, "ca")
  WS_COPY(4, "ca")
#undef WS_COPY
}
__device__ inline void __pipeline_commit() { asm volatile("cp.async.commit_group;" ::: "memory"); }
// A number that is not here waits for more than it must.
__device__ inline void __pipeline_wait_prior(size_t n) {
#define WS_WAIT(count)                                            \
  if (n == count) {                                               \
    asm volatile("cp.async.wait_group " #count ";" ::: "memory"); \
    return;                                                       \
  }
  WS_WAIT(1)
  WS_WAIT(2)
  WS_WAIT(3)
  WS_WAIT(4)
  WS_WAIT(5)
  WS_WAIT(6)
  WS_WAIT(7)
#undef WS_WAIT
  asm volatile("cp.async.wait_group 0;" ::: "memory");
}

// `threads` threads, of which this one is number `rank`, copy together; from global to shared memory
// without waiting, as far as alignments allow.
__device__ inline void __pipeline_copy(void* to, const void* from, size_t size, unsigned rank,
                                       unsigned threads) {
  const unsigned long long both = (unsigned long long)to | (unsigned long long)from | size;
  unsigned later;
  asm("{ .reg .pred p, q; isspacep.shared p, %1; isspacep.global q, %2; and.pred p, p, q; selp.u32 %0, 1, 0, p; }"
      : "=r"(later)
      : "l"(to), "l"(from));
  if (later != 0 && both % 16 == 0) {
    for (size_t i = rank; i < size / 16; i += threads) {
      __pipeline_memcpy_async((int4*)to + i, (const int4*)from + i, 16);
    }
  } else if (later != 0 && both % 4 == 0) {
    for (size_t i = rank; i < size / 4; i += threads) {
      __pipeline_memcpy_async((int*)to + i, (const int*)from + i, 4);
    }
  } else if (both % 16 == 0) {
    for (size_t i = rank; i < size / 16; i += threads) ((int4*)to)[i] = ((const int4*)from)[i];
  } else if (both % 4 == 0) {
    for (size_t i = rank; i < size / 4; i += threads) ((int*)to)[i] = ((const int*)from)[i];
  } else {
    for (size_t i = rank; i < size; i += threads) ((char*)to)[i] = ((const char*)from)[i];
  }
}
