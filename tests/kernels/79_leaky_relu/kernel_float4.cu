#include <cuda_runtime.h>

__device__ __forceinline__ float lrelu(float v, float s) { return fmaxf(v, 0.f) + s * fminf(v, 0.f); }

__global__ void lrelu4(float4* out, const float4* x, int n4, float s) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= n4) return;
    float4 v = x[i];
    v.x = lrelu(v.x, s);
    v.y = lrelu(v.y, s);
    v.z = lrelu(v.z, s);
    v.w = lrelu(v.w, s);
    out[i] = v;
}

__global__ void lrelu_tail(float* out, const float* x, int begin, int n, float s) {
    int i = begin + threadIdx.x;
    if (i < n) out[i] = lrelu(x[i], s);
}

void launch(float* out, const float* x, int n, float slope) {
    int n4 = n / 4;
    if (n4 > 0) lrelu4<<<(n4 + 127) / 128, 128>>>((float4*)out, (const float4*)x, n4, slope);
    if (n % 4 != 0) lrelu_tail<<<1, 4>>>(out, x, n4 * 4, n, slope);
}
