// gelu(x + bias), tanh form, by its definition.
#include <cuda_fp16.h>

__global__ void reference(half* y, const half* x, const half* bias, int rows, int cols) {
    int c = blockIdx.x * blockDim.x + threadIdx.x;
    int r = blockIdx.y;
    if (c < cols) {
        float v = __half2float(x[r * cols + c]) + __half2float(bias[c]);
        float t = tanhf(0.7978845608f * (v + 0.044715f * (v * v * v)));
        y[r * cols + c] = __float2half(0.5f * v * (1.0f + t));
    }
}

extern "C" void launch(half* y, const half* x, const half* bias, int rows, int cols) {
    dim3 grid((cols + 63) / 64, rows);
    reference<<<grid, 64>>>(y, x, bias, rows, cols);
}
