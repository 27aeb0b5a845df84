// 64- and 256-bin histograms: per-thread byte counters, and per-warp tables in shared memory.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <cuda_runtime.h>
#include <cooperative_groups.h>
namespace cg = cooperative_groups;

typedef unsigned int uint;
typedef unsigned char uchar;

#define HISTOGRAM64_BIN_COUNT 64
#define HISTOGRAM256_BIN_COUNT 256
#define LOG2_WARP_SIZE 5U
#define WARP_SIZE (1U << LOG2_WARP_SIZE)
#define UMUL(a, b) ((a) * (b))
#define UMAD(a, b, c) (UMUL((a), (b)) + (c))
#define WARP_COUNT 6
#define HISTOGRAM256_THREADBLOCK_SIZE (WARP_COUNT * WARP_SIZE)
#define HISTOGRAM64_THREADS 64
#define TAG_MASK 0xFFFFFFFFU

inline __device__ void addByte(uchar* s_ThreadBase, uint data) { s_ThreadBase[UMUL(data, HISTOGRAM64_THREADS)]++; }

inline __device__ void addWord64(uchar* s_ThreadBase, uint data)
{
    addByte(s_ThreadBase, (data >> 2) & 0x3FU);
    addByte(s_ThreadBase, (data >> 10) & 0x3FU);
    addByte(s_ThreadBase, (data >> 18) & 0x3FU);
    addByte(s_ThreadBase, (data >> 26) & 0x3FU);
}

__global__ void histogram64Kernel(uint* d_PartialHistograms, const uint4* d_Data, uint dataCount)
{
    cg::thread_block cta = cg::this_thread_block();
    // the position of a thread's bytes is a permutation of its bits, against bank conflicts
    const uint threadPos = ((threadIdx.x & ~(HISTOGRAM64_THREADS - 1)) << 0) | ((threadIdx.x & 15) << 2) | ((threadIdx.x & 48) >> 4);
    __shared__ uchar s_Hist[HISTOGRAM64_THREADS * HISTOGRAM64_BIN_COUNT];
    uchar* s_ThreadBase = s_Hist + threadPos;
#pragma unroll
    for (uint i = 0; i < HISTOGRAM64_BIN_COUNT / 4; i++) ((uint*)s_Hist)[threadIdx.x + i * HISTOGRAM64_THREADS] = 0;
    cg::sync(cta);
    for (uint pos = UMAD(blockIdx.x, blockDim.x, threadIdx.x); pos < dataCount; pos += UMUL(blockDim.x, gridDim.x)) {
        uint4 data = d_Data[pos];
        addWord64(s_ThreadBase, data.x);
        addWord64(s_ThreadBase, data.y);
        addWord64(s_ThreadBase, data.z);
        addWord64(s_ThreadBase, data.w);
    }
    cg::sync(cta);
    if (threadIdx.x < HISTOGRAM64_BIN_COUNT) {
        uchar* s_HistBase = s_Hist + UMUL(threadIdx.x, HISTOGRAM64_THREADS);
        uint sum = 0;
        uint pos = 4 * (threadIdx.x & 15);
        for (uint i = 0; i < HISTOGRAM64_THREADS / 4; i++) {
            sum += s_HistBase[pos + 0] + s_HistBase[pos + 1] + s_HistBase[pos + 2] + s_HistBase[pos + 3];
            pos = (pos + 4) & (HISTOGRAM64_THREADS - 1);
        }
        d_PartialHistograms[blockIdx.x * HISTOGRAM64_BIN_COUNT + threadIdx.x] = sum;
    }
}

inline __device__ void addWord256(uint* s_WarpHist, uint data)
{
    atomicAdd(s_WarpHist + (data & 0xFFU), 1);
    atomicAdd(s_WarpHist + ((data >> 8) & 0xFFU), 1);
    atomicAdd(s_WarpHist + ((data >> 16) & 0xFFU), 1);
    atomicAdd(s_WarpHist + ((data >> 24) & 0xFFU), 1);
}

__global__ void histogram256Kernel(uint* d_PartialHistograms, const uint* d_Data, uint dataCount)
{
    cg::thread_block cta = cg::this_thread_block();
    __shared__ uint s_Hist[WARP_COUNT * HISTOGRAM256_BIN_COUNT];
    uint* s_WarpHist = s_Hist + (threadIdx.x >> LOG2_WARP_SIZE) * HISTOGRAM256_BIN_COUNT;
#pragma unroll
    for (uint i = 0; i < HISTOGRAM256_BIN_COUNT / WARP_SIZE; i++) s_Hist[threadIdx.x + i * HISTOGRAM256_THREADBLOCK_SIZE] = 0;
    cg::sync(cta);
    for (uint pos = UMAD(blockIdx.x, blockDim.x, threadIdx.x); pos < dataCount; pos += UMUL(blockDim.x, gridDim.x)) addWord256(s_WarpHist, d_Data[pos]);
    cg::sync(cta);
    for (uint bin = threadIdx.x; bin < HISTOGRAM256_BIN_COUNT; bin += HISTOGRAM256_THREADBLOCK_SIZE) {
        uint sum = 0;
        for (uint i = 0; i < WARP_COUNT; i++) sum += s_Hist[bin + i * HISTOGRAM256_BIN_COUNT] & TAG_MASK;
        d_PartialHistograms[blockIdx.x * HISTOGRAM256_BIN_COUNT + bin] = sum;
    }
}

#define MERGE_THREADBLOCK_SIZE 64
__global__ void mergeHistogramKernel(uint* d_Histogram, uint* d_PartialHistograms, uint histogramCount)
{
    cg::thread_block cta = cg::this_thread_block();
    uint sum = 0;
    for (uint i = threadIdx.x; i < histogramCount; i += MERGE_THREADBLOCK_SIZE) sum += d_PartialHistograms[blockIdx.x + i * gridDim.x];
    __shared__ uint data[MERGE_THREADBLOCK_SIZE];
    data[threadIdx.x] = sum;
    for (uint stride = MERGE_THREADBLOCK_SIZE / 2; stride > 0; stride >>= 1) {
        cg::sync(cta);
        if (threadIdx.x < stride) data[threadIdx.x] += data[threadIdx.x + stride];
    }
    if (threadIdx.x == 0) d_Histogram[blockIdx.x] = data[0];
}

int main(int argc, char** argv)
{
    const uint byteCount = 48 * 1024, blocks64 = 24, blocks256 = 12;
    uchar* h_Data = (uchar*)malloc(byteCount);
    srand(2009);
    for (uint i = 0; i < byteCount; i++) h_Data[i] = rand() % 256;
    uchar* d_Data;
    uint *d_Partial, *d_Histogram, h64[64], h256[256], ref64[64], ref256[256];
    cudaMalloc((void**)&d_Data, byteCount);
    cudaMalloc((void**)&d_Partial, blocks64 * 256 * sizeof(uint));
    cudaMalloc((void**)&d_Histogram, 256 * sizeof(uint));
    cudaMemcpy(d_Data, h_Data, byteCount, cudaMemcpyHostToDevice);
    histogram64Kernel<<<blocks64, HISTOGRAM64_THREADS>>>(d_Partial, (uint4*)d_Data, byteCount / sizeof(uint4));
    mergeHistogramKernel<<<64, MERGE_THREADBLOCK_SIZE>>>(d_Histogram, d_Partial, blocks64);
    cudaMemcpy(h64, d_Histogram, sizeof(h64), cudaMemcpyDeviceToHost);
    histogram256Kernel<<<blocks256, HISTOGRAM256_THREADBLOCK_SIZE>>>(d_Partial, (uint*)d_Data, byteCount / sizeof(uint));
    mergeHistogramKernel<<<256, MERGE_THREADBLOCK_SIZE>>>(d_Histogram, d_Partial, blocks256);
    cudaMemcpy(h256, d_Histogram, sizeof(h256), cudaMemcpyDeviceToHost);
    memset(ref64, 0, sizeof ref64);
    memset(ref256, 0, sizeof ref256);
    for (uint i = 0; i < byteCount; i++) {
        ref64[h_Data[i] >> 2]++;
        ref256[h_Data[i]]++;
    }
    const bool ok = cudaGetLastError() == cudaSuccess && !memcmp(h64, ref64, sizeof h64) && !memcmp(h256, ref256, sizeof h256);
    cudaFree(d_Data);
    cudaFree(d_Partial);
    cudaFree(d_Histogram);
    free(h_Data);
    if (!ok) { printf("FAIL histograms differ\n"); return 1; }
    printf("PASS histogram: %u bytes\n", byteCount);
    return 0;
}
