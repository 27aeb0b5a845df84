#include <cuda_runtime.h>
#include <float.h>

__global__ void row_max_kernel(float* out, const float* x, int cols) {
    extern __shared__ float smem[];
    int tid = threadIdx.x;
    const float* row = x + (size_t)blockIdx.x * cols;
    float local_max = -FLT_MAX;
    for (int c = tid; c < cols; c += blockDim.x) local_max = max(local_max, row[c]);
    smem[tid] = local_max;
    __syncthreads();
    for (int stride = blockDim.x / 2; stride > 0; stride >>= 1) {
        if (tid < stride) smem[tid] = fmaxf(smem[tid], smem[tid + stride]);
        __syncthreads();
    }
    if (tid == 0) out[blockIdx.x] = smem[0];
}

void launch(float* out, const float* x, int rows, int cols) {
    int threads = 128;
    row_max_kernel<<<rows, threads, threads * sizeof(float)>>>(out, x, cols);
    cudaDeviceSynchronize();
}
