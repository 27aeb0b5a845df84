#include <cuda_fp16.h>
__global__ void ref(half* y, const half* x, int rows, int cols, float eps) {
    int r = blockIdx.x * blockDim.x + threadIdx.x;
    if (r >= rows) return;
    float s = 0.0f;
    for (int c = 0; c < cols; c++) { float v = __half2float(x[(size_t)r * cols + c]); s += v * v; }
    float d = sqrtf(s + eps);
    for (int c = 0; c < cols; c++) y[(size_t)r * cols + c] = __float2half(__half2float(x[(size_t)r * cols + c]) / d);
}
void launch(void* out, void* x, int rows, int cols, float eps) { ref<<<(rows + 31) / 32, 32>>>((half*)out, (const half*)x, rows, cols, eps); }
