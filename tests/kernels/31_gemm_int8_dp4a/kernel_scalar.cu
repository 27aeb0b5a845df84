#include <cuda_runtime.h>
#include <stdint.h>

__global__ void qgemm(float* out, const int8_t* a, const int8_t* b, const float* scale, int m, int n, int k) {
    int j = blockIdx.x * blockDim.x + threadIdx.x;
    int i = blockIdx.y * blockDim.y + threadIdx.y;
    if (i >= m || j >= n) return;
    int acc = 0;
    for (int t = 0; t < k; t++) acc += static_cast<int>(a[i * k + t]) * static_cast<int>(b[j * k + t]);
    out[i * n + j] = acc * scale[j];
}

void launch(float* out, const int8_t* a, const int8_t* b, const float* scale, int m, int n, int k) {
    dim3 blk(16, 16);
    dim3 grd((n + blk.x - 1) / blk.x, (m + blk.y - 1) / blk.y);
    qgemm<<<grd, blk>>>(out, a, b, scale, m, n, k);
    cudaDeviceSynchronize();
}
