#include <cuda_runtime.h>
#include <algorithm>

__global__ void reduce_sum(const float* in, float* partial, int n) {
    extern __shared__ float sdata[];
    unsigned int tid = threadIdx.x;
    float acc = 0.0f;
    for (unsigned int i = blockIdx.x * blockDim.x + tid; i < (unsigned)n; i += gridDim.x * blockDim.x)
        acc += in[i];
    sdata[tid] = acc;
    __syncthreads();
    for (unsigned int s = blockDim.x / 2; s > 0; s >>= 1) {
        if (tid < s) sdata[tid] += sdata[tid + s];
        __syncthreads();
    }
    if (tid == 0) partial[blockIdx.x] = sdata[0];
}

void launch(float* out, const float* in, int n) {
    const int threads = 256;
    const int blocks = std::min((n + threads - 1) / threads, 128);
    float* d_partial = nullptr;
    cudaMalloc(&d_partial, blocks * sizeof(float));
    reduce_sum<<<blocks, threads, threads * sizeof(float)>>>(in, d_partial, n);
    reduce_sum<<<1, threads, threads * sizeof(float)>>>(d_partial, out, blocks);
    cudaDeviceSynchronize();
    cudaFree(d_partial);
}
