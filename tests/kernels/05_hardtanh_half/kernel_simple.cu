#include <cuda_runtime.h>
#include <cuda_fp16.h>

__global__ void hardtanh_kernel(const half* x, half* out, int64_t rows, int64_t cols, float min_val, float max_val) {
    int64_t row = blockIdx.y;
    int64_t col = blockIdx.x * blockDim.x + threadIdx.x;
    if (row >= rows || col >= cols) return;
    float v = __half2float(x[row * cols + col]);
    if (v < min_val) {
        v = min_val;
    } else if (v > max_val) {
        v = max_val;
    }
    out[row * cols + col] = __float2half(v);
}

void launch(void* out, void* x, int64_t rows, int64_t cols, float lo, float hi) {
    dim3 block(128);
    dim3 grid((unsigned)((cols + 127) / 128), (unsigned)rows);
    hardtanh_kernel<<<grid, block>>>((const half*)x, (half*)out, rows, cols, lo, hi);
    cudaDeviceSynchronize();
}
