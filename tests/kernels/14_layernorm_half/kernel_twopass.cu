#include <cuda_runtime.h>
#include <cuda_fp16.h>

__global__ void mean_var_kernel(const half* x, float* mean, float* rstd, int features, float eps) {
    __shared__ float buf[256];
    int tid = threadIdx.x;
    const half* row = x + (int64_t)blockIdx.x * features;
    float sum = 0.0f;
    for (int i = tid; i < features; i += 256) sum += __half2float(row[i]);
    buf[tid] = sum;
    __syncthreads();
    for (int s = 128; s > 0; s >>= 1) {
        if (tid < s) buf[tid] += buf[tid + s];
        __syncthreads();
    }
    float mu = buf[0] / features;
    __syncthreads();
    float sq = 0.0f;
    for (int i = tid; i < features; i += 256) {
        float d = __half2float(row[i]) - mu;
        sq += d * d;
    }
    buf[tid] = sq;
    __syncthreads();
    for (int s = 128; s > 0; s >>= 1) {
        if (tid < s) buf[tid] += buf[tid + s];
        __syncthreads();
    }
    if (tid == 0) {
        mean[blockIdx.x] = mu;
        rstd[blockIdx.x] = 1.0f / sqrtf(buf[0] / features + eps);
    }
}

__global__ void normalize_kernel(half* out, const half* x, const half* gamma, const half* beta, const float* mean,
                                 const float* rstd, int64_t total, int features) {
    int64_t i = (int64_t)blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= total) return;
    int row = (int)(i / features);
    int col = (int)(i % features);
    float v = (__half2float(x[i]) - mean[row]) * rstd[row];
    out[i] = __float2half(v * __half2float(gamma[col]) + __half2float(beta[col]));
}

void launch(void* out, void* x, void* gamma, void* beta, int64_t batch, int64_t features, float eps) {
    float *mean, *rstd;
    cudaMalloc(&mean, batch * sizeof(float));
    cudaMalloc(&rstd, batch * sizeof(float));
    mean_var_kernel<<<batch, 256>>>((const half*)x, mean, rstd, (int)features, eps);
    int64_t total = batch * features;
    normalize_kernel<<<(total + 255) / 256, 256>>>((half*)out, (const half*)x, (const half*)gamma,
                                                  (const half*)beta, mean, rstd, total, (int)features);
    cudaDeviceSynchronize();
    cudaFree(mean);
    cudaFree(rstd);
}
