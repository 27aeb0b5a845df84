#include <cuda_runtime.h>
#include <cuda_bf16.h>

template <typename T>
struct Gelu {
    __device__ T operator()(T v) const { return T(0.5) * v * (T(1) + erff(v * T(0.70710678))); }
};

template <typename Op>
__global__ void map_kernel(__nv_bfloat16* out, const __nv_bfloat16* x, int n, Op op) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) out[i] = __float2bfloat16(op(__bfloat162float(x[i])));
}

void launch(void* out, const void* x, int n) {
    map_kernel<<<(n + 255) / 256, 256>>>((__nv_bfloat16*)out, (const __nv_bfloat16*)x, n, Gelu<float>());
}
