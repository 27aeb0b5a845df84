#include <cuda_runtime.h>
#include <cuda_fp16.h>
#include <cstdint>

__global__ void conv1d_kernel(half* __restrict__ out, const half* __restrict__ x, const half* __restrict__ weight,
                              const half* __restrict__ bias, int64_t N, int64_t Cin, int64_t Cout, int64_t L, int64_t Lout,
                              int64_t K, int64_t stride, int64_t padding, int64_t dilation) {
    int64_t idx = (int64_t)blockIdx.x * blockDim.x + threadIdx.x;
    int64_t total = N * Cout * Lout;
    if (idx >= total) return;
    int64_t ol = idx % Lout;
    int64_t oc = (idx / Lout) % Cout;
    int64_t b = idx / (Lout * Cout);
    float sum = 0.0f;
    for (int64_t ic = 0; ic < Cin; ++ic) {
        for (int64_t kk = 0; kk < K; ++kk) {
            int64_t il = ol * stride - padding + kk * dilation;
            if (il >= 0 && il < L)
                sum += __half2float(x[(b * Cin + ic) * L + il]) * __half2float(weight[(oc * Cin + ic) * K + kk]);
        }
    }
    sum += __half2float(bias[oc]);
    out[idx] = __float2half(sum);
}

void launch(void* out, void* x, void* weight, void* bias, int64_t n, int64_t ci, int64_t co, int64_t l, int64_t k,
            int64_t s, int64_t p, int64_t d) {
    int64_t lout = (l + 2 * p - d * (k - 1) - 1) / s + 1;
    int64_t total = n * co * lout;
    const int threads = 256;
    const int64_t blocks = (total + threads - 1) / threads;
    conv1d_kernel<<<blocks, threads>>>(static_cast<half*>(out), static_cast<const half*>(x), static_cast<const half*>(weight),
                                       static_cast<const half*>(bias), n, ci, co, l, lout, k, s, p, d);
    cudaDeviceSynchronize();
}
