#include <cuda_runtime.h>

__global__ void pool_kernel(float* pooled, const float* x, int planes, int hw) {
    int plane = (blockIdx.x * blockDim.x + threadIdx.x) / 32;
    int lane = threadIdx.x & 31;
    if (plane >= planes) return;
    float s = 0.0f;
    for (int i = lane; i < hw; i += 32) s += x[plane * hw + i];
    for (int o = 16; o > 0; o /= 2) s += __shfl_down_sync(0xffffffff, s, o);
    if (lane == 0) pooled[plane] = s / hw;
}

__global__ void fc_sigmoid_kernel(float* out, const float* pooled, const float* wt, int n, int c, int m) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= n * m) return;
    int b = i / m, j = i % m;
    float acc = 0.0f;
    for (int k = 0; k < c; k++) acc += pooled[b * c + k] * wt[j * c + k];
    out[i] = 1.0f / (1.0f + expf(-acc));
}

void launch(float* out, const float* x, const float* wt, int n, int c, int hw, int m) {
    float* d_pooled;
    cudaMalloc(&d_pooled, n * c * sizeof(float));
    pool_kernel<<<(n * c * 32 + 255) / 256, 256>>>(d_pooled, x, n * c, hw);
    fc_sigmoid_kernel<<<(n * m + 63) / 64, 64>>>(out, d_pooled, wt, n, c, m);
    cudaDeviceSynchronize();
    cudaFree(d_pooled);
}
