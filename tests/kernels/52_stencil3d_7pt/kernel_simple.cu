#include <cuda_runtime.h>

#define IDX(z, y, x) (((z) * h + (y)) * w + (x))

__global__ void heat3d(float* out, const float* in, int d, int h, int w) {
    int x = blockIdx.x * blockDim.x + threadIdx.x;
    int y = blockIdx.y * blockDim.y + threadIdx.y;
    int z = blockIdx.z * blockDim.z + threadIdx.z;
    if (x >= w || y >= h || z >= d) return;
    float c = in[IDX(z, y, x)];
    float left = x > 0 ? in[IDX(z, y, x - 1)] : 0.0f;
    float right = x < w - 1 ? in[IDX(z, y, x + 1)] : 0.0f;
    float up = y > 0 ? in[IDX(z, y - 1, x)] : 0.0f;
    float down = y < h - 1 ? in[IDX(z, y + 1, x)] : 0.0f;
    float front = z > 0 ? in[IDX(z - 1, y, x)] : 0.0f;
    float back = z < d - 1 ? in[IDX(z + 1, y, x)] : 0.0f;
    out[IDX(z, y, x)] = 0.4f * c + 0.1f * (left + right + up + down + front + back);
}

void launch(float* out, const float* in, int d, int h, int w) {
    dim3 block(8, 8, 4);
    dim3 grid((w + 7) / 8, (h + 7) / 8, (d + 3) / 4);
    heat3d<<<grid, block>>>(out, in, d, h, w);
    cudaDeviceSynchronize();
}
