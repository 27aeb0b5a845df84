#include <cuda_runtime.h>
#include <cuda_fp16.h>
#include <cfloat>

template <int THREADS>
__global__ void log_softmax_block(half* out, const half* in, int cols) {
    __shared__ float red[THREADS];
    const half* row = in + (size_t)blockIdx.x * cols;
    float m = -FLT_MAX;
    for (int c = threadIdx.x; c < cols; c += THREADS) m = fmaxf(m, __half2float(row[c]));
    red[threadIdx.x] = m;
    __syncthreads();
#pragma unroll
    for (int s = THREADS / 2; s > 0; s /= 2) {
        if (threadIdx.x < s) red[threadIdx.x] = fmaxf(red[threadIdx.x], red[threadIdx.x + s]);
        __syncthreads();
    }
    m = red[0];
    __syncthreads();
    float sum = 0.f;
    for (int c = threadIdx.x; c < cols; c += THREADS) sum += expf(__half2float(row[c]) - m);
    red[threadIdx.x] = sum;
    __syncthreads();
#pragma unroll
    for (int s = THREADS / 2; s > 0; s /= 2) {
        if (threadIdx.x < s) red[threadIdx.x] += red[threadIdx.x + s];
        __syncthreads();
    }
    const float log_sum = logf(red[0]);
    for (int c = threadIdx.x; c < cols; c += THREADS)
        out[(size_t)blockIdx.x * cols + c] = __float2half(__half2float(row[c]) - m - log_sum);
}

void launch(void* out, void* in, int rows, int cols) {
    if (cols <= 64) {
        log_softmax_block<64><<<rows, 64>>>((half*)out, (const half*)in, cols);
    } else {
        log_softmax_block<256><<<rows, 256>>>((half*)out, (const half*)in, cols);
    }
    cudaDeviceSynchronize();
}
