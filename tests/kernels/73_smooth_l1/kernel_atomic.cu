#include <cuda_runtime.h>

__global__ void smooth_l1_kernel(const float* pred, const float* target, float* out, int n, float beta) {
    __shared__ float cache[256];
    float local = 0.0f;
    for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += gridDim.x * blockDim.x) {
        float diff = fabsf(pred[i] - target[i]);
        local += (diff < beta) ? (0.5f * diff * diff / beta) : (diff - 0.5f * beta);
    }
    cache[threadIdx.x] = local;
    __syncthreads();
    int i = blockDim.x / 2;
    while (i != 0) {
        if (threadIdx.x < i) cache[threadIdx.x] += cache[threadIdx.x + i];
        __syncthreads();
        i /= 2;
    }
    if (threadIdx.x == 0) atomicAdd(out, cache[0] / n);
}

void launch(float* loss, const float* p, const float* t, int n, float beta) {
    cudaMemset(loss, 0, sizeof(float));
    int grid = min((n + 255) / 256, 64);
    smooth_l1_kernel<<<grid, 256>>>(p, t, loss, n, beta);
    cudaDeviceSynchronize();
}
