#include <cuda_runtime.h>
#include <cstdio>

#define BLOCK 256

__global__ void scan_blocks(const int* in, int* out, int* sums, int n) {
    __shared__ int buf[2][BLOCK];
    int tid = threadIdx.x, i = blockIdx.x * BLOCK + tid;
    int src = 0;
    buf[0][tid] = i < n ? in[i] : 0;
    __syncthreads();
    for (int off = 1; off < BLOCK; off <<= 1) {
        int dst = 1 - src;
        buf[dst][tid] = tid >= off ? buf[src][tid] + buf[src][tid - off] : buf[src][tid];
        __syncthreads();
        src = dst;
    }
    if (i < n) out[i] = buf[src][tid];
    if (tid == BLOCK - 1) sums[blockIdx.x] = buf[src][tid];
}

__global__ void scan_sums(int* sums, int nblocks) {
    __shared__ int sh[1024];
    __shared__ int carry;
    if (threadIdx.x == 0) carry = 0;
    __syncthreads();
    for (int base = 0; base < nblocks; base += 1024) {
        int i = base + threadIdx.x;
        sh[threadIdx.x] = i < nblocks ? sums[i] : 0;
        __syncthreads();
        for (int off = 1; off < 1024; off *= 2) {
            int t = threadIdx.x >= off ? sh[threadIdx.x - off] : 0;
            __syncthreads();
            sh[threadIdx.x] += t;
            __syncthreads();
        }
        if (i < nblocks) sums[i] = sh[threadIdx.x] + carry;
        __syncthreads();
        if (threadIdx.x == 1023) carry += sh[1023];
        __syncthreads();
    }
}

__global__ void add_offsets(int* out, const int* sums, int n) {
    int i = blockIdx.x * BLOCK + threadIdx.x;
    if (i < n && blockIdx.x > 0) out[i] += sums[blockIdx.x - 1];
}

void launch(int* out, const int* in, int n) {
    int nblocks = (n + BLOCK - 1) / BLOCK;
    int* sums = NULL;
    cudaMalloc((void**)&sums, nblocks * sizeof(int));
    scan_blocks<<<nblocks, BLOCK>>>(in, out, sums, n);
    scan_sums<<<1, 1024>>>(sums, nblocks);
    add_offsets<<<nblocks, BLOCK>>>(out, sums, n);
    cudaDeviceSynchronize();
    cudaFree(sums);
}
