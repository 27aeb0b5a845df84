#include <cuda_runtime.h>
#include <cuda_fp16.h>
#include <stdint.h>

__global__ void dequant(half* out, const int8_t* q, const float* scale, const int* zero_point, int total, int cols) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < total) {
        int r = i / cols;
        out[i] = __float2half_rn(scale[r] * (float)((int)q[i] - zero_point[r]));
    }
}

void launch(void* out, const int8_t* q, const float* scale, const int* zero, int rows, int cols) {
    int total = rows * cols;
    dequant<<<(total + 255) / 256, 256>>>((half*)out, q, scale, zero, total, cols);
    cudaDeviceSynchronize();
}
