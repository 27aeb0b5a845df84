#include <cuda_fp16.h>
__global__ void ref(half* y, const half* x, const half* r, const half* b, int rows, int cols) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= rows * cols) return;
    half t = __float2half(__half2float(x[i]) + __half2float(b[i % cols]));
    half u = __float2half(__half2float(t) + __half2float(r[i]));
    float v = __half2float(u);
    y[i] = __float2half(v > 0.0f ? v : 0.0f);
}
void launch(void* out, void* x, void* residual, void* bias, int rows, int cols) { ref<<<(rows * cols + 127) / 128, 128>>>((half*)out, (const half*)x, (const half*)residual, (const half*)bias, rows, cols); }
