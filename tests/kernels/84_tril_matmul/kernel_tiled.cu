#include <cuda_runtime.h>

#define T 8

__global__ void tril_tiled(float* C, const float* A, const float* B, int n) {
    __shared__ float a[T][T], b[T][T];
    int r = blockIdx.y * T + threadIdx.y, c = blockIdx.x * T + threadIdx.x;
    float s = 0.0f;
    if (blockIdx.x <= blockIdx.y) {
        for (int t = blockIdx.x; t <= (int)blockIdx.y; ++t) {
            int k = t * T + threadIdx.x;
            a[threadIdx.y][threadIdx.x] = (r < n && k <= r) ? A[r * n + k] : 0.0f;
            k = t * T + threadIdx.y;
            b[threadIdx.y][threadIdx.x] = (k < n && c <= k) ? B[k * n + c] : 0.0f;
            __syncthreads();
            for (int i = 0; i < T; ++i) s += a[threadIdx.y][i] * b[i][threadIdx.x];
            __syncthreads();
        }
    }
    if (r < n && c < n) C[r * n + c] = s;
}

void launch(float* C, const float* A, const float* B, int n) {
    int g = (n + T - 1) / T;
    tril_tiled<<<dim3(g, g), dim3(T, T)>>>(C, A, B, n);
}
