#include <cuda_runtime.h>
#include <float.h>

#define BLOCK 256

__global__ void softmax3(float* y, const float* x, int cols) {
    __shared__ float sh[BLOCK];
    int t = threadIdx.x;
    const float* in = x + blockIdx.x * cols;
    float* o = y + blockIdx.x * cols;

    float m = -FLT_MAX;
    for (int i = t; i < cols; i += BLOCK) m = fmaxf(m, in[i]);
    sh[t] = m;
    __syncthreads();
    for (int s = BLOCK / 2; s > 0; s >>= 1) {
        if (t < s) sh[t] = fmaxf(sh[t], sh[t + s]);
        __syncthreads();
    }
    m = sh[0];
    __syncthreads();

    float sum = 0.0f;
    for (int i = t; i < cols; i += BLOCK) {
        float e = expf(in[i] - m);
        o[i] = e;
        sum += e;
    }
    sh[t] = sum;
    __syncthreads();
    for (int s = BLOCK / 2; s > 0; s >>= 1) {
        if (t < s) sh[t] += sh[t + s];
        __syncthreads();
    }
    float inv = 1.0f / sh[0];
    for (int i = t; i < cols; i += BLOCK) o[i] *= inv;
}

void launch(float* y, const float* x, int rows, int cols) {
    softmax3<<<rows, BLOCK>>>(y, x, cols);
    cudaDeviceSynchronize();
}
