#include <cuda_runtime.h>

__global__ void rms_norm_kernel(float* out, const float* x, const float* weight, int cols) {
    __shared__ float s_inv;
    __shared__ float partial[8];
    const float* row = x + (size_t)blockIdx.x * cols;
    float ss = 0.0f;
    for (int i = threadIdx.x; i < cols; i += blockDim.x) {
        float v = row[i];
        ss = fmaf(v, v, ss);
    }
    for (int d = 16; d > 0; d >>= 1) ss += __shfl_down_sync(0xffffffff, ss, d);
    if ((threadIdx.x & 31) == 0) partial[threadIdx.x >> 5] = ss;
    __syncthreads();
    if (threadIdx.x == 0) {
        float t = 0.0f;
        for (int i = 0; i < 8; ++i) t += partial[i];
        s_inv = rsqrtf(t / cols + 1e-6f);
    }
    __syncthreads();
    for (int i = threadIdx.x; i < cols; i += blockDim.x) out[(size_t)blockIdx.x * cols + i] = row[i] * s_inv * weight[i];
}

extern "C" void launch(float* out, const float* x, const float* w, int rows, int cols) {
    rms_norm_kernel<<<rows, 256>>>(out, x, w, cols);
}
