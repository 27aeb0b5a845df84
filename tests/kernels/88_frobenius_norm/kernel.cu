#include <cuda_runtime.h>
#include <stdio.h>

#define CHECK_CUDA(call)                                                             \
    do {                                                                             \
        cudaError_t err = call;                                                      \
        if (err != cudaSuccess) {                                                    \
            printf("CUDA error %s at line %d\n", cudaGetErrorString(err), __LINE__); \
            return;                                                                  \
        }                                                                            \
    } while (0)

__global__ void sum_sq_kernel(const float* x, float* sum, int n) {
    extern __shared__ float sdata[];
    float v = 0.0f;
    for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += blockDim.x * gridDim.x) v += x[i] * x[i];
    sdata[threadIdx.x] = v;
    __syncthreads();
    for (unsigned int s = blockDim.x / 2; s > 0; s >>= 1) {
        if (threadIdx.x < s) sdata[threadIdx.x] += sdata[threadIdx.x + s];
        __syncthreads();
    }
    if (threadIdx.x == 0) atomicAdd(sum, sdata[0]);
}

__global__ void normalize_kernel(const float* x, float* y, const float* sum, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) {
        float norm = sqrtf(*sum);
        y[i] = norm > 0.0f ? x[i] / norm : 0.0f;
    }
}

void launch(float* y, const float* x, int n) {
    float* d_sum = nullptr;
    CHECK_CUDA(cudaMalloc(&d_sum, sizeof(float)));
    CHECK_CUDA(cudaMemset(d_sum, 0, sizeof(float)));
    int threads = 256;
    int blocks = (n + threads - 1) / threads;
    sum_sq_kernel<<<blocks < 128 ? blocks : 128, threads, threads * sizeof(float)>>>(x, d_sum, n);
    normalize_kernel<<<blocks, threads>>>(x, y, d_sum, n);
    CHECK_CUDA(cudaGetLastError());
    CHECK_CUDA(cudaDeviceSynchronize());
    CHECK_CUDA(cudaFree(d_sum));
}
