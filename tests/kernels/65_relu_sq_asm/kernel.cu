#include <cuda_runtime.h>

__device__ __forceinline__ float load_nc(const float* p) {
    float v;
    asm volatile("ld.global.nc.f32 %0, [%1];" : "=f"(v) : "l"(p));
    return v;
}

__global__ void relu_squared(float* out, const float* x, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= n) return;
    float v = load_nc(x + i), r;
    asm("max.f32 %0, %1, %2;" : "=f"(r) : "f"(v), "f"(0.0f));
    out[i] = r * r;
}

void launch(float* out, const float* x, int n) {
    relu_squared<<<(n + 255) / 256, 256>>>(out, x, n);
}
