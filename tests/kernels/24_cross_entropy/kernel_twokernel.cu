#include <cuda_runtime.h>

__global__ void ce_rows(float* losses, const float* logits, const int* target, int batch, int classes) {
    int b = blockIdx.x * blockDim.x + threadIdx.x;
    if (b < batch) {
        const float* row = logits + b * classes;
        float mx = row[0];
        for (int c = 1; c < classes; ++c) mx = row[c] > mx ? row[c] : mx;
        float se = 0.0f;
        for (int c = 0; c < classes; ++c) se += expf(row[c] - mx);
        losses[b] = logf(se) + mx - row[target[b]];
    }
}

__global__ void mean_kernel(float* loss, const float* losses, int batch) {
    __shared__ float s[64];
    float v = 0.0f;
    for (int i = threadIdx.x; i < batch; i += 64) v += losses[i];
    s[threadIdx.x] = v;
    __syncthreads();
    if (threadIdx.x < 32) {
        v = s[threadIdx.x] + s[threadIdx.x + 32];
        for (int o = 16; o > 0; o >>= 1) v += __shfl_down_sync(0xffffffff, v, o);
        if (threadIdx.x == 0) *loss = v / batch;
    }
}

void launch(float* loss, const float* logits, const int* target, int batch, int classes) {
    float* losses = NULL;
    cudaError_t st = cudaMalloc((void**)&losses, (size_t)batch * sizeof(float));
    if (st != cudaSuccess) return;
    ce_rows<<<(batch + 127) / 128, 128>>>(losses, logits, target, batch, classes);
    mean_kernel<<<1, 64>>>(loss, losses, batch);
    cudaDeviceSynchronize();
    cudaFree(losses);
}
