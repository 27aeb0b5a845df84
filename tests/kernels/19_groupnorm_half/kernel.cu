#include <cuda_runtime.h>
#include <cuda_fp16.h>
#include <cstdint>

#define BLOCK_REDUCE_SUM(buf, tid, nthreads)                 \
    for (int s_ = (nthreads) / 2; s_ > 0; s_ >>= 1) {        \
        if ((tid) < s_) (buf)[(tid)] += (buf)[(tid) + s_];   \
        __syncthreads();                                     \
    }

__global__ void group_stats_kernel(const half* __restrict__ x, float* mean, float* rstd, int64_t group_elems, float eps) {
    __shared__ float buf[256];
    const int tid = threadIdx.x;
    const half* p = x + (int64_t)blockIdx.x * group_elems;
    float acc = 0.f;
    for (int64_t i = tid; i < group_elems; i += 256) acc += __half2float(p[i]);
    buf[tid] = acc;
    __syncthreads();
    BLOCK_REDUCE_SUM(buf, tid, 256)
    const float mu = buf[0] / group_elems;
    __syncthreads();
    acc = 0.f;
    for (int64_t i = tid; i < group_elems; i += 256) {
        float d = __half2float(p[i]) - mu;
        acc += d * d;
    }
    buf[tid] = acc;
    __syncthreads();
    BLOCK_REDUCE_SUM(buf, tid, 256)
    if (tid == 0) {
        mean[blockIdx.x] = mu;
        rstd[blockIdx.x] = rsqrtf(buf[0] / group_elems + eps);
    }
}

__global__ void group_apply_kernel(half* __restrict__ out, const half* __restrict__ x, const half* __restrict__ weight,
                                   const half* __restrict__ bias, const float* mean, const float* rstd,
                                   int64_t total, int64_t c, int64_t hw, int64_t group_elems) {
    int64_t i = (int64_t)blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= total) return;
    int64_t g = i / group_elems;
    int64_t ch = (i / hw) % c;
    float v = (__half2float(x[i]) - mean[g]) * rstd[g];
    out[i] = __float2half(v * __half2float(weight[ch]) + __half2float(bias[ch]));
}

void launch(void* out, void* x, void* weight, void* bias, int64_t n, int64_t c, int64_t hw, int64_t groups) {
    const int64_t group_elems = (c / groups) * hw;
    const int64_t ngroups = n * groups;
    const int64_t total = n * c * hw;
    float *d_mean, *d_rstd;
    cudaMalloc(&d_mean, ngroups * sizeof(float));
    cudaMalloc(&d_rstd, ngroups * sizeof(float));
    group_stats_kernel<<<(int)ngroups, 256>>>((half*)x, d_mean, d_rstd, group_elems, 1e-5f);
    group_apply_kernel<<<(int)((total + 255) / 256), 256>>>((half*)out, (half*)x, (half*)weight, (half*)bias,
                                                           d_mean, d_rstd, total, c, hw, group_elems);
    cudaDeviceSynchronize();
    cudaFree(d_mean);
    cudaFree(d_rstd);
}
