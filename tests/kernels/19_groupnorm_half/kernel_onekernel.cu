#include <cuda_runtime.h>
#include <cuda_fp16.h>

__device__ float block_sum(float v, float* red) {
    int t = threadIdx.x;
    red[t] = v;
    __syncthreads();
    for (int s = blockDim.x >> 1; s > 0; s >>= 1) {
        if (t < s) red[t] += red[t + s];
        __syncthreads();
    }
    float total = red[0];
    __syncthreads();
    return total;
}

__global__ void group_norm_kernel(half* out, const half* x, const half* weight, const half* bias, int channels, int hw,
                                  int groups) {
    __shared__ float red[128];
    const int cpg = channels / groups;
    const int len = cpg * hw;
    const int g = blockIdx.x % groups;
    const half* in = x + (size_t)blockIdx.x * len;
    half* o = out + (size_t)blockIdx.x * len;
    float s = 0.f;
    for (int i = threadIdx.x; i < len; i += blockDim.x) s += __half2float(in[i]);
    const float mean = block_sum(s, red) / len;
    float q = 0.f;
    for (int i = threadIdx.x; i < len; i += blockDim.x) {
        float d = __half2float(in[i]) - mean;
        q += d * d;
    }
    const float rstd = rsqrtf(block_sum(q, red) / len + 1e-5f);
    for (int i = threadIdx.x; i < len; i += blockDim.x) {
        int ch = g * cpg + i / hw;
        o[i] = __float2half((__half2float(in[i]) - mean) * rstd * __half2float(weight[ch]) + __half2float(bias[ch]));
    }
}

void launch(void* out, void* x, void* weight, void* bias, int64_t n, int64_t c, int64_t hw, int64_t groups) {
    group_norm_kernel<<<(unsigned int)(n * groups), 128>>>((half*)out, (const half*)x, (const half*)weight, (const half*)bias,
                                                           (int)c, (int)hw, (int)groups);
    cudaDeviceSynchronize();
}
