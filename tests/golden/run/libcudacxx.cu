// <cuda/atomic>, <cuda/barrier> and <cuda/pipeline>: scopes and orders, phases, roles of threads.
// RUN: run %s --front native
#include <cuda/atomic>
#include <cuda/barrier>
#include <cuda/pipeline>
#include <cuda/std/atomic>
#include <cooperative_groups.h>
#include <cstdio>
#include <utility>
namespace cg = cooperative_groups;
using block_barrier = cuda::barrier<cuda::thread_scope_block>;

struct Totals {
  int sum;
  unsigned all, any, flip;
  int least, most;
  float weight;
  unsigned long long big;
  double wide;
};
__global__ void atomics(Totals* t, int* order) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  cuda::atomic_ref<int, cuda::thread_scope_device> sum(t->sum);
  sum.fetch_add(i, cuda::memory_order_relaxed);
  sum -= 1;
  cuda::atomic_ref<unsigned> all(t->all), any(t->any), flip(t->flip);
  all.fetch_and(~(1u << i % 32));
  any.fetch_or(1u << i % 8);
  flip.fetch_xor(3u);
  cuda::atomic_ref<int>(t->least).fetch_min(-i);
  cuda::atomic_ref<int>(t->most).fetch_max(i);
  cuda::atomic_ref<float>(t->weight).fetch_add(0.5f);
  cuda::atomic_ref<unsigned long long>(t->big).fetch_sub(1);
  cuda::atomic_ref<double> wide(t->wide);
  double seen = wide.load(cuda::std::memory_order_relaxed);
  while (!wide.compare_exchange_weak(seen, seen + 2.0, cuda::memory_order_acq_rel, cuda::memory_order_acquire)) {
  }
  // A lock of cuda::atomic in shared memory.
  __shared__ cuda::atomic<int, cuda::thread_scope_block> lock;
  __shared__ int count;
  if (threadIdx.x == 0) {
    lock.store(0, cuda::memory_order_relaxed);
    count = 0;
  }
  __syncthreads();
  if (threadIdx.x % 32 == 0) {
    while (lock.exchange(1, cuda::memory_order_acquire) != 0) {
    }
    count = count + 1;
    lock.store(0, cuda::memory_order_release);
  }
  __syncthreads();
  if (threadIdx.x == 0) order[blockIdx.x] = count;
}

__global__ void phases(int* out) {
  __shared__ block_barrier bar;
  __shared__ int x[64];
  if (threadIdx.x == 0) init(&bar, blockDim.x);
  __syncthreads();
  int v = threadIdx.x;
  for (int round = 0; round < 3; ++round) {
    x[threadIdx.x] = v;
    block_barrier::arrival_token token = bar.arrive();
    bar.wait(std::move(token));
    v += x[(threadIdx.x + 33) % 64];
    bar.arrive_and_wait();
  }
  // The second warp leaves; the first goes on alone.
  if (threadIdx.x >= 32) {
    bar.arrive_and_drop();
    out[threadIdx.x] = v;
    return;
  }
  x[threadIdx.x] = v;
  bar.arrive_and_wait();
  bar.arrive();
  bar.wait_parity(true);
  out[threadIdx.x] = v + x[31 - threadIdx.x];
}

template <bool kByRole>
__global__ void roles(const int* in, int* out, int tiles) {
  constexpr int kTile = 32;
  __shared__ int stage[2][kTile];
  __shared__ cuda::pipeline_shared_state<cuda::thread_scope_block, 2> state;
  cg::thread_block block = cg::this_thread_block();
  const bool produces = block.thread_rank() < 32;
  const auto role = produces ? cuda::pipeline_role::producer : cuda::pipeline_role::consumer;
  cuda::pipeline<cuda::thread_scope_block> pipe = kByRole ? cuda::make_pipeline(block, &state, role) : cuda::make_pipeline(block, &state, 32);
  int sum = 0;
  for (int tile = 0; tile < tiles; ++tile) {
    if (produces) {
      pipe.producer_acquire();
      cuda::memcpy_async(&stage[tile % 2][threadIdx.x], in + tile * kTile + threadIdx.x, sizeof(int), pipe);
      pipe.producer_commit();
    } else {
      pipe.consumer_wait();
      for (int i = 0; i < kTile; ++i) sum += stage[tile % 2][i] * (i == (int)threadIdx.x - 32 ? 2 : 1);
      pipe.consumer_release();
    }
  }
  if (!produces) out[threadIdx.x - 32] = sum;
}

int main() {
  Totals* t;
  int *order, *out, *in;
  cudaMallocManaged(&t, sizeof(Totals));
  cudaMallocManaged(&order, 8);
  cudaMallocManaged(&out, 64 * 4);
  cudaMallocManaged(&in, 160 * 4);
  *t = Totals{0, ~0u, 0u, 0u, 0, 0, 0.0f, 1000, 0.0};
  atomics<<<2, 64>>>(t, order);
  cudaDeviceSynchronize();
  printf("%d %x %x %u %d %d %g %llu %g, %d %d\n", t->sum, t->all, t->any, t->flip, t->least, t->most, t->weight, t->big, t->wide, order[0], order[1]);
  phases<<<1, 64>>>(out);
  cudaDeviceSynchronize();
  printf("%d %d %d\n", out[0], out[31], out[63]);
  for (int i = 0; i < 160; ++i) in[i] = i % 13;
  roles<true><<<1, 64>>>(in, out, 5);
  cudaDeviceSynchronize();
  printf("%d %d", out[0], out[31]);
  roles<false><<<1, 64>>>(in, out, 5);
  cudaDeviceSynchronize();
  printf(", %d %d\n", out[0], out[31]);
  cudaFree(t);
  cudaFree(order);
  cudaFree(out);
  cudaFree(in);
  return 0;
}
// STDOUT:
// 8000 0 ff 0 -127 127 64 872 256, 2 2
// 272 272 196
// 976 975, 976 975
// main(): ok; 4 launches, 8955 warp instructions, engine time {{[0-9.]+}} ms
