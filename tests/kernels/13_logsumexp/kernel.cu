#include <cuda_runtime.h>
#include <cfloat>
#include <cstdio>

template <int BLOCK_SIZE>
__device__ float block_reduce_max(float v, float* sh) {
    sh[threadIdx.x] = v;
    __syncthreads();
#pragma unroll
    for (int s = BLOCK_SIZE / 2; s > 0; s >>= 1) {
        if (threadIdx.x < s) sh[threadIdx.x] = fmaxf(sh[threadIdx.x], sh[threadIdx.x + s]);
        __syncthreads();
    }
    float r = sh[0];
    __syncthreads();
    return r;
}

template <int BLOCK_SIZE>
__device__ float block_reduce_sum(float v, float* sh) {
    sh[threadIdx.x] = v;
    __syncthreads();
#pragma unroll
    for (int s = BLOCK_SIZE / 2; s > 0; s >>= 1) {
        if (threadIdx.x < s) sh[threadIdx.x] += sh[threadIdx.x + s];
        __syncthreads();
    }
    float r = sh[0];
    __syncthreads();
    return r;
}

template <int BLOCK_SIZE>
__global__ void logsumexp_kernel(const float* __restrict__ x, float* __restrict__ out, int cols) {
    __shared__ float sh[BLOCK_SIZE];
    const float* row = x + (size_t)blockIdx.x * cols;
    float m = -FLT_MAX;
    for (int i = threadIdx.x; i < cols; i += BLOCK_SIZE) m = fmaxf(m, row[i]);
    m = block_reduce_max<BLOCK_SIZE>(m, sh);
    float s = 0.f;
    for (int i = threadIdx.x; i < cols; i += BLOCK_SIZE) s += expf(row[i] - m);
    s = block_reduce_sum<BLOCK_SIZE>(s, sh);
    if (threadIdx.x == 0) out[blockIdx.x] = m + logf(s);
}

void launch(float* out, const float* x, int rows, int cols) {
    int bs = 32;
    while (bs < cols && bs < 256) bs *= 2;
    switch (bs) {
        case 32: logsumexp_kernel<32><<<rows, 32>>>(x, out, cols); break;
        case 64: logsumexp_kernel<64><<<rows, 64>>>(x, out, cols); break;
        case 128: logsumexp_kernel<128><<<rows, 128>>>(x, out, cols); break;
        default: logsumexp_kernel<256><<<rows, 256>>>(x, out, cols); break;
    }
    cudaDeviceSynchronize();
}
