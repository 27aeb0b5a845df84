#include <cuda_runtime.h>

__device__ __forceinline__ unsigned int lcg(unsigned int& s) {
    s = s * 1664525u + 1013904223u;
    return s >> 16;
}

__global__ void pi_kernel(int* hits, int threads, int samples, unsigned int seed) {
    __shared__ int block_hits;
    if (threadIdx.x == 0) block_hits = 0;
    __syncthreads();
    const int t = blockIdx.x * blockDim.x + threadIdx.x;
    if (t < threads) {
        unsigned int state = seed + 2654435761u * (unsigned int)t;
        int mine = 0;
        for (int i = 0; i < samples; ++i) {
            const unsigned int x = lcg(state) & 0x7fff, y = lcg(state) & 0x7fff;
            if (x * x + y * y < 32768u * 32768u) ++mine;
        }
        atomicAdd(&block_hits, mine);
    }
    __syncthreads();
    if (threadIdx.x == 0) atomicAdd(hits, block_hits);
}

void launch(int* hits, int threads, int samples, int seed) {
    cudaMemset(hits, 0, sizeof(int));
    pi_kernel<<<(threads + 127) / 128, 128>>>(hits, threads, samples, (unsigned int)seed);
    cudaDeviceSynchronize();
}
