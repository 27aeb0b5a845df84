#include <cuda_runtime.h>

template <bool FROM_INPUT>
__global__ void reduce(float* dst, const float* p, const float* t, int n, float beta, float scale) {
    __shared__ float sh[128];
    float s = 0.0f;
    for (int i = blockIdx.x * 128 + threadIdx.x; i < n; i += gridDim.x * 128) {
        if (FROM_INPUT) {
            float d = fabsf(p[i] - t[i]);
            s += d < beta ? 0.5f * d * d / beta : d - 0.5f * beta;
        } else {
            s += p[i];
        }
    }
    sh[threadIdx.x] = s;
    __syncthreads();
    for (int k = 64; k > 0; k >>= 1) {
        if (threadIdx.x < k) sh[threadIdx.x] += sh[threadIdx.x + k];
        __syncthreads();
    }
    if (threadIdx.x == 0) dst[blockIdx.x] = sh[0] * scale;
}

void launch(float* loss, const float* p, const float* t, int n, float beta) {
    int blocks = (n + 127) / 128;
    if (blocks > 256) blocks = 256;
    float* ws;
    cudaMalloc(&ws, blocks * sizeof(float));
    reduce<true><<<blocks, 128>>>(ws, p, t, n, beta, 1.0f);
    reduce<false><<<1, 128>>>(loss, ws, nullptr, blocks, beta, 1.0f / n);
    cudaDeviceSynchronize();
    cudaFree(ws);
}
