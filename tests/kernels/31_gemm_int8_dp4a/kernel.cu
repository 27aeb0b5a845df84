#include <cuda_runtime.h>
#include <cstdint>

__device__ __forceinline__ int dot4(int a, int b, int c) { return __dp4a(a, b, c); }

__global__ void int8_gemm_kernel(float* __restrict__ out, const int8_t* __restrict__ a, const int8_t* __restrict__ b,
                                 const float* __restrict__ scale, int m, int n, int k) {
    __shared__ int sa[16][17];
    __shared__ int sb[16][17];
    const int* a32 = reinterpret_cast<const int*>(a);
    const int* b32 = reinterpret_cast<const int*>(b);
    const int k4 = k / 4;
    const int row = blockIdx.y * 16 + threadIdx.y;
    const int col = blockIdx.x * 16 + threadIdx.x;
    const int bcol = blockIdx.x * 16 + threadIdx.y;
    int acc = 0;
    for (int t = 0; t < k4; t += 16) {
        const int kk = t + threadIdx.x;
        sa[threadIdx.y][threadIdx.x] = (row < m && kk < k4) ? a32[row * k4 + kk] : 0;
        sb[threadIdx.y][threadIdx.x] = (bcol < n && kk < k4) ? b32[bcol * k4 + kk] : 0;
        __syncthreads();
#pragma unroll
        for (int i = 0; i < 16; ++i) acc = dot4(sa[threadIdx.y][i], sb[threadIdx.x][i], acc);
        __syncthreads();
    }
    if (row < m && col < n) out[row * n + col] = (float)acc * scale[col];
}

void launch(float* out, const int8_t* a, const int8_t* b, const float* scale, int m, int n, int k) {
    dim3 block(16, 16), grid((n + 15) / 16, (m + 15) / 16);
    int8_gemm_kernel<<<grid, block>>>(out, a, b, scale, m, n, k);
}
