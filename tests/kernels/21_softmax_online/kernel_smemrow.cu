#include <cuda_runtime.h>
#include <stdio.h>

// The row is staged in dynamic shared memory.
__global__ void softmax_smem(float* __restrict__ y, const float* __restrict__ x, int cols) {
    extern __shared__ float row[];
    __shared__ float red[32];
    const int tid = threadIdx.x, lane = tid & 31, wid = tid >> 5, nwarps = blockDim.x >> 5;
    const size_t base = (size_t)blockIdx.x * cols;
    float m = -INFINITY;
    for (int c = tid; c < cols; c += blockDim.x) {
        row[c] = x[base + c];
        m = fmaxf(m, row[c]);
    }
    for (int o = 16; o; o >>= 1) m = fmaxf(m, __shfl_down_sync(~0u, m, o));
    if (lane == 0) red[wid] = m;
    __syncthreads();
    if (wid == 0) {
        m = lane < nwarps ? red[lane] : -INFINITY;
        for (int o = 16; o; o >>= 1) m = fmaxf(m, __shfl_down_sync(~0u, m, o));
        if (lane == 0) red[0] = m;
    }
    __syncthreads();
    m = red[0];
    float s = 0.f;
    for (int c = tid; c < cols; c += blockDim.x) {
        row[c] = __expf(row[c] - m);
        s += row[c];
    }
    __syncthreads();
    for (int o = 16; o; o >>= 1) s += __shfl_down_sync(~0u, s, o);
    if (lane == 0) red[wid] = s;
    __syncthreads();
    if (wid == 0) {
        s = lane < nwarps ? red[lane] : 0.f;
        for (int o = 16; o; o >>= 1) s += __shfl_down_sync(~0u, s, o);
        if (lane == 0) red[0] = s;
    }
    __syncthreads();
    s = red[0];
    for (int c = tid; c < cols; c += blockDim.x) y[base + c] = row[c] / s;
}

void launch(float* y, const float* x, int rows, int cols) {
    int threads = 128;
    size_t smem = cols * sizeof(float);
    softmax_smem<<<rows, threads, smem>>>(y, x, cols);
    cudaError_t e = cudaGetLastError();
    if (e != cudaSuccess) printf("softmax launch failed: %s\n", cudaGetErrorString(e));
}
