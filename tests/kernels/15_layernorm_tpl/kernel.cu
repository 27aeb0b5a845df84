#include <cuda_runtime.h>
#include <algorithm>
#include <iostream>

template <typename T>
__device__ __forceinline__ T warp_sum(T v) {
#pragma unroll
    for (int o = 16; o > 0; o >>= 1) v += __shfl_xor_sync(0xffffffffu, v, o);
    return v;
}

template <typename T, int BS>
__device__ __forceinline__ T block_sum(T v) {
    static_assert(BS % 32 == 0, "block size must be a multiple of the warp size");
    constexpr int kWarps = BS / 32;
    __shared__ T parts[kWarps];
    v = warp_sum(v);
    __syncthreads();
    if ((threadIdx.x & 31) == 0) parts[threadIdx.x >> 5] = v;
    __syncthreads();
    T total = T(0);
#pragma unroll
    for (int i = 0; i < kWarps; ++i) total += parts[i];
    return total;
}

template <typename T, int BS>
__global__ __launch_bounds__(BS) void layernorm_fwd(T* __restrict__ out, const T* __restrict__ x, const T* __restrict__ w,
                                                    const T* __restrict__ b, int cols, T eps) {
    const size_t base = static_cast<size_t>(blockIdx.x) * cols;
    T s = T(0);
    for (int c = threadIdx.x; c < cols; c += BS) s += x[base + c];
    const T mu = block_sum<T, BS>(s) / static_cast<T>(cols);
    T v = T(0);
    for (int c = threadIdx.x; c < cols; c += BS) {
        const T d = x[base + c] - mu;
        v += d * d;
    }
    const T var = block_sum<T, BS>(v) / static_cast<T>(cols);
    const T rstd = rsqrtf(var + eps);
    for (int c = threadIdx.x; c < cols; c += BS) out[base + c] = (x[base + c] - mu) * rstd * w[c] + b[c];
}

void launch(float* out, const float* x, const float* w, const float* b, int rows, int cols) {
    const float eps = 1e-5f;
    const int bs = std::min(512, std::max(32, cols));
    if (bs <= 64)
        layernorm_fwd<float, 64><<<rows, 64>>>(out, x, w, b, cols, eps);
    else if (bs <= 256)
        layernorm_fwd<float, 256><<<rows, 256>>>(out, x, w, b, cols, eps);
    else
        layernorm_fwd<float, 512><<<rows, 512>>>(out, x, w, b, cols, eps);
}
