#include <cuda_runtime.h>

__device__ __forceinline__ float2 warp_sum2(float2 v) {
    for (int o = 16; o > 0; o >>= 1) {
        v.x += __shfl_xor_sync(0xffffffffu, v.x, o);
        v.y += __shfl_xor_sync(0xffffffffu, v.y, o);
    }
    return v;
}

// A warp per plane; the mean is taken first, then the centred squares.
__global__ void inorm(float* out, const float* x, int planes, int len) {
    int plane = blockIdx.x * blockDim.y + threadIdx.y;
    if (plane >= planes) return;
    const float* p = x + (size_t)plane * len;
    float2 acc = make_float2(0.f, 0.f);
    for (int i = threadIdx.x; i < len; i += 32) acc.x += p[i];
    acc = warp_sum2(acc);
    float mean = acc.x / len;
    float2 dev = make_float2(0.f, 0.f);
    for (int i = threadIdx.x; i < len; i += 32) {
        float d = p[i] - mean;
        dev.y += d * d;
    }
    dev = warp_sum2(dev);
    float r = 1.f / sqrtf(dev.y / len + 1e-5f);
    for (int i = threadIdx.x; i < len; i += 32) out[(size_t)plane * len + i] = (p[i] - mean) * r;
}

void launch(float* out, const float* x, int n, int c, int h, int w) {
    int planes = n * c;
    dim3 block(32, 4);
    inorm<<<(planes + 3) / 4, block>>>(out, x, planes, h * w);
}
