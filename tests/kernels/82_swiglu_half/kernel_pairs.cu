#include <cuda_runtime.h>
#include <cuda_fp16.h>

template <bool EVEN>
__global__ void swiglu(half* out, const half* in, int rows, int h) {
    int per_row = EVEN ? h / 2 : h;
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= rows * per_row) return;
    int r = i / per_row, c = i % per_row;
    const half* g = in + (size_t)r * 2 * h;
    if (EVEN) {
        float2 a = __half22float2(reinterpret_cast<const half2*>(g)[c]);
        float2 b = __half22float2(reinterpret_cast<const half2*>(g + h)[c]);
        float x = a.x * __frcp_rn(1.0f + __expf(-a.x)) * b.x;
        float y = a.y * __frcp_rn(1.0f + __expf(-a.y)) * b.y;
        reinterpret_cast<half2*>(out + (size_t)r * h)[c] = __floats2half2_rn(x, y);
    } else {
        float a = __half2float(g[c]), b = __half2float(g[h + c]);
        out[(size_t)r * h + c] = __float2half(a * __frcp_rn(1.0f + __expf(-a)) * b);
    }
}

void launch(void* out, const void* x, int rows, int h) {
    int total = h % 2 == 0 ? rows * (h / 2) : rows * h;
    int blocks = (total + 255) / 256;
    if (h % 2 == 0)
        swiglu<true><<<blocks, 256>>>((half*)out, (const half*)x, rows, h);
    else
        swiglu<false><<<blocks, 256>>>((half*)out, (const half*)x, rows, h);
    cudaDeviceSynchronize();
}
