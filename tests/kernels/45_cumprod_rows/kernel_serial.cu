#include <cuda_runtime.h>

__global__ void cumprod_kernel(float* output, const float* input, int rows, int cols) {
    int row = blockIdx.x * blockDim.x + threadIdx.x;
    if (row < rows) {
        float running = 1.0f;
        const float* in_ptr = input + row * cols;
        float* out_ptr = output + row * cols;
        for (int i = 0; i < cols; i++) {
            running *= *in_ptr++;
            *out_ptr++ = running;
        }
    }
}

void launch(float* out, const float* x, int rows, int cols) {
    int threads = 64;
    cumprod_kernel<<<(rows + threads - 1) / threads, threads>>>(out, x, rows, cols);
    cudaDeviceSynchronize();
}
