#include <cuda_fp16.h>
#include <cuda_runtime.h>
#include <cstdio>
#include <cstdint>

__global__ void hardtanh_kernel(half* out, const half* __restrict__ x, int64_t total, half lo, half hi) {
    int64_t stride = (int64_t)gridDim.x * blockDim.x;
    for (int64_t i = (int64_t)blockIdx.x * blockDim.x + threadIdx.x; i < total; i += stride) {
        half v = x[i];
        if (__hlt(v, lo)) v = lo;
        if (__hgt(v, hi)) v = hi;
        out[i] = v;
    }
}

void launch(void* out, void* x, int64_t rows, int64_t cols, float lo, float hi) {
    const int64_t total = rows * cols;
    const int kThreads = 512;
    int64_t blocks = (total + kThreads - 1) / kThreads;
    if (blocks > 65535) blocks = 65535;
    hardtanh_kernel<<<static_cast<unsigned int>(blocks), kThreads>>>(
        (half*)out, (const half*)x, total, __float2half(lo), __float2half(hi));
    cudaError_t err = cudaGetLastError();
    if (err != cudaSuccess) {
        printf("kernel launch failed: %s\n", cudaGetErrorString(err));
    }
    cudaDeviceSynchronize();
}
