#include <cuda_runtime.h>
#include <cmath>

__device__ __forceinline__ float sigmoidf(float v) { return 1.f / (1.f + expf(-v)); }

__global__ void gap_linear_sigmoid(float* __restrict__ out, const float* __restrict__ x, const float* __restrict__ wt,
                                   int c, int hw, int m) {
    extern __shared__ float pooled[];
    const int lane = threadIdx.x & 31;
    const int warp = threadIdx.x >> 5;
    const int nwarp = blockDim.x >> 5;
    const float* xb = x + (size_t)blockIdx.x * c * hw;
    for (int ch = warp; ch < c; ch += nwarp) {
        float s = 0.f;
        for (int i = lane; i < hw; i += 32) s += xb[ch * hw + i];
        for (int o = 16; o > 0; o >>= 1) s += __shfl_down_sync(0xffffffffu, s, o);
        if (lane == 0) pooled[ch] = s / hw;
    }
    __syncthreads();
    for (int j = threadIdx.x; j < m; j += blockDim.x) {
        float acc = 0.f;
        for (int ch = 0; ch < c; ++ch) acc = fmaf(pooled[ch], wt[j * c + ch], acc);
        out[blockIdx.x * m + j] = sigmoidf(acc);
    }
}

void launch(float* out, const float* x, const float* wt, int n, int c, int hw, int m) {
    gap_linear_sigmoid<<<n, 128, c * sizeof(float)>>>(out, x, wt, c, hw, m);
    cudaDeviceSynchronize();
}
