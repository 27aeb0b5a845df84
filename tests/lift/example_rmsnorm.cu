// ARGS: o:f16[24] x:f16[24] w:f16[6] rows=4 cols=6 eps=1e-5
// NESTS: 2
// RMS normalisation over half rows: one thread per row, float accumulation.
#include <cuda_fp16.h>
#include <cuda_runtime.h>

__global__ void rmsnorm_kernel(half* out, const half* x, const half* weight, int rows, int cols,
                               float eps) {
    int row = blockIdx.x * blockDim.x + threadIdx.x;
    if (row >= rows) return;

    const half* x_row = x + (size_t)row * cols;
    half* out_row = out + (size_t)row * cols;

    float sum_sq = 0.0f;
    for (int i = 0; i < cols; i++) {
        float v = __half2float(x_row[i]);
        sum_sq += v * v;
    }
    float scale = rsqrtf(sum_sq / cols + eps);
    for (int i = 0; i < cols; i++) {
        out_row[i] = __float2half(__half2float(x_row[i]) * scale * __half2float(weight[i]));
    }
}

extern "C" void launch(half* out, const half* x, const half* weight, int rows, int cols, float eps) {
    int threads = 256;
    int blocks = (rows + threads - 1) / threads;
    rmsnorm_kernel<<<blocks, threads>>>(out, x, weight, rows, cols, eps);
    cudaDeviceSynchronize();
}
