#include <cuda_runtime.h>

__device__ unsigned int next_random(unsigned int* state) {
    *state = *state * 1664525u + 1013904223u;
    return (*state >> 16) & 0x7fff;
}

__global__ void count_hits(int* hits, int threads, int samples, unsigned int seed) {
    int t = blockIdx.x * blockDim.x + threadIdx.x;
    int inside = 0;
    if (t < threads) {
        unsigned int state = seed + 2654435761u * t;
        for (int i = 0; i < samples; ++i) {
            unsigned int x = next_random(&state);
            unsigned int y = next_random(&state);
            inside += (x * x + y * y) < (1u << 30);
        }
    }
    unsigned int mask = __ballot_sync(0xffffffffu, inside > 0);
    if (mask != 0) {
        for (int o = 16; o > 0; o >>= 1) inside += __shfl_xor_sync(0xffffffffu, inside, o);
        if ((threadIdx.x & 31) == 0) atomicAdd(hits, inside);
    }
}

void launch(int* hits, int threads, int samples, int seed) {
    cudaMemset(hits, 0, sizeof(int));
    count_hits<<<(threads + 127) / 128, 128>>>(hits, threads, samples, (unsigned int)seed);
    cudaDeviceSynchronize();
}
