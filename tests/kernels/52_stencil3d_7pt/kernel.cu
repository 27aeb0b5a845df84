#include <cuda_runtime.h>

__constant__ float c_coef[2] = {0.4f, 0.1f};

#define BX 16
#define BY 8

__global__ void stencil7(float* __restrict__ out, const float* __restrict__ in, int d, int h, int w) {
    __shared__ float plane[BY][BX];
    const int x = blockIdx.x * BX + threadIdx.x;
    const int y = blockIdx.y * BY + threadIdx.y;
    const bool inside = x < w && y < h;
    const size_t hw = (size_t)h * w;
    const size_t base = (size_t)y * w + x;
    float below = 0.0f;
    float cur = inside ? in[base] : 0.0f;
    for (int z = 0; z < d; ++z) {
        const float above = (inside && z + 1 < d) ? in[(z + 1) * hw + base] : 0.0f;
        plane[threadIdx.y][threadIdx.x] = cur;
        __syncthreads();
        if (inside) {
            const float* p = in + z * hw;
            float l = 0.0f, r = 0.0f, u = 0.0f, b = 0.0f;
            if (x > 0) l = threadIdx.x > 0 ? plane[threadIdx.y][threadIdx.x - 1] : p[base - 1];
            if (x < w - 1) r = threadIdx.x < BX - 1 ? plane[threadIdx.y][threadIdx.x + 1] : p[base + 1];
            if (y > 0) u = threadIdx.y > 0 ? plane[threadIdx.y - 1][threadIdx.x] : p[base - w];
            if (y < h - 1) b = threadIdx.y < BY - 1 ? plane[threadIdx.y + 1][threadIdx.x] : p[base + w];
            out[z * hw + base] = c_coef[0] * cur + c_coef[1] * (l + r + u + b + below + above);
        }
        __syncthreads();
        below = cur;
        cur = above;
    }
}

void launch(float* out, const float* in, int d, int h, int w) {
    dim3 grid((w + BX - 1) / BX, (h + BY - 1) / BY);
    stencil7<<<grid, dim3(BX, BY)>>>(out, in, d, h, w);
    cudaDeviceSynchronize();
}
