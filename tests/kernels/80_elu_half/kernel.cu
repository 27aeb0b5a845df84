#include <cuda_runtime.h>
#include <cuda_fp16.h>
#include <mma.h>

__global__ void elu_kernel(half* out, const half* in, int64_t size, float alpha) {
    int64_t i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < size) {
        float x = __half2float(in[i]);
        float y = x > 0.0f ? x : alpha * expm1f(x);
        out[i] = __float2half(y);
    }
}

void launch(void* out, void* x, int64_t n, float alpha) {
    const int threads = 256;
    elu_kernel<<<(n + threads - 1) / threads, threads>>>(static_cast<half*>(out), static_cast<const half*>(x), n, alpha);
    cudaDeviceSynchronize();
}
