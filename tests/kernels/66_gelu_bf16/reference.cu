#include <cuda_bf16.h>
__global__ void ref(__nv_bfloat16* o, const __nv_bfloat16* x, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= n) return;
    float v = __bfloat162float(x[i]);
    o[i] = __float2bfloat16(0.5f * v * (1.0f + erff(v * 0.70710678f)));
}
void launch(void* out, const void* x, int n) { ref<<<(n + 127) / 128, 128>>>((__nv_bfloat16*)out, (const __nv_bfloat16*)x, n); }
