#include <cuda_runtime.h>
#include <cuda_fp16.h>

__global__ void rope(half* out, const half* x, const float* cosv, const float* sinv, int seq, int heads, int hd) {
    int s = blockIdx.x;
    int h = blockIdx.y;
    const half* in = x + ((size_t)s * heads + h) * hd * 2;
    half* o = out + ((size_t)s * heads + h) * hd * 2;
    for (int i = threadIdx.x; i < hd; i += blockDim.x) {
        float x0 = __half2float(in[2 * i]);
        float x1 = __half2float(in[2 * i + 1]);
        float c = cosv[s * hd + i];
        float sn = sinv[s * hd + i];
        o[2 * i] = __float2half(x0 * c - x1 * sn);
        o[2 * i + 1] = __float2half(x0 * sn + x1 * c);
    }
}

void launch(void* out, const void* x, const float* cosv, const float* sinv, int seq, int heads, int hd) {
    rope<<<dim3(seq, heads), 32>>>((half*)out, (const half*)x, cosv, sinv, seq, heads, hd);
    cudaDeviceSynchronize();
}
