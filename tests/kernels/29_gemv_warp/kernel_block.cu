#include <cuda_runtime.h>
#include <cuda_fp16.h>

__global__ void gemv_block(half* y, const half* A, const half* x, int cols) {
    __shared__ float sums[128];
    const half* row = A + (size_t)blockIdx.x * cols;
    float acc = 0.0f;
    for (int c = threadIdx.x; c < cols; c += blockDim.x) acc += __half2float(row[c]) * __half2float(x[c]);
    sums[threadIdx.x] = acc;
    __syncthreads();
    for (int s = blockDim.x / 2; s >= 1; s >>= 1) {
        if (threadIdx.x < s) sums[threadIdx.x] += sums[threadIdx.x + s];
        __syncthreads();
    }
    if (threadIdx.x == 0) y[blockIdx.x] = __float2half(sums[0]);
}

void launch(void* y, const void* A, const void* x, int rows, int cols) {
    gemv_block<<<rows, 128>>>((half*)y, (const half*)A, (const half*)x, cols);
    cudaDeviceSynchronize();
}
