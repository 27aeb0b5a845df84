#include <cuda_runtime.h>
#include <cuda_fp16.h>
#include <math.h>

#define MAX_HIDDEN 1024

// The hidden layer of one sample lives in shared memory as half, as the intermediate tensor would.
__global__ void mlp_fused(half* out, const half* x, const half* w1, const half* w2, int I, int H, int O) {
    __shared__ half hidden[MAX_HIDDEN];
    int b = blockIdx.x;
    for (int h = threadIdx.x; h < H; h += blockDim.x) {
        float acc = 0.0f;
        for (int i = 0; i < I; ++i) acc += __half2float(x[b * I + i]) * __half2float(w1[h * I + i]);
        hidden[h] = __float2half(acc);
    }
    __syncthreads();
    for (int h = threadIdx.x; h < H; h += blockDim.x) {
        float v = __half2float(hidden[h]);
        hidden[h] = __float2half(0.5f * v * (1.0f + erff(v * 0.70710678f)));
    }
    __syncthreads();
    for (int o = threadIdx.x; o < O; o += blockDim.x) {
        float acc = 0.0f;
        for (int h = 0; h < H; ++h) acc += __half2float(hidden[h]) * __half2float(w2[o * H + h]);
        out[b * O + o] = __float2half(acc);
    }
}

void launch(void* out, void* x, void* w1, void* w2, int b, int i, int h, int o) {
    mlp_fused<<<b, 128>>>((half*)out, (const half*)x, (const half*)w1, (const half*)w2, i, h, o);
    cudaDeviceSynchronize();
}
