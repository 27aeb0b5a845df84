#include <cuda_runtime.h>
#include <algorithm>
#include <cstdio>

static const int kTile = 16;

__global__ void im2col_kernel(const float* __restrict__ img, float* __restrict__ col, int ci, int h, int w) {
    const int total = ci * 9 * h * w;
    for (int idx = blockIdx.x * blockDim.x + threadIdx.x; idx < total; idx += gridDim.x * blockDim.x) {
        const int ow = idx % w;
        int rest = idx / w;
        const int oh = rest % h;
        rest /= h;
        const int kj = rest % 3;
        rest /= 3;
        const int ki = rest % 3;
        const int c = rest / 3;
        const int ih = oh + ki - 1;
        const int iw = ow + kj - 1;
        float v = 0.0f;
        if (ih >= 0 && ih < h && iw >= 0 && iw < w) v = img[(c * h + ih) * w + iw];
        col[idx] = v;
    }
}

__global__ void gemm_bias_kernel(const float* A, const float* B, const float* bias, float* C, int M, int N, int K) {
    __shared__ float sA[kTile][kTile];
    __shared__ float sB[kTile][kTile];
    const int r = blockIdx.y * kTile + threadIdx.y;
    const int c = blockIdx.x * kTile + threadIdx.x;
    float v = 0.0f;
    for (int k0 = 0; k0 < K; k0 += kTile) {
        sA[threadIdx.y][threadIdx.x] = (r < M && k0 + threadIdx.x < K) ? A[r * K + k0 + threadIdx.x] : 0.0f;
        sB[threadIdx.y][threadIdx.x] = (c < N && k0 + threadIdx.y < K) ? B[(k0 + threadIdx.y) * N + c] : 0.0f;
        __syncthreads();
        for (int k = 0; k < kTile; ++k) v += sA[threadIdx.y][k] * sB[k][threadIdx.x];
        __syncthreads();
    }
    if (r < M && c < N) C[r * N + c] = v + bias[r];
}

void launch(float* out, const float* x, const float* weight, const float* bias, int n, int ci, int co, int h, int w) {
    const int K = ci * 9, N = h * w;
    float* col = nullptr;
    if (cudaMalloc((void**)&col, sizeof(float) * K * N) != cudaSuccess) {
        fprintf(stderr, "out of memory\n");
        return;
    }
    dim3 block(kTile, kTile);
    dim3 grid((N + kTile - 1) / kTile, (co + kTile - 1) / kTile);
    for (int b = 0; b < n; ++b) {
        im2col_kernel<<<std::min(1024, (K * N + 255) / 256), 256>>>(x + b * ci * h * w, col, ci, h, w);
        gemm_bias_kernel<<<grid, block>>>(weight, col, bias, out + b * co * h * w, co, N, K);
    }
    cudaDeviceSynchronize();
    cudaFree(col);
}
