#include <cuda_runtime.h>
#include <stdint.h>

__global__ void xnor_gemm(int* out, const uint32_t* a, const uint32_t* b, int m, int n, int kw) {
    int col = blockIdx.x * blockDim.x + threadIdx.x;
    int row = blockIdx.y * blockDim.y + threadIdx.y;
    if (row < m && col < n) {
        int mismatches = 0;
        for (int w = 0; w < kw; ++w) mismatches += __popc(a[row * kw + w] ^ b[col * kw + w]);
        out[row * n + col] = 32 * kw - 2 * mismatches;
    }
}

void launch(int* out, const uint32_t* a, const uint32_t* b, int m, int n, int kw) {
    dim3 block(32, 4);
    dim3 grid((n + 31) / 32, (m + 3) / 4);
    xnor_gemm<<<grid, block>>>(out, a, b, m, n, kw);
}
