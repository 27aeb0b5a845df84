#include <cuda_runtime.h>
#include <vector>
#include <algorithm>

// Reduction tree over several launches, ping-pong between two buffers.
__global__ void reduce_step(float* out, const float* in, int n) {
    __shared__ float s[128];
    int i = blockIdx.x * 256 + threadIdx.x;
    float v = 0.0f;
    if (i < n) v += in[i];
    if (i + 128 < n) v += in[i + 128];
    s[threadIdx.x] = v;
    __syncthreads();
    if (threadIdx.x < 64) s[threadIdx.x] += s[threadIdx.x + 64];
    __syncthreads();
    if (threadIdx.x < 32) {
        float w = s[threadIdx.x] + s[threadIdx.x + 32];
        w += __shfl_down_sync(0xffffffff, w, 16);
        w += __shfl_down_sync(0xffffffff, w, 8);
        w += __shfl_down_sync(0xffffffff, w, 4);
        w += __shfl_down_sync(0xffffffff, w, 2);
        w += __shfl_down_sync(0xffffffff, w, 1);
        if (threadIdx.x == 0) out[blockIdx.x] = w;
    }
}

void launch(float* out, const float* in, int n) {
    std::vector<int> counts;
    for (int m = n; m > 1; m = (m + 255) / 256) counts.push_back(m);
    float* buffers[2] = {nullptr, nullptr};
    int most = (n + 255) / 256;
    cudaMalloc(&buffers[0], most * sizeof(float));
    cudaMalloc(&buffers[1], most * sizeof(float));
    const float* src = in;
    for (size_t level = 0; level < counts.size(); ++level) {
        float* dst = buffers[level % 2];
        int blocks = (counts[level] + 255) / 256;
        reduce_step<<<blocks, 128>>>(dst, src, counts[level]);
        src = dst;
    }
    cudaMemcpy(out, src, sizeof(float), cudaMemcpyDeviceToDevice);
    cudaDeviceSynchronize();
    cudaFree(buffers[0]);
    cudaFree(buffers[1]);
}
