#include <cuda_runtime.h>

__global__ void dist_warp(float* dist, const float* a, const float* b, int q, int n, int d) {
    int warp = (blockIdx.x * blockDim.x + threadIdx.x) >> 5;
    int lane = threadIdx.x & 31;
    int warps = (gridDim.x * blockDim.x) >> 5;
    for (int pair = warp; pair < q * n; pair += warps) {
        const float* u = a + (pair / n) * d;
        const float* v = b + (pair % n) * d;
        float s = 0.f;
        for (int i = lane; i < d; i += 32) {
            float t = u[i] - v[i];
            s += t * t;
        }
        for (int o = 16; o > 0; o >>= 1) s += __shfl_xor_sync(0xffffffff, s, o);
        if (lane == 0) dist[pair] = s;
    }
}

void launch(float* dist, const float* a, const float* b, int q, int n, int d) {
    dist_warp<<<48, 128>>>(dist, a, b, q, n, d);
}
