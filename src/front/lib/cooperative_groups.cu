// <cooperative_groups.h> in the dialect: groups of threads, and what works on them. A cluster is
// one block.
#include <cuda_pipeline.h>

namespace cooperative_groups {

struct thread_block {
  __device__ static void sync() { __syncthreads(); }
  __device__ static unsigned thread_rank() {
    return (threadIdx.z * blockDim.y + threadIdx.y) * blockDim.x + threadIdx.x;
  }
  __device__ static unsigned num_threads() { return blockDim.x * blockDim.y * blockDim.z; }
  __device__ static unsigned size() { return blockDim.x * blockDim.y * blockDim.z; }
  __device__ static dim3 group_index() { return dim3(blockIdx.x, blockIdx.y, blockIdx.z); }
  __device__ static dim3 thread_index() { return dim3(threadIdx.x, threadIdx.y, threadIdx.z); }
  __device__ static dim3 group_dim() { return dim3(blockDim.x, blockDim.y, blockDim.z); }
  __device__ static dim3 dim_threads() { return dim3(blockDim.x, blockDim.y, blockDim.z); }
};
__device__ inline thread_block this_thread_block() { return thread_block(); }

// The whole grid of a cooperative launch. Blocks count themselves in a word of the launch: whoever
// completes a round flips its highest bit.
struct grid_group {
  struct __workspace {
    unsigned size, arrived;
  };
  __workspace* workspace_;
  using arrival_token = unsigned;
  __device__ bool is_valid() const { return workspace_ != nullptr; }
  __device__ arrival_token barrier_arrive() const {
    assert(is_valid() && "a grid waits for all its blocks: use cudaLaunchCooperativeKernel");
    unsigned before = 0;
    __syncthreads();
    if ((threadIdx.x | threadIdx.y | threadIdx.z) == 0) {
      const unsigned others = gridDim.x * gridDim.y * gridDim.z - 1;
      const bool first = (blockIdx.x | blockIdx.y | blockIdx.z) == 0;
      const unsigned counted = first ? 0x80000000u - others : 1u;
      asm volatile("atom.add.release.gpu.u32 %0, [%1], %2;"
                   : "=r"(before)
                   : "l"(&workspace_->arrived), "r"(counted)
                   : "memory");
    }
    return before;
  }
  __device__ void barrier_wait(arrival_token before) const {
    if ((threadIdx.x | threadIdx.y | threadIdx.z) == 0) {
      unsigned now;
      do {
        asm volatile("ld.acquire.gpu.u32 %0, [%1];"
                     : "=r"(now)
                     : "l"(&workspace_->arrived)
                     : "memory");
      } while (((now ^ before) & 0x80000000u) == 0);
    }
    __syncthreads();
  }
  __device__ void sync() const { barrier_wait(barrier_arrive()); }
  __device__ static dim3 group_dim() { return dim3(gridDim.x, gridDim.y, gridDim.z); }
  __device__ static dim3 dim_blocks() { return dim3(gridDim.x, gridDim.y, gridDim.z); }
  __device__ static dim3 block_index() { return dim3(blockIdx.x, blockIdx.y, blockIdx.z); }
  __device__ static dim3 dim_threads() {
    return dim3(gridDim.x * blockDim.x, gridDim.y * blockDim.y, gridDim.z * blockDim.z);
  }
  __device__ static dim3 thread_index() {
    return dim3(blockIdx.x * blockDim.x + threadIdx.x, blockIdx.y * blockDim.y + threadIdx.y,
                blockIdx.z * blockDim.z + threadIdx.z);
  }
  __device__ static unsigned long long num_blocks() {
    return (unsigned long long)gridDim.x * gridDim.y * gridDim.z;
  }
  __device__ static unsigned long long block_rank() {
    return ((unsigned long long)blockIdx.z * gridDim.y + blockIdx.y) * gridDim.x + blockIdx.x;
  }
  __device__ static unsigned long long num_threads() {
    return num_blocks() * thread_block::num_threads();
  }
  __device__ static unsigned long long size() { return num_threads(); }
  __device__ static unsigned long long thread_rank() {
    return block_rank() * thread_block::num_threads() + thread_block::thread_rank();
  }
};
__device__ inline grid_group this_grid() {
  unsigned high, low;
  asm("mov.u32 %0, %%envreg1;\n\tmov.u32 %1, %%envreg2;" : "=r"(high), "=r"(low));
  grid_group grid;
  grid.workspace_ =
      reinterpret_cast<grid_group::__workspace*>((unsigned long long)high << 32 | low);
  return grid;
}

// A cluster of one block: launches with larger ones are refused.
struct cluster_group {
  struct arrival_token {};
  __device__ static void sync() { __syncthreads(); }
  __device__ static arrival_token barrier_arrive() {
    asm volatile("barrier.cluster.arrive.aligned;" ::: "memory");
    return arrival_token();
  }
  __device__ static void barrier_wait() {
    asm volatile("barrier.cluster.wait.aligned;" ::: "memory");
  }
  __device__ static void barrier_wait(arrival_token) { barrier_wait(); }
  template <typename T>
  __device__ static T* map_shared_rank(T* address, int) {
    return address;
  }
  __device__ static unsigned query_shared_rank(const void*) { return 0; }
  __device__ static dim3 block_index() { return dim3(0, 0, 0); }
  __device__ static unsigned block_rank() { return 0; }
  __device__ static dim3 dim_blocks() { return dim3(1, 1, 1); }
  __device__ static unsigned num_blocks() { return 1; }
  __device__ static dim3 thread_index() { return thread_block::thread_index(); }
  __device__ static unsigned thread_rank() { return thread_block::thread_rank(); }
  __device__ static dim3 dim_threads() { return thread_block::dim_threads(); }
  __device__ static unsigned num_threads() { return thread_block::num_threads(); }
  __device__ static unsigned size() { return thread_block::num_threads(); }
};
__device__ inline cluster_group this_cluster() { return cluster_group(); }

// Values of any type as the lanes of `mask` exchange them; those that are no numbers in words.
enum __exchange_kind { __exchange_idx, __exchange_up, __exchange_down, __exchange_xor };
#define WS_EXCHANGE(T)                                                                          \
  __device__ inline T __exchange(__exchange_kind kind, unsigned mask, T value, int lanes,       \
                                 int width) {                                                   \
    if (kind == __exchange_idx) return __shfl_sync(mask, value, lanes, width);                  \
    if (kind == __exchange_up) return __shfl_up_sync(mask, value, (unsigned)lanes, width);      \
    if (kind == __exchange_down) return __shfl_down_sync(mask, value, (unsigned)lanes, width);  \
    return __shfl_xor_sync(mask, value, lanes, width);                                          \
  }
WS_EXCHANGE(int)
WS_EXCHANGE(unsigned)
WS_EXCHANGE(long)
WS_EXCHANGE(unsigned long)
WS_EXCHANGE(long long)
WS_EXCHANGE(unsigned long long)
WS_EXCHANGE(float)
WS_EXCHANGE(double)
#undef WS_EXCHANGE
template <typename T>
__device__ T __exchange(__exchange_kind kind, unsigned mask, T value, int lanes, int width) {
  unsigned words[(sizeof(T) + 3) / 4] = {};
  unsigned char* const bytes = reinterpret_cast<unsigned char*>(words);
  for (unsigned i = 0; i < sizeof(T); ++i) {
    bytes[i] = reinterpret_cast<const unsigned char*>(&value)[i];
  }
  for (unsigned i = 0; i < (sizeof(T) + 3) / 4; ++i) {
    words[i] = __exchange(kind, mask, words[i], lanes, width);
  }
  T result;
  for (unsigned i = 0; i < sizeof(T); ++i) {
    reinterpret_cast<unsigned char*>(&result)[i] = bytes[i];
  }
  return result;
}

// Lanes of one warp: those of the mask.
struct coalesced_group {
  unsigned mask_;
  unsigned meta_rank_, meta_size_;
  __device__ unsigned __lane(unsigned rank) const {
    unsigned rest = mask_;
    for (; rank > 0; --rank) rest &= rest - 1;
    return (unsigned)__ffs((int)rest) - 1u;
  }
  __device__ static unsigned __own() { return thread_block::thread_rank() & 31u; }
  __device__ void sync() const { __syncwarp(mask_); }
  __device__ unsigned num_threads() const { return __popc(mask_); }
  __device__ unsigned size() const { return __popc(mask_); }
  __device__ unsigned thread_rank() const { return __popc(mask_ & ((1u << __own()) - 1u)); }
  __device__ unsigned meta_group_rank() const { return meta_rank_; }
  __device__ unsigned meta_group_size() const { return meta_size_; }
  template <typename T>
  __device__ T shfl(T value, unsigned rank) const {
    return __exchange(__exchange_idx, mask_, value, (int)__lane(rank % size()), 32);
  }
  template <typename T>
  __device__ T shfl_up(T value, unsigned delta) const {
    const unsigned rank = thread_rank();
    return __exchange(__exchange_idx, mask_, value, (int)__lane(rank < delta ? rank : rank - delta), 32);
  }
  template <typename T>
  __device__ T shfl_down(T value, unsigned delta) const {
    const unsigned rank = thread_rank();
    return __exchange(__exchange_idx, mask_, value, (int)__lane(rank + delta < size() ? rank + delta : rank), 32);
  }
  __device__ int any(int predicate) const { return __any_sync(mask_, predicate); }
  __device__ int all(int predicate) const { return __all_sync(mask_, predicate); }
  __device__ unsigned __pack(unsigned lanes) const {
    unsigned packed = 0, rank = 0;
    for (unsigned rest = mask_; rest != 0; rest &= rest - 1, ++rank) {
      const unsigned lane = (unsigned)__ffs((int)rest) - 1u;
      packed |= ((lanes >> lane) & 1u) << rank;
    }
    return packed;
  }
  __device__ unsigned ballot(int predicate) const { return __pack(__ballot_sync(mask_, predicate)); }
  template <typename T>
  __device__ unsigned match_any(T value) const {
    return __pack(__match_any_sync(mask_, value));
  }
  template <typename T>
  __device__ unsigned match_all(T value, int& all) const {
    return __pack(__match_all_sync(mask_, value, &all));
  }
};
__device__ inline coalesced_group coalesced_threads() {
  coalesced_group group;
  group.mask_ = __activemask();
  group.meta_rank_ = 0;
  group.meta_size_ = 1;
  return group;
}

template <unsigned N, typename Parent = void>
struct thread_block_tile {
  unsigned mask_;
  unsigned meta_size_;
  __device__ static unsigned __own() { return thread_block::thread_rank() & 31u; }
  __device__ static unsigned thread_rank() { return thread_block::thread_rank() % N; }
  __device__ static unsigned num_threads() { return N; }
  __device__ static unsigned size() { return N; }
  __device__ unsigned meta_group_rank() const {
    return thread_block::thread_rank() / N % meta_size_;
  }
  __device__ unsigned meta_group_size() const { return meta_size_; }
  __device__ void sync() const { __syncwarp(mask_); }
  template <typename T>
  __device__ T shfl(T value, int rank) const {
    return __exchange(__exchange_idx, mask_, value, (int)rank, (int)N);
  }
  template <typename T>
  __device__ T shfl_up(T value, unsigned delta) const {
    return __exchange(__exchange_up, mask_, value, (int)delta, (int)N);
  }
  template <typename T>
  __device__ T shfl_down(T value, unsigned delta) const {
    return __exchange(__exchange_down, mask_, value, (int)delta, (int)N);
  }
  template <typename T>
  __device__ T shfl_xor(T value, unsigned lanes) const {
    return __exchange(__exchange_xor, mask_, value, (int)lanes, (int)N);
  }
  __device__ int any(int predicate) const { return __any_sync(mask_, predicate); }
  __device__ int all(int predicate) const { return __all_sync(mask_, predicate); }
  __device__ unsigned ballot(int predicate) const {
    return __ballot_sync(mask_, predicate) >> (__own() / N * N) & (0xffffffffu >> (32u - N));
  }
  template <typename T>
  __device__ unsigned match_any(T value) const {
    return __match_any_sync(mask_, value) >> (__own() / N * N) & (0xffffffffu >> (32u - N));
  }
  template <typename T>
  __device__ unsigned match_all(T value, int& all) const {
    return __match_all_sync(mask_, value, &all) >> (__own() / N * N) & (0xffffffffu >> (32u - N));
  }
};

template <unsigned N>
__device__ thread_block_tile<N, void> __tile_of(unsigned among) {
  static_assert(N > 0 && N <= 32 && (N & (N - 1)) == 0,
                "tiles of 1, 2, 4, 8, 16 and 32 threads are possible here");
  const unsigned lane = thread_block::thread_rank() & 31u;
  thread_block_tile<N, void> tile;
  tile.mask_ = (0xffffffffu >> (32u - N)) << (lane / N * N);
  tile.meta_size_ = (among + N - 1) / N;
  return tile;
}
template <unsigned N>
__device__ thread_block_tile<N, void> tiled_partition(const thread_block& block) {
  return __tile_of<N>(thread_block::size());
}
template <unsigned N, unsigned M>
__device__ thread_block_tile<N, void> tiled_partition(const thread_block_tile<M, void>& tile) {
  return __tile_of<N>(M);
}

// Any group of the kinds above.
struct thread_group {
  unsigned mask_;  // 0: the whole block
  unsigned rank_, size_;
  __device__ thread_group() : mask_(0), rank_(0), size_(0) {}
  __device__ thread_group(const thread_block& block)
      : mask_(0), rank_(thread_block::thread_rank()), size_(thread_block::size()) {}
  __device__ thread_group(const coalesced_group& g)
      : mask_(g.mask_), rank_(g.thread_rank()), size_(g.size()) {}
  __device__ thread_group(const thread_block_tile<32, void>& t)
      : mask_(t.mask_), rank_(t.thread_rank()), size_(32) {}
  __device__ thread_group(const thread_block_tile<16, void>& t)
      : mask_(t.mask_), rank_(t.thread_rank()), size_(16) {}
  __device__ thread_group(const thread_block_tile<8, void>& t)
      : mask_(t.mask_), rank_(t.thread_rank()), size_(8) {}
  __device__ thread_group(const thread_block_tile<4, void>& t)
      : mask_(t.mask_), rank_(t.thread_rank()), size_(4) {}
  __device__ void sync() const {
    if (mask_ == 0) {
      __syncthreads();
    } else {
      __syncwarp(mask_);
    }
  }
  __device__ unsigned thread_rank() const { return rank_; }
  __device__ unsigned size() const { return size_; }
  __device__ unsigned num_threads() const { return size_; }
};
__device__ inline thread_group tiled_partition(const thread_group& parent, unsigned size) {
  const unsigned lane = thread_block::thread_rank() & 31u;
  thread_group tile;
  tile.mask_ = (0xffffffffu >> (32u - size)) << (lane / size * size);
  tile.rank_ = parent.rank_ % size;
  tile.size_ = size;
  return tile;
}

template <typename Group>
__device__ void sync(const Group& group) {
  group.sync();
}

__device__ inline coalesced_group binary_partition(const coalesced_group& group, bool predicate) {
  const unsigned yes = __ballot_sync(group.mask_, predicate);
  coalesced_group part;
  part.mask_ = predicate ? yes : group.mask_ & ~yes;
  part.meta_rank_ = predicate ? 1 : 0;
  part.meta_size_ = 2;
  return part;
}
template <typename Label>
__device__ coalesced_group labeled_partition(const coalesced_group& group, Label label) {
  coalesced_group part;
  part.mask_ = __match_any_sync(group.mask_, label);
  part.meta_rank_ = 0;
  part.meta_size_ = 1;
  return part;
}

// --- <cooperative_groups/reduce.h> and scan.h

template <typename T>
struct plus {
  __device__ T operator()(T a, T b) const { return a + b; }
};
template <typename T>
struct less {
  __device__ T operator()(T a, T b) const { return b < a ? b : a; }
};
template <typename T>
struct greater {
  __device__ T operator()(T a, T b) const { return a < b ? b : a; }
};
template <typename T>
struct bit_and {
  __device__ T operator()(T a, T b) const { return a & b; }
};
template <typename T>
struct bit_or {
  __device__ T operator()(T a, T b) const { return a | b; }
};
template <typename T>
struct bit_xor {
  __device__ T operator()(T a, T b) const { return a ^ b; }
};

template <unsigned N, typename T, typename Op>
__device__ T reduce(const thread_block_tile<N, void>& group, T value, Op op) {
  for (unsigned lanes = N / 2; lanes > 0; lanes /= 2) value = op(value, group.shfl_xor(value, lanes));
  return value;
}
template <typename T, typename Op>
__device__ T reduce(const coalesced_group& group, T value, Op op) {
  T all = group.shfl(value, 0);
  for (unsigned rank = 1; rank < group.size(); ++rank) all = op(all, group.shfl(value, rank));
  return all;
}
template <typename Group, typename T, typename Op>
__device__ T inclusive_scan(const Group& group, T value, Op op) {
  for (unsigned apart = 1; apart < group.size(); apart *= 2) {
    const T before = group.shfl_up(value, apart);
    if (group.thread_rank() >= apart) value = op(before, value);
  }
  return value;
}
template <typename Group, typename T>
__device__ T inclusive_scan(const Group& group, T value) {
  return inclusive_scan(group, value, plus<T>());
}
template <typename Group, typename T, typename Op>
__device__ T exclusive_scan(const Group& group, T value, Op op) {
  const T all = inclusive_scan(group, value, op);
  const T before = group.shfl_up(all, 1);
  return group.thread_rank() == 0 ? T() : before;
}
template <typename Group, typename T>
__device__ T exclusive_scan(const Group& group, T value) {
  return exclusive_scan(group, value, plus<T>());
}

// --- <cooperative_groups/memcpy_async.h>

template <typename Group, typename T>
__device__ void memcpy_async(const Group& group, T* to, const T* from, size_t bytes) {
  __pipeline_copy(to, from, bytes, group.thread_rank(), group.size());
  __pipeline_commit();
}
template <typename Group>
__device__ void wait(const Group& group) {
  __pipeline_wait_prior(0);
  group.sync();
}

}  // namespace cooperative_groups
