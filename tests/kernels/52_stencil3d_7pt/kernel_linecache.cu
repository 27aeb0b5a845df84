#include <cuda_runtime.h>

// Each block handles a row of x; the row is cached with its halo.
__global__ void stencil_row(float* __restrict__ out, const float* __restrict__ in, int d, int h, int w) {
    __shared__ float line[66];
    const int y = blockIdx.y, z = blockIdx.z;
    const int x = blockIdx.x * 64 + threadIdx.x;
    const int plane = h * w;
    const int i = z * plane + y * w + x;
    float centre = x < w ? in[i] : 0.f;
    line[threadIdx.x + 1] = centre;
    if (threadIdx.x == 0) line[0] = x > 0 ? in[i - 1] : 0.f;
    if (threadIdx.x == 63) line[65] = x + 1 < w ? in[i + 1] : 0.f;
    __syncthreads();
    if (x >= w) return;
    float s = line[threadIdx.x] + line[threadIdx.x + 2];
    if (y > 0) s += in[i - w];
    if (y + 1 < h) s += in[i + w];
    if (z > 0) s += in[i - plane];
    if (z + 1 < d) s += in[i + plane];
    out[i] = 0.4f * centre + 0.1f * s;
}

void launch(float* out, const float* in, int d, int h, int w) {
    stencil_row<<<dim3((w + 63) / 64, h, d), 64>>>(out, in, d, h, w);
}
