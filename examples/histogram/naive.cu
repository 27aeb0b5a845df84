// Histogram of small integers: one thread per value, atomics in global memory.
#include <cuda_runtime.h>

__global__ void histogram_kernel(int* counts, const int* values, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) {
        atomicAdd(&counts[values[i]], 1);
    }
}

extern "C" void launch(int* counts, const int* values, int n, int bins) {
    cudaMemset(counts, 0, bins * sizeof(int));
    int threads = 256;
    int blocks = (n + threads - 1) / threads;
    histogram_kernel<<<blocks, threads>>>(counts, values, n);
    cudaDeviceSynchronize();
}
