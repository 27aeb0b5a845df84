#include <cuda_runtime.h>

__device__ float3 warp_sum3(float3 v) {
    for (int o = 16; o > 0; o >>= 1) {
        v.x += __shfl_xor_sync(0xffffffff, v.x, o);
        v.y += __shfl_xor_sync(0xffffffff, v.y, o);
        v.z += __shfl_xor_sync(0xffffffff, v.z, o);
    }
    return v;
}

__global__ void cosine_kernel(float* out, const float* a, const float* b, int rows, int d) {
    int row = blockIdx.x * blockDim.y + threadIdx.y;
    if (row >= rows) return;
    float3 acc = make_float3(0.f, 0.f, 0.f);
    for (int i = threadIdx.x; i < d; i += 32) {
        float u = a[row * d + i], v = b[row * d + i];
        acc.x += u * v;
        acc.y += u * u;
        acc.z += v * v;
    }
    acc = warp_sum3(acc);
    if (threadIdx.x == 0) out[row] = acc.x / (fmaxf(sqrtf(acc.y), 1e-8f) * fmaxf(sqrtf(acc.z), 1e-8f));
}

void launch(float* out, const float* a, const float* b, int rows, int d) {
    cosine_kernel<<<(rows + 7) / 8, dim3(32, 8)>>>(out, a, b, rows, d);
}
