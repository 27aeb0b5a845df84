#include <cuda_runtime.h>
#include <cuda_fp16.h>

__global__ void kl(float* out, const half* p, const half* q, int cols) {
    __shared__ float warp_part[4];
    float s = 0.0f;
    for (int c = threadIdx.x; c < cols; c += blockDim.x) {
        float a = __half2float(p[blockIdx.x * cols + c]);
        float b = __half2float(q[blockIdx.x * cols + c]);
        s += a * (logf(a) - logf(b));
    }
#pragma unroll
    for (int o = 16; o > 0; o >>= 1) s += __shfl_down_sync(0xffffffff, s, o);
    if (threadIdx.x % 32 == 0) warp_part[threadIdx.x / 32] = s;
    __syncthreads();
    if (threadIdx.x == 0) out[blockIdx.x] = warp_part[0] + warp_part[1] + warp_part[2] + warp_part[3];
}

void launch(float* out, void* p, void* q, int rows, int cols) {
    kl<<<rows, 128>>>(out, (const half*)p, (const half*)q, cols);
    cudaDeviceSynchronize();
}
