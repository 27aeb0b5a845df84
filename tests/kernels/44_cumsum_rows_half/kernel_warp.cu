#include <cuda_runtime.h>
#include <cuda_fp16.h>

__global__ void cumsum_warp(half* out, const half* x, int rows, int cols) {
    int row = blockIdx.x * blockDim.y + threadIdx.y;
    if (row >= rows) return;
    float carry = 0.0f;
    for (int base = 0; base < cols; base += 32) {
        int c = base + threadIdx.x;
        float v = c < cols ? __half2float(x[(int64_t)row * cols + c]) : 0.0f;
#pragma unroll
        for (int d = 1; d < 32; d *= 2) {
            float up = __shfl_up_sync(0xffffffff, v, d);
            if (threadIdx.x >= d) v += up;
        }
        v += carry;
        if (c < cols) out[(int64_t)row * cols + c] = __float2half(v);
        carry = __shfl_sync(0xffffffff, v, 31);
    }
}

void launch(void* out, void* x, int64_t rows, int64_t cols) {
    dim3 block(32, 4);
    cumsum_warp<<<(unsigned)((rows + 3) / 4), block>>>((half*)out, (const half*)x, (int)rows, (int)cols);
    cudaDeviceSynchronize();
}
