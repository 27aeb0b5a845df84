#include <cuda_runtime.h>

__device__ float3 body_body(float4 bi, float4 bj, float3 ai) {
    float3 r;
    r.x = bj.x - bi.x;
    r.y = bj.y - bi.y;
    r.z = bj.z - bi.z;
    float distSqr = r.x * r.x + r.y * r.y + r.z * r.z + 0.01f;
    float invDist = rsqrtf(distSqr);
    float s = bj.w * invDist * invDist * invDist;
    ai.x += r.x * s;
    ai.y += r.y * s;
    ai.z += r.z * s;
    return ai;
}

__global__ void forces(float3* acc, const float4* pos, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= n) return;
    float4 me = pos[i];
    float3 a = {0.0f, 0.0f, 0.0f};
    for (int j = 0; j < n; j++) a = body_body(me, pos[j], a);
    acc[i] = a;
}

void launch(float* acc, const float* pos, int n) {
    forces<<<(n + 127) / 128, 128>>>((float3*)acc, (const float4*)pos, n);
    cudaDeviceSynchronize();
}
