#include <cuda_runtime.h>
#include <cuda_fp16.h>

__global__ void rope_kernel(half2* __restrict__ out, const half2* __restrict__ x, const float* __restrict__ cosv,
                            const float* __restrict__ sinv, int total, int heads, int hd) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= total) return;
    int d = i % hd;
    int pos = i / (hd * heads);
    float c = cosv[pos * hd + d], s = sinv[pos * hd + d];
    float2 v = __half22float2(x[i]);
    out[i] = __floats2half2_rn(v.x * c - v.y * s, v.x * s + v.y * c);
}

void launch(void* out, const void* x, const float* cosv, const float* sinv, int seq, int heads, int hd) {
    int total = seq * heads * hd;
    rope_kernel<<<(total + 255) / 256, 256>>>((half2*)out, (const half2*)x, cosv, sinv, total, heads, hd);
    cudaDeviceSynchronize();
}
