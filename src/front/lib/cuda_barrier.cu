// <cuda/barrier> in the dialect: barriers of a block in shared memory, which are PTX's mbarrier, and
// copies that complete on them.
#include <cuda/atomic>
#include <cuda_pipeline.h>

namespace cuda {

template <size_t kAlign>
struct aligned_size_t {
  static constexpr size_t align = kAlign;
  size_t value;
  __host__ __device__ explicit aligned_size_t(size_t size) : value(size) {}
  __host__ __device__ operator size_t() const { return value; }
};

template <thread_scope kScope>
struct barrier {
  typedef unsigned long long arrival_token;
  unsigned long long __word;

  barrier() = default;
  __device__ barrier(long expected) { __init(expected); }

  __device__ static constexpr long max() { return (1 << 20) - 1; }
  __device__ unsigned __address() const { return (unsigned)__cvta_generic_to_shared(&__word); }
  __device__ void __init(long expected) {
    asm volatile("mbarrier.init.shared.b64 [%0], %1;" ::"r"(__address()), "r"((int)expected) : "memory");
  }
  __device__ arrival_token arrive(long update = 1) {
    arrival_token token;
    asm volatile("mbarrier.arrive.shared.b64 %0, [%1], %2;"
                 : "=l"(token)
                 : "r"(__address()), "r"((int)update)
                 : "memory");
    return token;
  }
  __device__ bool __test(arrival_token token) const {
    int done;
    asm volatile("{ .reg .pred p; mbarrier.try_wait.shared.b64 p, [%1], %2; selp.s32 %0, 1, 0, p; }"
                 : "=r"(done)
                 : "r"(__address()), "l"(token)
                 : "memory");
    return done != 0;
  }
  __device__ bool __test_parity(bool parity) const {
    int done;
    asm volatile(
        "{ .reg .pred p; mbarrier.try_wait.parity.shared.b64 p, [%1], %2; selp.s32 %0, 1, 0, p; }"
        : "=r"(done)
        : "r"(__address()), "r"((int)parity)
        : "memory");
    return done != 0;
  }
  __device__ void wait(arrival_token token) const {
    while (!__test(token)) {
    }
  }
  __device__ void wait_parity(bool parity) const {
    while (!__test_parity(parity)) {
    }
  }
  __device__ bool try_wait(arrival_token token) const { return __test(token); }
  __device__ bool try_wait_parity(bool parity) const { return __test_parity(parity); }
  __device__ void arrive_and_wait() { wait(arrive()); }
  // The phase waits for what the thread has begun to copy.
  __device__ void __copied() {
    asm volatile("cp.async.mbarrier.arrive.shared.b64 [%0];" ::"r"(__address()) : "memory");
  }
  __device__ void arrive_and_drop() {
    asm volatile("{ .reg .b64 token; mbarrier.arrive_drop.shared.b64 token, [%0]; }" ::"r"(__address())
                 : "memory");
  }
};
template <thread_scope kScope>
__device__ inline void init(barrier<kScope>* bar, long expected) {
  bar->__init(expected);
}

namespace device {
template <thread_scope kScope>
__device__ inline unsigned long long* barrier_native_handle(barrier<kScope>& bar) {
  return &bar.__word;
}
template <thread_scope kScope>
__device__ inline unsigned long long barrier_arrive_tx(barrier<kScope>& bar, long update,
                                                       long bytes) {
  unsigned long long token;
  asm volatile("mbarrier.expect_tx.relaxed.cta.shared::cta.b64 [%0], %1;" ::"r"(bar.__address()),
               "r"((int)bytes)
               : "memory");
  asm volatile("mbarrier.arrive.shared.b64 %0, [%1], %2;"
               : "=l"(token)
               : "r"(bar.__address()), "r"((int)update)
               : "memory");
  return token;
}
template <thread_scope kScope>
__device__ inline void barrier_expect_tx(barrier<kScope>& bar, long bytes) {
  asm volatile("mbarrier.expect_tx.relaxed.cta.shared::cta.b64 [%0], %1;" ::"r"(bar.__address()),
               "r"((int)bytes)
               : "memory");
}
// One thread copies; the barrier is told the bytes.
template <typename Size, thread_scope kScope>
__device__ inline void memcpy_async_tx(void* to, const void* from, Size size, barrier<kScope>& bar) {
  asm volatile(
      "cp.async.bulk.shared::cluster.global.mbarrier::complete_tx::bytes [%0], [%1], %2, [%3];" ::"r"(
          (unsigned)__cvta_generic_to_shared(to)),
      "l"(from), "r"((int)(size_t)size), "r"(bar.__address())
      : "memory");
}
}  // namespace device

// `sync` is a barrier, or a pipeline.
template <typename Size, typename Sync>
__device__ inline void memcpy_async(void* to, const void* from, Size size, Sync& sync) {
  __pipeline_copy(to, from, (size_t)size, 0, 1);
  sync.__copied();
}
template <typename Group, typename Size, typename Sync>
__device__ inline void memcpy_async(const Group& group, void* to, const void* from, Size size,
                                    Sync& sync) {
  __pipeline_copy(to, from, (size_t)size, group.thread_rank(), group.size());
  sync.__copied();
}

}  // namespace cuda
