#include <cuda_runtime.h>
#include <cuda_fp16.h>
#include <mma.h>
#include <stdint.h>

// out = a @ b^T + bias  (torch.nn.Linear)
__global__ void linear_kernel(half* out, const half* a, const half* b, const half* bias, int64_t m, int64_t n, int64_t k) {
    int64_t col = blockIdx.x * blockDim.x + threadIdx.x;
    int64_t row = blockIdx.y * blockDim.y + threadIdx.y;
    if (row < m && col < n) {
        float acc = 0.0f;
        for (int64_t i = 0; i < k; ++i) {
            acc += __half2float(a[row * k + i]) * __half2float(b[col * k + i]);
        }
        acc += __half2float(bias[col]);
        out[row * n + col] = __float2half(acc);
    }
}

void launch(void* out, void* a, void* b, void* bias, int64_t m, int64_t n, int64_t k) {
    dim3 threadsPerBlock(16, 16);
    dim3 numBlocks((n + 15) / 16, (m + 15) / 16);
    linear_kernel<<<numBlocks, threadsPerBlock>>>(static_cast<half*>(out), static_cast<const half*>(a),
                                                  static_cast<const half*>(b), static_cast<const half*>(bias), m, n, k);
    cudaDeviceSynchronize();
}
