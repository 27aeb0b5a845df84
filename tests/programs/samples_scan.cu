// Inclusive and exclusive scans: four elements a thread, Hillis-Steele on twice the size, uniform update.
#include <cstdio>
#include <cstdlib>
#include <vector>
#include <cuda_runtime.h>
#include <cooperative_groups.h>

namespace cg = cooperative_groups;

typedef unsigned int uint;
const uint THREADBLOCK_SIZE = 128;
const uint BLOCK_ELEMENTS = 4 * THREADBLOCK_SIZE;

inline __device__ uint scan1Inclusive(uint idata, volatile uint* s_Data, uint size, cg::thread_block cta)
{
    uint pos = 2 * threadIdx.x - (threadIdx.x & (size - 1));
    s_Data[pos] = 0;
    pos += size;
    s_Data[pos] = idata;
    for (uint offset = 1; offset < size; offset <<= 1) {
        cg::sync(cta);
        uint t = s_Data[pos] + s_Data[pos - offset];
        cg::sync(cta);
        s_Data[pos] = t;
    }
    return s_Data[pos];
}

inline __device__ uint scan1Exclusive(uint idata, volatile uint* s_Data, uint size, cg::thread_block cta)
{
    return scan1Inclusive(idata, s_Data, size, cta) - idata;
}

inline __device__ uint4 scan4Exclusive(uint4 idata4, volatile uint* s_Data, uint size, cg::thread_block cta)
{
    idata4.y += idata4.x;
    idata4.z += idata4.y;
    idata4.w += idata4.z;
    const uint oval = scan1Exclusive(idata4.w, s_Data, size / 4, cta);
    uint4 r = {oval, oval + idata4.x, oval + idata4.y, oval + idata4.z};
    return r;
}

__global__ void scanExclusiveShared(uint4* d_Dst, const uint4* d_Src, uint* d_Sums, uint size)
{
    cg::thread_block cta = cg::this_thread_block();
    __shared__ uint s_Data[2 * THREADBLOCK_SIZE];
    const uint pos = blockIdx.x * blockDim.x + threadIdx.x;
    const uint4 idata4 = d_Src[pos];
    const uint4 odata4 = scan4Exclusive(idata4, s_Data, size, cta);
    d_Dst[pos] = odata4;
    if (d_Sums && threadIdx.x == THREADBLOCK_SIZE - 1) d_Sums[blockIdx.x] = odata4.w + idata4.w;
}

__global__ void scanSums(uint* d_Buf, uint n)
{
    cg::thread_block cta = cg::this_thread_block();
    __shared__ uint s_Data[2 * THREADBLOCK_SIZE];
    const uint v = threadIdx.x < n ? d_Buf[threadIdx.x] : 0;
    const uint o = scan1Exclusive(v, s_Data, THREADBLOCK_SIZE, cta);
    if (threadIdx.x < n) d_Buf[threadIdx.x] = o;
}

__global__ void uniformUpdate(uint4* d_Data, const uint* d_Buffer)
{
    cg::thread_block cta = cg::this_thread_block();
    __shared__ uint buf;
    const uint pos = blockIdx.x * blockDim.x + threadIdx.x;
    if (threadIdx.x == 0) buf = d_Buffer[blockIdx.x];
    cg::sync(cta);
    uint4 data4 = d_Data[pos];
    data4.x += buf;
    data4.y += buf;
    data4.z += buf;
    data4.w += buf;
    d_Data[pos] = data4;
}

int main(int argc, char** argv)
{
    const uint blocks = 24, n = blocks * BLOCK_ELEMENTS;
    uint* h = (uint*)malloc(n * sizeof(uint));
    std::vector<uint> out(n);
    srand(2009);
    for (uint i = 0; i < n; i++) h[i] = rand();
    uint *d_Input, *d_Output, *d_Sums;
    cudaMalloc((void**)&d_Input, n * sizeof(uint));
    cudaMalloc((void**)&d_Output, n * sizeof(uint));
    cudaMalloc((void**)&d_Sums, blocks * sizeof(uint));
    cudaMemcpy(d_Input, h, n * sizeof(uint), cudaMemcpyHostToDevice);
    int failed = 0;

    // short arrays: each of 64 elements alone
    scanExclusiveShared<<<blocks, THREADBLOCK_SIZE>>>((uint4*)d_Output, (uint4*)d_Input, NULL, 64);
    cudaMemcpy(out.data(), d_Output, n * sizeof(uint), cudaMemcpyDeviceToHost);
    for (uint b = 0; b < n; b += 64) {
        uint sum = 0;
        for (uint i = b; i < b + 64; i++) {
            failed += out[i] != sum;
            sum += h[i];
        }
    }
    // one long array
    scanExclusiveShared<<<blocks, THREADBLOCK_SIZE>>>((uint4*)d_Output, (uint4*)d_Input, d_Sums, BLOCK_ELEMENTS);
    scanSums<<<1, THREADBLOCK_SIZE>>>(d_Sums, blocks);
    uniformUpdate<<<blocks, THREADBLOCK_SIZE>>>((uint4*)d_Output, d_Sums);
    cudaMemcpy(out.data(), d_Output, n * sizeof(uint), cudaMemcpyDeviceToHost);
    uint sum = 0;
    for (uint i = 0; i < n; i++) {
        failed += out[i] != sum;
        sum += h[i];
    }
    failed += cudaGetLastError() != cudaSuccess;
    cudaFree(d_Input);
    cudaFree(d_Output);
    cudaFree(d_Sums);
    free(h);
    if (failed) { printf("FAIL %d elements\n", failed); return 1; }
    printf("PASS scan: %u elements, sum %u\n", n, sum);
    return 0;
}
