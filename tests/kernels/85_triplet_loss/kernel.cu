#include <cuda_runtime.h>

__global__ void triplet_kernel(const float* anchor, const float* positive, const float* negative, float* losses, int batch, int dim,
                               float margin) {
    int warp_id = (blockIdx.x * blockDim.x + threadIdx.x) / warpSize;
    int lane = threadIdx.x % warpSize;
    if (warp_id >= batch) return;
    float dp = 0.0f, dn = 0.0f;
    for (int i = lane; i < dim; i += warpSize) {
        float a = anchor[warp_id * dim + i];
        float x = a - positive[warp_id * dim + i];
        float y = a - negative[warp_id * dim + i];
        dp += x * x;
        dn += y * y;
    }
    for (int offset = warpSize / 2; offset > 0; offset /= 2) {
        dp += __shfl_down_sync(0xffffffff, dp, offset);
        dn += __shfl_down_sync(0xffffffff, dn, offset);
    }
    if (lane == 0) losses[warp_id] = fmaxf(0.0f, sqrtf(dp) - sqrtf(dn) + margin);
}

__global__ void mean_kernel(const float* losses, float* out, int n) {
    __shared__ float s[256];
    float v = 0.0f;
    for (int i = threadIdx.x; i < n; i += blockDim.x) v += losses[i];
    s[threadIdx.x] = v;
    __syncthreads();
    for (int k = blockDim.x / 2; k > 0; k >>= 1) {
        if (threadIdx.x < k) s[threadIdx.x] += s[threadIdx.x + k];
        __syncthreads();
    }
    if (threadIdx.x == 0) out[0] = s[0] / n;
}

void launch(float* loss, const float* a, const float* p, const float* q, int n, int d, float margin) {
    float* tmp;
    cudaMalloc(&tmp, n * sizeof(float));
    triplet_kernel<<<(n + 7) / 8, 256>>>(a, p, q, tmp, n, d, margin);
    mean_kernel<<<1, 256>>>(tmp, loss, n);
    cudaDeviceSynchronize();
    cudaFree(tmp);
}
