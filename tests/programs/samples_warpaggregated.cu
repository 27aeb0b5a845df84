// Filtering with warp-aggregated atomics, three ways: cooperative groups, masks, and match by bucket.
#include <algorithm>
#include <cstdio>
#include <vector>
#include <cooperative_groups.h>
#include <cuda_runtime.h>

namespace cg = cooperative_groups;

#define NUM_ELEMS 10000
#define NUM_THREADS_PER_BLOCK 256
#define NUM_BUCKETS 7

__device__ int atomicAggInc(int* counter)
{
    cg::coalesced_group active = cg::coalesced_threads();
    int prev = 0;
    if (active.thread_rank() == 0) prev = atomicAdd(counter, active.num_threads());
    return active.thread_rank() + active.shfl(prev, 0);
}

__device__ int atomicAggIncMask(int* counter)
{
    const unsigned active = __activemask();
    const int leader = __ffs(active) - 1;
    const int lane = threadIdx.x % 32;
    int base = 0;
    if (lane == leader) base = atomicAdd(counter, __popc(active));
    base = __shfl_sync(active, base, leader);
    return base + __popc(active & ((1u << lane) - 1));
}

__device__ int atomicAggIncMulti(const int bucket, int* counters)
{
    const unsigned active = __activemask();
    const unsigned peers = __match_any_sync(active, bucket);
    const int leader = 31 - __clz(peers), lane = threadIdx.x & 31;
    int base = 0;
    if (lane == leader) base = atomicAdd(&counters[bucket], __popc(peers));
    base = __shfl_sync(peers, base, leader);
    unsigned lt;
    asm("mov.u32 %0, %%lanemask_lt;" : "=r"(lt));
    return base + __popc(peers & lt);
}

template <int WAY>
__global__ void filter_arr(int* dst, int* nres, const int* src, int n)
{
    const int id = threadIdx.x + blockIdx.x * blockDim.x;
    for (int i = id; i < n; i += gridDim.x * blockDim.x)
        if (src[i] > 0) {
            int at;
            if constexpr (WAY == 0) at = atomicAggInc(nres);
            else at = atomicAggIncMask(nres);
            dst[at] = src[i];
        }
}

__global__ void mapToBuckets(const int* src, int* counters, int* slots, int n)
{
    const int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) {
        const int b = ((src[i] % NUM_BUCKETS) + NUM_BUCKETS) % NUM_BUCKETS;
        slots[i] = atomicAggIncMulti(b, counters);
    }
}

int main()
{
    std::vector<int> data(NUM_ELEMS), kept(NUM_ELEMS), want;
    unsigned s = 2024;
    for (int& d : data) {
        s = s * 1664525u + 1013904223u;
        d = (int)(s >> 16) % 1000 - 400;
        if (d > 0) want.push_back(d);
    }
    std::sort(want.begin(), want.end());
    int *d_in, *d_out, *d_n, *d_counters, *d_slots, nres = 0;
    cudaMalloc(&d_in, sizeof(int) * NUM_ELEMS);
    cudaMalloc(&d_out, sizeof(int) * NUM_ELEMS);
    cudaMalloc(&d_slots, sizeof(int) * NUM_ELEMS);
    cudaMalloc(&d_n, sizeof(int));
    cudaMalloc(&d_counters, NUM_BUCKETS * sizeof(int));
    cudaMemcpy(d_in, data.data(), sizeof(int) * NUM_ELEMS, cudaMemcpyHostToDevice);
    const int blocks = (NUM_ELEMS + NUM_THREADS_PER_BLOCK - 1) / NUM_THREADS_PER_BLOCK;
    for (int way = 0; way < 2; way++) {
        cudaMemset(d_n, 0, sizeof(int));
        if (way == 0) filter_arr<0><<<blocks, NUM_THREADS_PER_BLOCK>>>(d_out, d_n, d_in, NUM_ELEMS);
        else filter_arr<1><<<11, NUM_THREADS_PER_BLOCK>>>(d_out, d_n, d_in, NUM_ELEMS);
        cudaMemcpy(&nres, d_n, sizeof(int), cudaMemcpyDeviceToHost);
        if (nres != (int)want.size()) { printf("FAIL way %d: %d kept, expected %zu\n", way, nres, want.size()); return 1; }
        kept.resize(nres);
        cudaMemcpy(kept.data(), d_out, sizeof(int) * nres, cudaMemcpyDeviceToHost);
        std::sort(kept.begin(), kept.end());
        if (kept != want) { printf("FAIL way %d: other elements\n", way); return 1; }
    }
    cudaMemset(d_counters, 0, NUM_BUCKETS * sizeof(int));
    mapToBuckets<<<blocks, NUM_THREADS_PER_BLOCK>>>(d_in, d_counters, d_slots, NUM_ELEMS);
    std::vector<int> counters(NUM_BUCKETS), slots(NUM_ELEMS);
    cudaMemcpy(counters.data(), d_counters, NUM_BUCKETS * sizeof(int), cudaMemcpyDeviceToHost);
    cudaMemcpy(slots.data(), d_slots, NUM_ELEMS * sizeof(int), cudaMemcpyDeviceToHost);
    cudaFree(d_in); cudaFree(d_out); cudaFree(d_n); cudaFree(d_counters); cudaFree(d_slots);
    std::vector<std::vector<bool>> seen(NUM_BUCKETS, std::vector<bool>(NUM_ELEMS, false));
    std::vector<int> count(NUM_BUCKETS, 0);
    int wrong = cudaGetLastError() != cudaSuccess;
    for (int i = 0; i < NUM_ELEMS; i++) {
        const int b = ((data[i] % NUM_BUCKETS) + NUM_BUCKETS) % NUM_BUCKETS;
        wrong += seen[b][slots[i]];
        seen[b][slots[i]] = true;
        count[b]++;
    }
    for (int b = 0; b < NUM_BUCKETS; b++)
        for (int k = 0; k < count[b]; k++) wrong += !seen[b][k];
    if (wrong || count != counters) { printf("FAIL buckets: %d wrong\n", wrong); return 1; }
    printf("PASS warpaggregated: %d of %d kept\n", nres, NUM_ELEMS);
    return 0;
}
