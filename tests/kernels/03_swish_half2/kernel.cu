#include <cuda_fp16.h>
#include <cuda_runtime.h>
#include <iostream>

__device__ inline float swish_f(float v, float beta) {
    return v * __fdividef(1.0f, 1.0f + __expf(-beta * v));
}

__global__ void swish_half2_kernel(const __half2* __restrict__ x, __half2* __restrict__ y, int n2, float beta) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n2) {
        float2 f = __half22float2(x[i]);
        f.x = swish_f(f.x, beta);
        f.y = swish_f(f.y, beta);
        y[i] = __floats2half2_rn(f.x, f.y);
    }
}

__global__ void swish_tail_kernel(const __half* x, __half* y, int idx, float beta) {
    if (threadIdx.x == 0) {
        y[idx] = __float2half(swish_f(__half2float(x[idx]), beta));
    }
}

void launch(void* y, const void* x, int n, float beta) {
    int n2 = n / 2;
    if (n2 > 0) {
        const int threads = 128;
        swish_half2_kernel<<<(n2 + threads - 1) / threads, threads>>>(
            reinterpret_cast<const __half2*>(x), reinterpret_cast<__half2*>(y), n2, beta);
    }
    if (n & 1) {
        swish_tail_kernel<<<1, 32>>>(reinterpret_cast<const __half*>(x), reinterpret_cast<__half*>(y), n - 1, beta);
    }
    cudaDeviceSynchronize();
}
