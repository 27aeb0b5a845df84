#include <cuda_runtime.h>

// Four independent elements per thread, strided by the block so that accesses coalesce.
template <int ITEMS>
__global__ void silu_ilp(float* __restrict__ out, const float* __restrict__ in, int n) {
    const int tile = blockDim.x * ITEMS;
    const int start = blockIdx.x * tile + threadIdx.x;
    float v[ITEMS];
#pragma unroll
    for (int k = 0; k < ITEMS; k++) {
        int i = start + k * blockDim.x;
        v[k] = i < n ? __ldg(&in[i]) : 0.f;
    }
#pragma unroll
    for (int k = 0; k < ITEMS; k++) v[k] = v[k] / (1.f + expf(-v[k]));
#pragma unroll
    for (int k = 0; k < ITEMS; k++) {
        int i = start + k * blockDim.x;
        if (i < n) out[i] = v[k];
    }
}

extern "C" void launch(float* out, const float* in, int n) {
    constexpr int kItems = 4;
    dim3 block(128);
    dim3 grid((n + 128 * kItems - 1) / (128 * kItems));
    silu_ilp<kItems><<<grid, block>>>(out, in, n);
}
