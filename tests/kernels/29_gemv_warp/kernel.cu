#include <cuda_runtime.h>
#include <cuda_fp16.h>
#include <algorithm>

__global__ void gemv_half2_kernel(half* __restrict__ y, const half* __restrict__ A, const half* __restrict__ x, int rows, int cols) {
    const int gwarp = (blockIdx.x * blockDim.x + threadIdx.x) >> 5;
    const int lane = threadIdx.x & 31;
    const int nwarps = (gridDim.x * blockDim.x) >> 5;
    const half2* x2 = reinterpret_cast<const half2*>(x);
    for (int row = gwarp; row < rows; row += nwarps) {
        const half2* a2 = reinterpret_cast<const half2*>(A + (size_t)row * cols);
        float acc = 0.0f;
        for (int i = lane; i < cols / 2; i += 32) {
            const float2 av = __half22float2(a2[i]);
            const float2 xv = __half22float2(__ldg(&x2[i]));
            acc = fmaf(av.x, xv.x, acc);
            acc = fmaf(av.y, xv.y, acc);
        }
        for (int o = 16; o > 0; o >>= 1) acc += __shfl_down_sync(0xffffffff, acc, o);
        if (lane == 0) y[row] = __float2half_rn(acc);
    }
}

void launch(void* y, const void* A, const void* x, int rows, int cols) {
    const int block = 128;
    const int grid = std::min(256, (rows + 3) / 4);
    gemv_half2_kernel<<<grid, block>>>((half*)y, (const half*)A, (const half*)x, rows, cols);
    cudaDeviceSynchronize();
}
