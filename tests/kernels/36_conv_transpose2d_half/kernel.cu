#include <cuda_runtime.h>
#include <cuda_fp16.h>
#include <mma.h>
#include <cstdint>

__global__ void conv_transpose2d_kernel(
    half* __restrict__ out, const half* __restrict__ x, const half* __restrict__ weight, const half* __restrict__ bias,
    int n, int ci, int co, int h, int w, int oh, int ow, int k, int st, int pad)
{
    int idx = blockIdx.x * blockDim.x + threadIdx.x;
    if (idx >= n * co * oh * ow) return;

    int x_out = idx % ow;
    int y_out = (idx / ow) % oh;
    int oc = (idx / (ow * oh)) % co;
    int b = idx / (ow * oh * co);

    float value = __half2float(bias[oc]);
    for (int i = 0; i < k; i++) {
        int y_num = y_out + pad - i;
        if (y_num < 0 || y_num % st != 0) continue;
        int y_in = y_num / st;
        if (y_in >= h) continue;
        for (int j = 0; j < k; j++) {
            int x_num = x_out + pad - j;
            if (x_num < 0 || x_num % st != 0) continue;
            int x_in = x_num / st;
            if (x_in >= w) continue;
            for (int ic = 0; ic < ci; ic++) {
                value += __half2float(x[((b * ci + ic) * h + y_in) * w + x_in]) *
                         __half2float(weight[((ic * co + oc) * k + i) * k + j]);
            }
        }
    }
    out[idx] = __float2half(value);
}

void launch(void* out, void* x, void* weight, void* bias, int64_t n, int64_t ci, int64_t co, int64_t h, int64_t w,
            int64_t k, int64_t st, int64_t pad) {
    int64_t oh = (h - 1) * st - 2 * pad + k;
    int64_t ow = (w - 1) * st - 2 * pad + k;
    int64_t total = n * co * oh * ow;
    int block = 256;
    int grid = static_cast<int>((total + block - 1) / block);
    conv_transpose2d_kernel<<<grid, block>>>((half*)out, (const half*)x, (const half*)weight, (const half*)bias,
                                             n, ci, co, h, w, oh, ow, k, st, pad);
    cudaDeviceSynchronize();
}
