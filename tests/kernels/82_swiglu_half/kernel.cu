#include <cuda_runtime.h>
#include <cuda_fp16.h>

__device__ __forceinline__ float silu(float x) { return x / (1.0f + __expf(-x)); }

__global__ void swiglu_kernel(half* __restrict__ out, const half* __restrict__ in, int hidden) {
    const half* gate = in + (size_t)blockIdx.x * 2 * hidden;
    const half* up = gate + hidden;
    half* dst = out + (size_t)blockIdx.x * hidden;
    for (int i = threadIdx.x; i < hidden; i += blockDim.x) {
        dst[i] = __float2half(silu(__half2float(gate[i])) * __half2float(up[i]));
    }
}

void launch(void* out, const void* x, int rows, int h) {
    swiglu_kernel<<<rows, 128>>>((half*)out, (const half*)x, h);
}
