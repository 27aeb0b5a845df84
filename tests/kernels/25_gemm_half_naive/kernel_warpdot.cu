#include <cuda_runtime.h>
#include <cuda_fp16.h>

// one warp per output element
__global__ void linear_warp(half* out, const half* a, const half* b, const half* bias, int m, int n, int k) {
    int gw = (blockIdx.x * blockDim.x + threadIdx.x) >> 5;
    int lane = threadIdx.x & 31;
    if (gw >= m * n) return;
    int r = gw / n, c = gw - r * n;
    float acc = 0.f;
    for (int i = lane; i < k; i += 32) acc = fmaf(__half2float(a[r * k + i]), __half2float(b[c * k + i]), acc);
    for (int s = 16; s > 0; s >>= 1) acc += __shfl_down_sync(0xffffffff, acc, s);
    if (lane == 0) out[gw] = __float2half(acc + __half2float(bias[c]));
}

void launch(void* out, void* a, void* b, void* bias, int64_t m, int64_t n, int64_t k) {
    long long threads = (long long)m * n * 32;
    int blocks = (int)((threads + 127) / 128);
    linear_warp<<<blocks, 128>>>(reinterpret_cast<half*>(out), reinterpret_cast<half*>(a), reinterpret_cast<half*>(b),
                                 reinterpret_cast<half*>(bias), (int)m, (int)n, (int)k);
}
