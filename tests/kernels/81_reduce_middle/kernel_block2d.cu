#include <cuda_runtime.h>

__global__ void sum_mid(float* out, const float* x, int m, int d) {
    __shared__ float part[8][33];
    int c = blockIdx.x * 32 + threadIdx.x;
    float s = 0.f;
    if (c < d) {
        for (int r = threadIdx.y; r < m; r += 8) s += x[(blockIdx.y * m + r) * d + c];
    }
    part[threadIdx.y][threadIdx.x] = s;
    __syncthreads();
    for (int h = 4; h > 0; h >>= 1) {
        if (threadIdx.y < h) part[threadIdx.y][threadIdx.x] += part[threadIdx.y + h][threadIdx.x];
        __syncthreads();
    }
    if (threadIdx.y == 0 && c < d) out[blockIdx.y * d + c] = part[0][threadIdx.x];
}

void launch(float* out, const float* x, int b, int m, int d) {
    sum_mid<<<dim3((d + 31) / 32, b), dim3(32, 8)>>>(out, x, m, d);
}
