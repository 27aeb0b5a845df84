#include <cuda_runtime.h>

__global__ void match_kernel(int* count, const unsigned char* text, const unsigned char* pat, int n, int m) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    bool hit = i + m <= n;
    for (int k = 0; hit && k < m; ++k) hit = text[i + k] == pat[k];
    int total = __syncthreads_count(hit);
    if (threadIdx.x == 0 && total > 0) atomicAdd(count, total);
}

void launch(int* count, const unsigned char* text, const unsigned char* pat, int n, int m) {
    cudaMemset(count, 0, sizeof(int));
    match_kernel<<<(n + 255) / 256, 256>>>(count, text, pat, n, m);
    cudaDeviceSynchronize();
}
