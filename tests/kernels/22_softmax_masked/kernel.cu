#include <cuda_runtime.h>
#include <cmath>
#include <cstdint>

// Column 0 is always kept, so that no row is empty.
__global__ void masked_softmax(float* y, const float* x, const uint8_t* mask, int cols) {
    extern __shared__ float cache[];   // cols values, then blockDim.x for the reductions
    float* red = cache + cols;
    const int t = threadIdx.x, nt = blockDim.x;
    const size_t base = (size_t)blockIdx.x * cols;

    float mx = -INFINITY;
    for (int c = t; c < cols; c += nt) {
        float v = (c == 0 || mask[base + c] != 0) ? x[base + c] : -INFINITY;
        cache[c] = v;
        mx = fmaxf(mx, v);
    }
    red[t] = mx;
    __syncthreads();
    for (int s = nt / 2; s > 0; s >>= 1) {
        if (t < s) red[t] = fmaxf(red[t], red[t + s]);
        __syncthreads();
    }
    mx = red[0];
    __syncthreads();

    float sum = 0.0f;
    for (int c = t; c < cols; c += nt) {
        float e = expf(cache[c] - mx);
        cache[c] = e;
        sum += e;
    }
    red[t] = sum;
    __syncthreads();
    for (int s = nt / 2; s > 0; s >>= 1) {
        if (t < s) red[t] += red[t + s];
        __syncthreads();
    }
    const float total = red[0];
    for (int c = t; c < cols; c += nt) y[base + c] = cache[c] / total;
}

void launch(float* y, const float* x, const uint8_t* mask, int rows, int cols) {
    const int threads = 128;
    const size_t smem = (cols + threads) * sizeof(float);
    masked_softmax<<<rows, threads, smem>>>(y, x, mask, cols);
}
