#include <cuda_runtime.h>
#include <cuda_fp16.h>

__global__ void fused_bias_residual_relu(half* out, const half* x, const half* residual, const half* bias,
                                         int total, int cols) {
    int tid = blockIdx.x * blockDim.x + threadIdx.x;
    int step = blockDim.x * gridDim.x;
    const half zero = __float2half(0.0f);
    for (int i = tid; i < total; i += step) {
        half v = __hadd(x[i], bias[i % cols]);
        v = __hadd(v, residual[i]);
        out[i] = __hgt(v, zero) ? v : zero;
    }
}

void launch(void* out, void* x, void* residual, void* bias, int rows, int cols) {
    int total = rows * cols;
    int grid = (total + 255) / 256;
    if (grid > 64) grid = 64;
    fused_bias_residual_relu<<<grid, 256>>>((half*)out, (half*)x, (half*)residual, (half*)bias, total, cols);
    cudaDeviceSynchronize();
}
