// ARGS: y:f16[24] x:f16[24] b:f16[6] rows=4 cols=6
// NESTS: 1
// y = gelu(x + bias) over half, tanh form: one thread per element.
#include <cuda_fp16.h>
#include <cuda_runtime.h>
#include <math.h>

__global__ void bias_gelu_kernel(half* y, const half* x, const half* bias, int rows, int cols) {
    int idx = blockIdx.x * blockDim.x + threadIdx.x;
    if (idx < rows * cols) {
        float v = __half2float(x[idx]) + __half2float(bias[idx % cols]);
        float inner = 0.7978845608f * (v + 0.044715f * v * v * v);
        float gelu = 0.5f * v * (1.0f + tanhf(inner));
        y[idx] = __float2half(gelu);
    }
}

extern "C" void launch(half* y, const half* x, const half* bias, int rows, int cols) {
    int total = rows * cols;
    int threads = 256;
    int blocks = (total + threads - 1) / threads;
    bias_gelu_kernel<<<blocks, threads>>>(y, x, bias, rows, cols);
    cudaDeviceSynchronize();
}
