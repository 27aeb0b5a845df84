#include <cuda_runtime.h>
#include <cuda_fp16.h>
#include <algorithm>

__global__ void kl_kernel(float* out, const half* p, const half* q, int cols) {
    __shared__ float warp_sums[4];
    float s = 0.0f;
    for (int c = threadIdx.x; c < cols; c += blockDim.x) {
        float a = __half2float(p[blockIdx.x * cols + c]);
        float b = __half2float(q[blockIdx.x * cols + c]);
        s += a * (logf(a) - logf(b));
    }
    for (int o = 16; o > 0; o >>= 1) s += __shfl_down_sync(0xffffffff, s, o);
    if (threadIdx.x % 32 == 0) warp_sums[threadIdx.x / 32] = s;
    __syncthreads();
    if (threadIdx.x == 0) out[blockIdx.x] = warp_sums[0] + warp_sums[1] + warp_sums[2] + warp_sums[3];
}

void launch(float* out, void* p, void* q, int rows, int cols) {
    kl_kernel<<<rows, 128>>>(out, (const half*)p, (const half*)q, cols);
    cudaDeviceSynchronize();
}
