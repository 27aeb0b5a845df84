#include <cuda_runtime.h>

__device__ __forceinline__ float warp_inclusive_prod(float v, int lane) {
#pragma unroll
    for (int off = 1; off < 32; off <<= 1) {
        float t = __shfl_up_sync(0xffffffffu, v, off);
        if (lane >= off) v *= t;
    }
    return v;
}

__global__ void cumprod_kernel(float* __restrict__ out, const float* __restrict__ x, int rows, int cols) {
    const int lane = threadIdx.x % warpSize;
    const int row = (blockIdx.x * blockDim.x + threadIdx.x) / warpSize;
    if (row >= rows) return;
    float carry = 1.0f;
    for (int base = 0; base < cols; base += 32) {
        const int c = base + lane;
        float v = c < cols ? x[row * cols + c] : 1.0f;
        v = warp_inclusive_prod(v, lane) * carry;
        if (c < cols) out[row * cols + c] = v;
        carry = __shfl_sync(0xffffffffu, v, 31);
    }
}

void launch(float* out, const float* x, int rows, int cols) {
    const int block = 128;
    const int warps = block / 32;
    cumprod_kernel<<<(rows + warps - 1) / warps, block>>>(out, x, rows, cols);
    cudaError_t e = cudaGetLastError();
    (void)e;
}
