#include <cuda_fp16.h>
#include <cuda_runtime.h>

__device__ float sigmoid_f(float v) { return __fdividef(1.0f, 1.0f + __expf(-v)); }

__global__ void swish(__half* y, const __half* x, int n, float beta) {
    int i = threadIdx.x + blockIdx.x * blockDim.x;
    if (i >= n) return;
    float v = __half2float(x[i]);
    y[i] = __float2half(v * sigmoid_f(beta * v));
}

void launch(void* y, const void* x, int n, float beta) {
    swish<<<(n + 255) / 256, 256>>>((__half*)y, (const __half*)x, n, beta);
}
