#include <cuda_runtime.h>
#include <cstdint>

__global__ void xnor_gemm(int* __restrict__ out, const uint32_t* __restrict__ a, const uint32_t* __restrict__ b, int n, int kw) {
    extern __shared__ uint32_t arow[];
    for (int i = threadIdx.x; i < kw; i += blockDim.x) arow[i] = a[blockIdx.x * kw + i];
    __syncthreads();
    for (int j = threadIdx.x; j < n; j += blockDim.x) {
        int matches = 0;
        for (int i = 0; i < kw; ++i) matches += __popc(~(arow[i] ^ b[j * kw + i]));
        out[blockIdx.x * n + j] = 2 * matches - 32 * kw;
    }
}

void launch(int* out, const uint32_t* a, const uint32_t* b, int m, int n, int kw) {
    xnor_gemm<<<m, 64, kw * sizeof(uint32_t)>>>(out, a, b, n, kw);
}
