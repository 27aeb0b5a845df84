// Reduction in one launch: the last block to finish adds the partial sums.
#include <cstdio>
#include <cstdlib>
#include <vector>
#include <cuda_runtime.h>

__device__ unsigned int retirementCount = 0;
__device__ volatile float g_partial[64];

template <unsigned int blockSize>
__device__ void reduceBlock(volatile float* sdata, float mySum, const unsigned int tid)
{
    sdata[tid] = mySum;
    __syncthreads();
    if (blockSize >= 256) { if (tid < 128) sdata[tid] = mySum = mySum + sdata[tid + 128]; __syncthreads(); }
    if (blockSize >= 128) { if (tid < 64) sdata[tid] = mySum = mySum + sdata[tid + 64]; __syncthreads(); }
    if (tid < 32) {
        if (blockSize >= 64) mySum += sdata[tid + 32];
        for (int offset = 16; offset > 0; offset >>= 1) mySum += __shfl_down_sync(0xffffffffu, mySum, offset);
        if (tid == 0) sdata[0] = mySum;
    }
}

template <unsigned int blockSize>
__global__ void reduceSinglePass(const float* g_idata, float* g_odata, unsigned int n)
{
    extern __shared__ float smem[];
    const unsigned tid = threadIdx.x;
    float mySum = 0;
    for (unsigned i = blockIdx.x * blockSize + tid; i < n; i += blockSize * gridDim.x) mySum += g_idata[i];
    reduceBlock<blockSize>(smem, mySum, tid);
    if (tid == 0) g_partial[blockIdx.x] = smem[0];

    if (gridDim.x > 1) {
        __shared__ bool amLast;
        __threadfence();
        if (tid == 0) {
            unsigned int ticket = atomicInc(&retirementCount, gridDim.x);
            amLast = (ticket == gridDim.x - 1);
        }
        __syncthreads();
        if (amLast) {
            mySum = 0;
            for (unsigned i = tid; i < gridDim.x; i += blockSize) mySum += g_partial[i];
            reduceBlock<blockSize>(smem, mySum, tid);
            if (tid == 0) {
                g_odata[0] = smem[0];
                retirementCount = 0;
            }
        }
    } else if (tid == 0) {
        g_odata[0] = smem[0];
    }
}

int main()
{
    const unsigned n = 20000;
    std::vector<float> h(n);
    double ref = 0;
    unsigned s = 1;
    for (auto& v : h) {
        s = s * 1664525u + 1013904223u;
        v = (float)(s >> 25);
        ref += v;
    }
    float *d, *o, got[5];
    cudaMalloc((void**)&d, n * sizeof(float));
    cudaMalloc((void**)&o, sizeof(float));
    cudaMemcpy(d, h.data(), n * sizeof(float), cudaMemcpyHostToDevice);
    for (int k = 0; k < 5; k++) {
        switch (k) {
        case 0: reduceSinglePass<256><<<32, 256, 256 * sizeof(float)>>>(d, o, n); break;
        case 1: reduceSinglePass<128><<<64, 128, 128 * sizeof(float)>>>(d, o, n); break;
        case 2: reduceSinglePass<64><<<7, 64, 64 * sizeof(float)>>>(d, o, n); break;
        case 3: reduceSinglePass<32><<<9, 32, 32 * sizeof(float)>>>(d, o, n); break;
        default: reduceSinglePass<256><<<1, 256, 256 * sizeof(float)>>>(d, o, n); break;
        }
        cudaMemcpy(&got[k], o, sizeof(float), cudaMemcpyDeviceToHost);
    }
    unsigned left = 1;
    cudaMemcpyFromSymbol(&left, retirementCount, sizeof left);
    cudaFree(d);
    cudaFree(o);
    for (int k = 0; k < 5; k++)
        if (got[k] != (float)ref) { printf("FAIL variant %d: %.0f, expected %.0f\n", k, got[k], ref); return 1; }
    if (left != 0 || cudaGetLastError() != cudaSuccess) { printf("FAIL counter %u\n", left); return 1; }
    printf("PASS threadfence: sum %.0f\n", ref);
    return 0;
}
