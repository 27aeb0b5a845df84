#include <cuda_runtime.h>
#include <cuda_fp16.h>
#include <mma.h>

__global__ void bmm_kernel(const half* x, const half* y, half* out, int64_t m, int64_t n, int64_t k) {
    int64_t batch = blockIdx.z;
    int64_t row = blockIdx.y * blockDim.y + threadIdx.y;
    int64_t col = blockIdx.x * blockDim.x + threadIdx.x;
    if (row >= m || col >= n) return;
    const half* xb = x + batch * m * k;
    const half* yb = y + batch * k * n;
    float sum = 0.0f;
    for (int64_t i = 0; i < k; i++) {
        sum += __half2float(xb[row * k + i]) * __half2float(yb[i * n + col]);
    }
    out[batch * m * n + row * n + col] = __float2half(sum);
}

void launch(void* out, void* x, void* y, int64_t b, int64_t m, int64_t n, int64_t k) {
    dim3 block(16, 16);
    dim3 grid((n + 15) / 16, (m + 15) / 16, b);
    bmm_kernel<<<grid, block>>>((const half*)x, (const half*)y, (half*)out, m, n, k);
    cudaDeviceSynchronize();
}
