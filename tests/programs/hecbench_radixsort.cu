// LSD radix sort, four bits a pass: block histograms, scan, stable scatter with __match_any_sync.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <numeric>
#include <vector>
#include <cuda_runtime.h>

constexpr int kRadixBits = 4;
constexpr int kRadix = 1 << kRadixBits;
constexpr int kThreads = 128;
constexpr int kWarps = kThreads / 32;

__device__ __forceinline__ unsigned lane_id()
{
    unsigned r;
    asm volatile("mov.u32 %0, %%laneid;" : "=r"(r));
    return r;
}

__device__ __forceinline__ unsigned lanemask_lt()
{
    unsigned m;
    asm("mov.u32 %0, %%lanemask_lt;" : "=r"(m));
    return m;
}

__device__ __forceinline__ unsigned digit_of(uint32_t key, int shift)
{
    unsigned d;
    asm("bfe.u32 %0, %1, %2, %3;" : "=r"(d) : "r"(key), "r"(shift), "n"(kRadixBits));
    return d;
}

__global__ void histogram(const uint32_t* keys, int n, int shift, uint32_t* counts)
{
    __shared__ uint32_t h[kRadix];
    if (threadIdx.x < kRadix) h[threadIdx.x] = 0;
    __syncthreads();
    const int i = blockIdx.x * kThreads + threadIdx.x;
    if (i < n) atomicAdd(&h[digit_of(keys[i], shift)], 1u);
    __syncthreads();
    if (threadIdx.x < kRadix) counts[threadIdx.x * gridDim.x + blockIdx.x] = h[threadIdx.x];
}

// exclusive scan by one block
__global__ void scan(uint32_t* data, int n)
{
    __shared__ uint32_t warp_sums[32];
    __shared__ uint32_t carry;
    if (threadIdx.x == 0) carry = 0;
    __syncthreads();
    for (int base = 0; base < n; base += blockDim.x) {
        const int i = base + threadIdx.x;
        const uint32_t v = i < n ? data[i] : 0;
        uint32_t x = v;
#pragma unroll
        for (int d = 1; d < 32; d <<= 1) {
            const uint32_t y = __shfl_up_sync(~0u, x, d);
            if (lane_id() >= d) x += y;
        }
        if (lane_id() == 31) warp_sums[threadIdx.x / 32] = x;
        __syncthreads();
        if (threadIdx.x < 32) {
            uint32_t w = threadIdx.x < blockDim.x / 32 ? warp_sums[threadIdx.x] : 0;
            for (int d = 1; d < 32; d <<= 1) {
                const uint32_t y = __shfl_up_sync(~0u, w, d);
                if (threadIdx.x >= d) w += y;
            }
            warp_sums[threadIdx.x] = w;
        }
        __syncthreads();
        const uint32_t before = threadIdx.x >= 32 ? warp_sums[threadIdx.x / 32 - 1] : 0;
        if (i < n) data[i] = carry + before + x - v;
        __syncthreads();
        if (threadIdx.x == blockDim.x - 1) carry += before + x;
        __syncthreads();
    }
}

__global__ void scatter(const uint32_t* keys, const uint32_t* vals, uint32_t* keys_out, uint32_t* vals_out, int n, int shift,
                        const uint32_t* offsets)
{
    __shared__ uint32_t warp_hist[kWarps][kRadix];
    for (int k = threadIdx.x; k < kWarps * kRadix; k += kThreads) (&warp_hist[0][0])[k] = 0;
    __syncthreads();
    const int i = blockIdx.x * kThreads + threadIdx.x, warp = threadIdx.x >> 5;
    const bool valid = i < n;
    const unsigned active = __ballot_sync(0xffffffffu, valid);
    unsigned digit = 0, rank = 0, peers = 0;
    uint32_t key = 0;
    if (valid) {
        key = keys[i];
        digit = digit_of(key, shift);
        peers = __match_any_sync(active, digit);
        rank = __popc(peers & lanemask_lt());
        if (rank == 0) warp_hist[warp][digit] = __popc(peers);
    }
    __syncthreads();
    if (valid) {
        uint32_t pos = offsets[digit * gridDim.x + blockIdx.x] + rank;
        for (int w = 0; w < warp; ++w) pos += warp_hist[w][digit];
        keys_out[pos] = key;
        vals_out[pos] = vals[i];
    }
}

int main()
{
    const int n = 5000, blocks = (n + kThreads - 1) / kThreads;
    std::vector<uint32_t> keys(n), vals(n), rk(n), rv(n);
    uint64_t s = 88172645463325252ull;
    for (int i = 0; i < n; ++i) {
        s ^= s << 13; s ^= s >> 7; s ^= s << 17;
        keys[i] = (uint32_t)s & (i % 3 ? 0xffffffffu : 0xffu);
    }
    std::iota(vals.begin(), vals.end(), 0u);
    uint32_t *dk[2], *dv[2], *dc;
    for (int b = 0; b < 2; ++b) {
        cudaMalloc(&dk[b], n * 4);
        cudaMalloc(&dv[b], n * 4);
    }
    cudaMalloc(&dc, kRadix * blocks * sizeof(uint32_t));
    cudaMemcpy(dk[0], keys.data(), n * 4, cudaMemcpyHostToDevice);
    cudaMemcpy(dv[0], vals.data(), n * 4, cudaMemcpyHostToDevice);
    int cur = 0;
    for (int shift = 0; shift < 32; shift += kRadixBits, cur ^= 1) {
        histogram<<<blocks, kThreads>>>(dk[cur], n, shift, dc);
        scan<<<1, 256>>>(dc, kRadix * blocks);
        scatter<<<blocks, kThreads>>>(dk[cur], dv[cur], dk[cur ^ 1], dv[cur ^ 1], n, shift, dc);
    }
    cudaMemcpy(rk.data(), dk[cur], n * 4, cudaMemcpyDeviceToHost);
    cudaMemcpy(rv.data(), dv[cur], n * 4, cudaMemcpyDeviceToHost);
    const bool ok = cudaGetLastError() == cudaSuccess;
    for (int b = 0; b < 2; ++b) { cudaFree(dk[b]); cudaFree(dv[b]); }
    cudaFree(dc);
    // a stable sort of the indices on the host: keys packed above positions
    std::vector<uint64_t> packed(n);
    for (int i = 0; i < n; ++i) packed[i] = (uint64_t)keys[i] << 32 | (uint32_t)i;
    std::sort(packed.begin(), packed.end());
    for (int i = 0; i < n; ++i)
        if (!ok || rk[i] != (uint32_t)(packed[i] >> 32) || rv[i] != (uint32_t)packed[i]) {
            printf("FAIL at %d: (%u, %u)\n", i, rk[i], rv[i]);
            return 1;
        }
    printf("PASS radixsort: %d pairs\n", n);
    return 0;
}
