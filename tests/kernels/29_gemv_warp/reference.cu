#include <cuda_fp16.h>
__global__ void ref(half* y, const half* a, const half* x, int rows, int cols) {
    int r = blockIdx.x * blockDim.x + threadIdx.x;
    if (r >= rows) return;
    float s = 0.0f;
    for (int c = 0; c < cols; c++) s += __half2float(a[r * cols + c]) * __half2float(x[c]);
    y[r] = __float2half(s);
}
void launch(void* y, const void* A, const void* x, int rows, int cols) { ref<<<(rows + 31) / 32, 32>>>((half*)y, (const half*)A, (const half*)x, rows, cols); }
