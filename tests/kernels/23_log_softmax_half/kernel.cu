#include <cuda_fp16.h>
#include <cuda_runtime.h>
#include <cmath>
#include <vector>

#define FULL_MASK 0xffffffff
#define ROWS_PER_BLOCK 4

__device__ inline float warpReduceMax(float val) {
    for (int offset = 16; offset > 0; offset /= 2) val = fmaxf(val, __shfl_down_sync(FULL_MASK, val, offset));
    return __shfl_sync(FULL_MASK, val, 0);
}

__device__ inline float warpReduceSum(float val) {
    for (int offset = 16; offset > 0; offset /= 2) val += __shfl_down_sync(FULL_MASK, val, offset);
    return __shfl_sync(FULL_MASK, val, 0);
}

__global__ void log_softmax_kernel(const half* __restrict__ in, half* __restrict__ out, int rows, int cols) {
    int row = blockIdx.x * ROWS_PER_BLOCK + threadIdx.y;
    if (row >= rows) return;
    int lane = threadIdx.x;
    const half* in_row = in + row * cols;
    half* out_row = out + row * cols;

    float max_val = -INFINITY;
    for (int c = lane; c < cols; c += 32) max_val = fmaxf(max_val, __half2float(in_row[c]));
    max_val = warpReduceMax(max_val);

    float sum = 0.0f;
    for (int c = lane; c < cols; c += 32) sum += expf(__half2float(in_row[c]) - max_val);
    sum = warpReduceSum(sum);
    float log_sum = logf(sum);

    for (int c = lane; c < cols; c += 32) out_row[c] = __float2half(__half2float(in_row[c]) - max_val - log_sum);
}

void launch(void* out, void* in, int rows, int cols) {
    dim3 block(32, ROWS_PER_BLOCK);
    dim3 grid((rows + ROWS_PER_BLOCK - 1) / ROWS_PER_BLOCK);
    log_softmax_kernel<<<grid, block>>>(static_cast<half*>(in), static_cast<half*>(out), rows, cols);
    cudaDeviceSynchronize();
}
