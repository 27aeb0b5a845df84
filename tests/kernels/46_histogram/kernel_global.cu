#include <cuda_runtime.h>

__global__ void hist_global(int* hist, const int* data, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) atomicAdd(&hist[data[i]], 1);
}

void launch(int* hist, const int* data, int n, int bins) {
    cudaMemset(hist, 0, bins * sizeof(int));
    hist_global<<<(n + 255) / 256, 256>>>(hist, data, n);
    cudaDeviceSynchronize();
}
