#include <cuda_runtime.h>

#define TILE 64
#define SOFT 0.01f

__device__ float3 interact(float4 bi, float4 bj, float3 a) {
    float3 r = make_float3(bj.x - bi.x, bj.y - bi.y, bj.z - bi.z);
    float d2 = r.x * r.x + r.y * r.y + r.z * r.z + SOFT;
    float inv = rsqrtf(d2);
    float s = bj.w * inv * inv * inv;
    a.x += r.x * s;
    a.y += r.y * s;
    a.z += r.z * s;
    return a;
}

__global__ void nbody_kernel(float* acc, const float4* pos, int n) {
    __shared__ float4 tile[TILE];
    int i = blockIdx.x * TILE + threadIdx.x;
    float4 self = i < n ? pos[i] : make_float4(0.f, 0.f, 0.f, 0.f);
    float3 a = make_float3(0.f, 0.f, 0.f);
    for (int base = 0; base < n; base += TILE) {
        int j = base + threadIdx.x;
        tile[threadIdx.x] = j < n ? pos[j] : make_float4(0.f, 0.f, 0.f, 0.f);   // mass 0 adds nothing
        __syncthreads();
        for (int k = 0; k < TILE; ++k) a = interact(self, tile[k], a);
        __syncthreads();
    }
    if (i < n) {
        acc[3 * i] = a.x;
        acc[3 * i + 1] = a.y;
        acc[3 * i + 2] = a.z;
    }
}

void launch(float* acc, const float* pos, int n) {
    nbody_kernel<<<(n + TILE - 1) / TILE, TILE>>>(acc, reinterpret_cast<const float4*>(pos), n);
}
