#include <cuda_runtime.h>
#include <cuda_fp16.h>

// x staged as float in shared memory, one thread per row over half2 loads.
__global__ void gemv_rows(__half* y, const __half2* A, const __half2* x, int rows, int pairs) {
    extern __shared__ float2 xs[];
    for (int i = threadIdx.x; i < pairs; i += blockDim.x) xs[i] = __half22float2(x[i]);
    __syncthreads();
    int r = blockIdx.x * blockDim.x + threadIdx.x;
    if (r >= rows) return;
    float s0 = 0.f, s1 = 0.f;
    for (int i = 0; i < pairs; ++i) {
        float2 a = __half22float2(A[(size_t)r * pairs + i]);
        s0 += a.x * xs[i].x;
        s1 += a.y * xs[i].y;
    }
    y[r] = __float2half(s0 + s1);
}

void launch(void* y, const void* A, const void* x, int rows, int cols) {
    int pairs = cols / 2;
    gemv_rows<<<(rows + 63) / 64, 64, pairs * sizeof(float2)>>>((__half*)y, (const __half2*)A, (const __half2*)x, rows, pairs);
}
