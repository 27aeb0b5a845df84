#include <cuda_runtime.h>
#include <cuda_fp16.h>

__global__ void fused_bias_residual_relu(half* __restrict__ out, const half* __restrict__ x,
                                         const half* __restrict__ residual, const half* __restrict__ bias,
                                         int rows, int cols) {
    const int col = blockIdx.x * blockDim.x + threadIdx.x;
    const int row = blockIdx.y * blockDim.y + threadIdx.y;
    if (col >= cols || row >= rows) return;
    const int idx = row * cols + col;
    half v = __hadd(__ldg(&x[idx]), __ldg(&bias[col]));
    v = __hadd(v, __ldg(&residual[idx]));
    const half zero = __float2half(0.0f);
    out[idx] = v > zero ? v : zero;
}

void launch(void* out, void* x, void* residual, void* bias, int rows, int cols) {
    dim3 block(32, 8);
    dim3 grid((cols + block.x - 1) / block.x, (rows + block.y - 1) / block.y);
    fused_bias_residual_relu<<<grid, block>>>(
        static_cast<half*>(out), static_cast<const half*>(x),
        static_cast<const half*>(residual), static_cast<const half*>(bias), rows, cols);
    cudaDeviceSynchronize();
}
