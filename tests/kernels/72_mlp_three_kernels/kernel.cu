#include <cuda_runtime.h>
#include <cuda_fp16.h>
#include <mma.h>

__device__ inline float gelu(float v) { return 0.5f * v * (1.0f + erff(v * 0.7071067811865476f)); }

__global__ void linear(half* y, const half* x, const half* w, int rows, int in, int out) {
    int c = blockIdx.x * blockDim.x + threadIdx.x, r = blockIdx.y;
    if (c >= out || r >= rows) return;
    float s = 0.0f;
    for (int k = 0; k < in; ++k) s += __half2float(x[r * in + k]) * __half2float(w[c * in + k]);
    y[r * out + c] = __float2half(s);
}

__global__ void gelu_inplace(half* y, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) y[i] = __float2half(gelu(__half2float(y[i])));
}

static void run_linear(half* y, const half* x, const half* w, int rows, int in, int out, int threads = 64) {
    linear<<<dim3((out + threads - 1) / threads, rows), threads>>>(y, x, w, rows, in, out);
}

void launch(void* out, void* x, void* w1, void* w2, int b, int i, int h, int o) {
    half* hidden;
    cudaMalloc(&hidden, sizeof(half) * b * h);
    run_linear(hidden, (half*)x, (half*)w1, b, i, h);
    gelu_inplace<<<(b * h + 255) / 256, 256>>>(hidden, b * h);
    run_linear((half*)out, hidden, (half*)w2, b, h, o, 128);
    cudaDeviceSynchronize();
    cudaFree(hidden);
}
