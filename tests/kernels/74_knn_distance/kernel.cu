#include <cuda_runtime.h>
#include <vector>

__global__ void dist_kernel(float* __restrict__ dist, const float* __restrict__ a, const float* __restrict__ b, int n, int d) {
    extern __shared__ float query[];
    for (int i = threadIdx.x; i < d; i += blockDim.x) query[i] = a[blockIdx.y * d + i];
    __syncthreads();
    int j = blockIdx.x * blockDim.x + threadIdx.x;
    if (j < n) {
        float s = 0.f;
        for (int i = 0; i < d; ++i) {
            float diff = query[i] - b[j * d + i];
            s = fmaf(diff, diff, s);
        }
        dist[blockIdx.y * n + j] = s;
    }
}

void launch(float* dist, const float* a, const float* b, int q, int n, int d) {
    dist_kernel<<<dim3((n + 63) / 64, q), 64, d * sizeof(float)>>>(dist, a, b, n, d);
}
