#include <cuda_runtime.h>
#include <cuda_fp16.h>
#include <mma.h>
#include <cstdint>

#define THREADS 256

__global__ void layer_norm_kernel(half* __restrict__ out, const half* __restrict__ x, const half* __restrict__ gamma,
                                  const half* __restrict__ beta, int64_t features, float eps) {
    __shared__ float s_red[THREADS];
    __shared__ float s_mean, s_rstd;
    const int tid = threadIdx.x;
    const half* xr = x + blockIdx.x * features;
    half* yr = out + blockIdx.x * features;

    float sum = 0.0f;
    for (int64_t i = tid; i < features; i += THREADS) sum += __half2float(xr[i]);
    s_red[tid] = sum;
    __syncthreads();
    for (int s = THREADS >> 1; s > 0; s >>= 1) {
        if (tid < s) s_red[tid] += s_red[tid + s];
        __syncthreads();
    }
    if (tid == 0) s_mean = s_red[0] / (float)features;
    __syncthreads();
    const float mean = s_mean;

    float sq = 0.0f;
    for (int64_t i = tid; i < features; i += THREADS) {
        float d = __half2float(xr[i]) - mean;
        sq += d * d;
    }
    s_red[tid] = sq;
    __syncthreads();
    for (int s = THREADS >> 1; s > 0; s >>= 1) {
        if (tid < s) s_red[tid] += s_red[tid + s];
        __syncthreads();
    }
    if (tid == 0) s_rstd = rsqrtf(s_red[0] / (float)features + eps);
    __syncthreads();
    const float rstd = s_rstd;
    for (int64_t i = tid; i < features; i += THREADS) {
        float v = (__half2float(xr[i]) - mean) * rstd;
        yr[i] = __float2half(v * __half2float(gamma[i]) + __half2float(beta[i]));
    }
}

void launch(void* out, void* x, void* gamma, void* beta, int64_t batch, int64_t features, float eps) {
    layer_norm_kernel<<<batch, THREADS>>>(static_cast<half*>(out), static_cast<half*>(x), static_cast<half*>(gamma),
                                          static_cast<half*>(beta), features, eps);
    cudaDeviceSynchronize();
}
