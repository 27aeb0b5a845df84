// Stream compaction and statistics with CUB block primitives and a device-wide reduction.
#include <climits>
#include <cstdio>
#include <vector>
#include <cub/cub.cuh>
#include <cuda_runtime.h>

constexpr int THREADS = 128, ITEMS = 4;

__global__ void compact(const int* in, int* out, int* total, int* maxima, int n)
{
    using BlockLoad = cub::BlockLoad<int, THREADS, ITEMS, cub::BLOCK_LOAD_TRANSPOSE>;
    using BlockScan = cub::BlockScan<int, THREADS>;
    using BlockReduce = cub::BlockReduce<int, THREADS>;
    __shared__ union {
        typename BlockLoad::TempStorage load;
        typename BlockScan::TempStorage scan;
        typename BlockReduce::TempStorage reduce;
    } temp;
    __shared__ int base;
    int v[ITEMS], keep[ITEMS], at[ITEMS], count;
    BlockLoad(temp.load).Load(in + blockIdx.x * THREADS * ITEMS, v, min(n - (int)blockIdx.x * THREADS * ITEMS, THREADS * ITEMS), -1);
    __syncthreads();
#pragma unroll
    for (int i = 0; i < ITEMS; ++i) keep[i] = v[i] >= 0 && v[i] % 3 == 0;
    BlockScan(temp.scan).ExclusiveSum(keep, at, count);
    __syncthreads();
    const int m = BlockReduce(temp.reduce).Reduce(max(max(v[0], v[1]), max(v[2], v[3])), [](int a, int b) { return a > b ? a : b; });
    if (threadIdx.x == 0) {
        base = atomicAdd(total, count);
        maxima[blockIdx.x] = m;
    }
    __syncthreads();
#pragma unroll
    for (int i = 0; i < ITEMS; ++i)
        if (keep[i]) out[base + at[i]] = v[i];
}

int main()
{
    const int n = 5000, tile = THREADS * ITEMS, blocks = (n + tile - 1) / tile;
    std::vector<int> in(n), out(n), maxima(blocks);
    unsigned s = 41;
    for (int& v : in) { s = s * 1664525u + 1013904223u; v = (int)(s >> 12); }
    int *din, *dout, *dtotal, *dmax, *dbest, total = 0, best = 0;
    cudaMalloc(&din, n * sizeof(int));
    cudaMalloc(&dout, n * sizeof(int));
    cudaMalloc(&dtotal, sizeof(int));
    cudaMalloc(&dbest, sizeof(int));
    cudaMalloc(&dmax, blocks * sizeof(int));
    cudaMemcpy(din, in.data(), n * sizeof(int), cudaMemcpyHostToDevice);
    cudaMemset(dtotal, 0, sizeof(int));
    compact<<<blocks, THREADS>>>(din, dout, dtotal, dmax, n);
    void* scratch = nullptr;
    size_t bytes = 0;
    cub::DeviceReduce::Max(scratch, bytes, dmax, dbest, blocks);
    cudaMalloc(&scratch, bytes);
    cub::DeviceReduce::Max(scratch, bytes, dmax, dbest, blocks);
    cudaMemcpy(&total, dtotal, sizeof(int), cudaMemcpyDeviceToHost);
    cudaMemcpy(&best, dbest, sizeof(int), cudaMemcpyDeviceToHost);
    cudaMemcpy(out.data(), dout, total * sizeof(int), cudaMemcpyDeviceToHost);
    cudaFree(din); cudaFree(dout); cudaFree(dtotal); cudaFree(dmax); cudaFree(dbest); cudaFree(scratch);
    long long got = 0, want = 0;
    int count = 0, top = INT_MIN;
    for (int v : in) {
        if (v % 3 == 0) { ++count; want += (long long)v * v % 1000003; }
        top = v > top ? v : top;
    }
    for (int i = 0; i < total; ++i) got += (long long)out[i] * out[i] % 1000003;
    if (cudaGetLastError() != cudaSuccess || total != count || got != want || best != top) { printf("FAIL %d of %d, maximum %d of %d\n", total, count, best, top); return 1; }
    printf("PASS cubscan: %d kept\n", total);
    return 0;
}
