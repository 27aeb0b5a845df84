#include <cuda_runtime.h>
#include <cuda_bf16.h>

typedef __nv_bfloat16 bf16;

__global__ void rmsnorm_bf16_kernel(bf16* __restrict__ out, const bf16* __restrict__ x, const bf16* __restrict__ w,
                                    int rows, int cols, float eps) {
    int row = blockIdx.x * blockDim.y + threadIdx.y;
    if (row >= rows) return;
    const bf16* xr = x + (size_t)row * cols;
    float ss = 0.0f;
    for (int c = threadIdx.x; c < cols; c += 32) {
        float v = __bfloat162float(xr[c]);
        ss = fmaf(v, v, ss);
    }
    for (int m = 16; m; m >>= 1) ss += __shfl_xor_sync(0xffffffff, ss, m, 32);
    float inv = rsqrtf(ss / (float)cols + eps);
    for (int c = threadIdx.x; c < cols; c += 32)
        out[(size_t)row * cols + c] = __float2bfloat16(__bfloat162float(xr[c]) * inv * __bfloat162float(w[c]));
}

void launch(void* out, const void* x, const void* w, int rows, int cols, float eps) {
    dim3 block(32, 4);
    rmsnorm_bf16_kernel<<<(rows + 3) / 4, block>>>((bf16*)out, (const bf16*)x, (const bf16*)w, rows, cols, eps);
    cudaDeviceSynchronize();
}
