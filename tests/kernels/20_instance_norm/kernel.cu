#include <cuda_runtime.h>
#include <cassert>

namespace {
constexpr int kThreads = 256;
constexpr int kMaxPerThread = 4;   // planes of up to 1024 elements stay in registers

__device__ float block_all_sum(float v, float* scratch) {
    for (int o = 16; o > 0; o /= 2) v += __shfl_down_sync(0xffffffff, v, o);
    if (threadIdx.x % 32 == 0) scratch[threadIdx.x / 32] = v;
    __syncthreads();
    if (threadIdx.x < 32) {
        float t = threadIdx.x < kThreads / 32 ? scratch[threadIdx.x] : 0.f;
        for (int o = 4; o > 0; o /= 2) t += __shfl_down_sync(0xffffffff, t, o);
        if (threadIdx.x == 0) scratch[kThreads / 32] = t;
    }
    __syncthreads();
    float r = scratch[kThreads / 32];
    __syncthreads();
    return r;
}

__global__ void instance_norm_kernel(float* __restrict__ out, const float* __restrict__ x, int plane) {
    __shared__ float scratch[kThreads / 32 + 1];
    const float* src = x + (size_t)blockIdx.x * plane;
    float* dst = out + (size_t)blockIdx.x * plane;
    float vals[kMaxPerThread];
    float s = 0.f;
#pragma unroll
    for (int k = 0; k < kMaxPerThread; ++k) {
        int i = threadIdx.x + k * kThreads;
        vals[k] = i < plane ? src[i] : 0.f;
        s += vals[k];
    }
    const float mean = block_all_sum(s, scratch) / plane;
    float q = 0.f;
#pragma unroll
    for (int k = 0; k < kMaxPerThread; ++k) {
        int i = threadIdx.x + k * kThreads;
        float d = i < plane ? vals[k] - mean : 0.f;
        q += d * d;
    }
    const float inv = rsqrtf(block_all_sum(q, scratch) / plane + 1e-5f);
#pragma unroll
    for (int k = 0; k < kMaxPerThread; ++k) {
        int i = threadIdx.x + k * kThreads;
        if (i < plane) dst[i] = (vals[k] - mean) * inv;
    }
}
}  // namespace

void launch(float* out, const float* x, int n, int c, int h, int w) {
    assert(h * w <= kThreads * kMaxPerThread);
    instance_norm_kernel<<<n * c, kThreads>>>(out, x, h * w);
}
