#include <cuda_runtime.h>

#define WARPS 4

// A private histogram per warp, merged at the end.
__global__ void hist_warp(unsigned int* hist, const int4* data4, const int* data, int n, int bins) {
    extern __shared__ unsigned int sub[];
    unsigned int* mine = sub + (threadIdx.x / 32) * bins;
    for (int i = threadIdx.x; i < WARPS * bins; i += blockDim.x) sub[i] = 0u;
    __syncthreads();
    int quads = n / 4;
    for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < quads; i += gridDim.x * blockDim.x) {
        int4 v = data4[i];
        atomicAdd(&mine[v.x], 1u);
        atomicAdd(&mine[v.y], 1u);
        atomicAdd(&mine[v.z], 1u);
        atomicAdd(&mine[v.w], 1u);
    }
    if (blockIdx.x == 0 && threadIdx.x < n % 4) atomicAdd(&mine[data[quads * 4 + threadIdx.x]], 1u);
    __syncthreads();
    for (int b = threadIdx.x; b < bins; b += blockDim.x) {
        unsigned int total = 0;
        for (int w = 0; w < WARPS; ++w) total += sub[w * bins + b];
        if (total) atomicAdd(&hist[b], total);
    }
}

void launch(int* hist, const int* data, int n, int bins) {
    cudaMemset(hist, 0, bins * sizeof(int));
    int blocks = (n + 2047) / 2048;
    hist_warp<<<blocks, WARPS * 32, WARPS * bins * sizeof(unsigned int)>>>(
        reinterpret_cast<unsigned int*>(hist), reinterpret_cast<const int4*>(data), data, n, bins);
}
