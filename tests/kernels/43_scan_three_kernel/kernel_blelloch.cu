#include <cuda_runtime.h>

#define N_THREADS 128
#define N_ITEMS (2 * N_THREADS)

// Work-efficient exclusive scan of a block, made inclusive at the store.
__global__ void blelloch_block(int* out, const int* in, int* sums, int n) {
    __shared__ int temp[N_ITEMS];
    int t = threadIdx.x;
    int base = blockIdx.x * N_ITEMS;
    int a = base + 2 * t, b = a + 1;
    int va = a < n ? in[a] : 0, vb = b < n ? in[b] : 0;
    temp[2 * t] = va;
    temp[2 * t + 1] = vb;
    int offset = 1;
    for (int d = N_THREADS; d > 0; d >>= 1) {
        __syncthreads();
        if (t < d) {
            int ai = offset * (2 * t + 1) - 1;
            int bi = offset * (2 * t + 2) - 1;
            temp[bi] += temp[ai];
        }
        offset *= 2;
    }
    if (t == 0) {
        sums[blockIdx.x] = temp[N_ITEMS - 1];
        temp[N_ITEMS - 1] = 0;
    }
    for (int d = 1; d < N_ITEMS; d *= 2) {
        offset >>= 1;
        __syncthreads();
        if (t < d) {
            int ai = offset * (2 * t + 1) - 1;
            int bi = offset * (2 * t + 2) - 1;
            int tmp = temp[ai];
            temp[ai] = temp[bi];
            temp[bi] += tmp;
        }
    }
    __syncthreads();
    if (a < n) out[a] = temp[2 * t] + va;
    if (b < n) out[b] = temp[2 * t + 1] + vb;
}

__global__ void add_previous(int* out, const int* sums, int n) {
    __shared__ int base;
    if (threadIdx.x == 0) {
        int s = 0;
        for (int b = 0; b < (int)blockIdx.x; ++b) s += sums[b];
        base = s;
    }
    __syncthreads();
    for (int k = 0; k < 2; ++k) {
        int i = blockIdx.x * N_ITEMS + k * N_THREADS + threadIdx.x;
        if (i < n) out[i] += base;
    }
}

void launch(int* out, const int* in, int n) {
    int blocks = (n + N_ITEMS - 1) / N_ITEMS;
    int* sums;
    cudaMalloc(&sums, blocks * sizeof(int));
    blelloch_block<<<blocks, N_THREADS>>>(out, in, sums, n);
    add_previous<<<blocks, N_THREADS>>>(out, sums, n);
    cudaFree(sums);
}
