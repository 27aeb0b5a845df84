#include <cuda_runtime.h>
#include <cstdio>

#define CHECK_CUDA(x) do { cudaError_t e = (x); if (e != cudaSuccess) { printf("CUDA: %s\n", cudaGetErrorString(e)); return; } } while (0)

__global__ void cross_entropy_kernel(float* loss, const float* __restrict__ logits, const int* __restrict__ target,
                                     int batch, int classes) {
    int sample = (blockIdx.x * blockDim.x + threadIdx.x) / 32;
    int lane = threadIdx.x & 31;
    __shared__ float block_loss;
    if (threadIdx.x == 0) block_loss = 0.0f;
    __syncthreads();
    if (sample < batch) {
        const float* row = logits + (size_t)sample * classes;
        float mx = -3.4e38f;
        for (int c = lane; c < classes; c += 32) mx = max(mx, row[c]);
        for (int o = 16; o; o >>= 1) mx = max(mx, __shfl_xor_sync(0xffffffff, mx, o));
        float s = 0.0f;
        for (int c = lane; c < classes; c += 32) s += expf(row[c] - mx);
        for (int o = 16; o; o >>= 1) s += __shfl_xor_sync(0xffffffff, s, o);
        if (lane == 0) atomicAdd(&block_loss, logf(s) + mx - row[target[sample]]);
    }
    __syncthreads();
    if (threadIdx.x == 0) atomicAdd(loss, block_loss / (float)batch);
}

void launch(float* loss, const float* logits, const int* target, int batch, int classes) {
    CHECK_CUDA(cudaMemset(loss, 0, sizeof(float)));
    int warps_per_block = 8;
    int blocks = (batch + warps_per_block - 1) / warps_per_block;
    cross_entropy_kernel<<<blocks, warps_per_block * 32>>>(loss, logits, target, batch, classes);
    CHECK_CUDA(cudaGetLastError());
    CHECK_CUDA(cudaDeviceSynchronize());
}
