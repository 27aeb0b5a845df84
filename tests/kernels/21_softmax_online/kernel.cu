#include <cuda_runtime.h>
#include <cfloat>

__device__ __forceinline__ float2 merge(float2 a, float2 b) {
    float m = fmaxf(a.x, b.x);
    float d = a.y * __expf(a.x - m) + b.y * __expf(b.x - m);
    return make_float2(m, d);
}

__global__ void softmax_online_kernel(float* __restrict__ y, const float* __restrict__ x, int cols) {
    __shared__ float2 sh[8];
    const float* row = x + (size_t)blockIdx.x * cols;
    float2 md = make_float2(-FLT_MAX, 0.0f);
    for (int i = threadIdx.x; i < cols; i += blockDim.x) {
        md = merge(md, make_float2(row[i], 1.0f));
    }
#pragma unroll
    for (int o = 16; o > 0; o >>= 1) {
        float2 other;
        other.x = __shfl_xor_sync(0xffffffff, md.x, o);
        other.y = __shfl_xor_sync(0xffffffff, md.y, o);
        md = merge(md, other);
    }
    if ((threadIdx.x & 31) == 0) sh[threadIdx.x >> 5] = md;
    __syncthreads();
    md = sh[0];
    for (int w = 1; w < (blockDim.x >> 5); ++w) md = merge(md, sh[w]);
    const float inv = 1.0f / md.y;
    for (int i = threadIdx.x; i < cols; i += blockDim.x) y[(size_t)blockIdx.x * cols + i] = __expf(row[i] - md.x) * inv;
}

void launch(float* y, const float* x, int rows, int cols) {
    softmax_online_kernel<<<rows, 256>>>(y, x, cols);
    cudaDeviceSynchronize();
}
