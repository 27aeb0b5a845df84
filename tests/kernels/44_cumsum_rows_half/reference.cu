#include <cuda_fp16.h>
#include <cstdint>
__global__ void ref(half* out, const half* x, int rows, int cols) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= rows * cols) return;
    float s = 0.0f;
    for (int c = 0; c <= i % cols; c++) s += __half2float(x[i / cols * cols + c]);
    out[i] = __float2half(s);
}
void launch(void* out, void* x, int64_t rows, int64_t cols) { ref<<<(int)((rows * cols + 127) / 128), 128>>>((half*)out, (const half*)x, (int)rows, (int)cols); }
