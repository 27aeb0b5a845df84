#include <cuda_runtime.h>
#include <cstdint>

__global__ void rmsnorm_vec_kernel(float* __restrict__ out, const float* __restrict__ x, const float* __restrict__ w, int cols) {
    extern __shared__ float smem[];
    const int row = blockIdx.x;
    const int tid = threadIdx.x;
    const int n4 = cols / 4;
    const float4* xv = reinterpret_cast<const float4*>(x + (size_t)row * cols);
    const float4* wv = reinterpret_cast<const float4*>(w);
    float4* ov = reinterpret_cast<float4*>(out + (size_t)row * cols);

    float ss = 0.0f;
    for (int i = tid; i < n4; i += blockDim.x) {
        float4 v = xv[i];
        ss += v.x * v.x + v.y * v.y + v.z * v.z + v.w * v.w;
    }
    smem[tid] = ss;
    __syncthreads();
    for (int s = blockDim.x >> 1; s >= 1; s >>= 1) {
        if (tid < s) smem[tid] += smem[tid + s];
        __syncthreads();
    }
    const float scale = __frsqrt_rn(smem[0] / cols + 1e-6f);
    for (int i = tid; i < n4; i += blockDim.x) {
        float4 v = xv[i], g = wv[i];
        v.x *= scale * g.x;
        v.y *= scale * g.y;
        v.z *= scale * g.z;
        v.w *= scale * g.w;
        ov[i] = v;
    }
}

extern "C" void launch(float* out, const float* x, const float* w, int rows, int cols) {
    int threads = 128;
    size_t shmem = threads * sizeof(float);
    rmsnorm_vec_kernel<<<rows, threads, shmem>>>(out, x, w, cols);
    cudaDeviceSynchronize();
}
