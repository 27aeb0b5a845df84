#include <cuda_runtime.h>
#include <algorithm>

__global__ void histogram_kernel(int* __restrict__ hist, const int* __restrict__ data, int n, int bins) {
    extern __shared__ int local[];
    for (int b = threadIdx.x; b < bins; b += blockDim.x) local[b] = 0;
    __syncthreads();
    for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += blockDim.x * gridDim.x) {
        const int b = data[i];
        if (b >= 0 && b < bins) atomicAdd(&local[b], 1);
    }
    __syncthreads();
    for (int b = threadIdx.x; b < bins; b += blockDim.x) {
        if (local[b] > 0) atomicAdd(hist + b, local[b]);
    }
}

void launch(int* hist, const int* data, int n, int bins) {
    int device = 0, sms = 0;
    cudaGetDevice(&device);
    cudaDeviceGetAttribute(&sms, cudaDevAttrMultiProcessorCount, device);
    int grid = std::max(1, std::min((n + 255) / 256, std::max(sms, 1) * 2));
    cudaMemset(hist, 0, bins * sizeof(int));
    histogram_kernel<<<grid, 256, bins * sizeof(int)>>>(hist, data, n, bins);
}
