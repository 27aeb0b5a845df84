// Causal attention of one head, in three kernels: scores, softmax of each row, weighted values.
#include <cuda_runtime.h>
#include <math.h>

__global__ void scores_kernel(float* scores, const float* q, const float* k, int n, int d,
                              float scale) {
    int col = blockIdx.x * blockDim.x + threadIdx.x;
    int row = blockIdx.y * blockDim.y + threadIdx.y;
    if (row >= n || col >= n) return;
    if (col > row) {
        scores[row * n + col] = -INFINITY;
        return;
    }
    float dot = 0.0f;
    for (int i = 0; i < d; i++) {
        dot += q[row * d + i] * k[col * d + i];
    }
    scores[row * n + col] = dot * scale;
}

__global__ void softmax_kernel(float* scores, int n) {
    int row = blockIdx.x * blockDim.x + threadIdx.x;
    if (row >= n) return;
    float max_val = -INFINITY;
    for (int j = 0; j < n; j++) {
        max_val = fmaxf(max_val, scores[row * n + j]);
    }
    float sum = 0.0f;
    for (int j = 0; j < n; j++) {
        float e = expf(scores[row * n + j] - max_val);
        scores[row * n + j] = e;
        sum += e;
    }
    for (int j = 0; j < n; j++) {
        scores[row * n + j] /= sum;
    }
}

__global__ void output_kernel(float* out, const float* scores, const float* v, int n, int d) {
    int col = blockIdx.x * blockDim.x + threadIdx.x;
    int row = blockIdx.y * blockDim.y + threadIdx.y;
    if (row >= n || col >= d) return;
    float acc = 0.0f;
    for (int j = 0; j < n; j++) {
        acc += scores[row * n + j] * v[j * d + col];
    }
    out[row * d + col] = acc;
}

extern "C" void launch(float* out, const float* q, const float* k, const float* v, int n, int d) {
    float* scores;
    cudaMalloc(&scores, (size_t)n * n * sizeof(float));
    float scale = 1.0f / sqrtf((float)d);

    dim3 block(16, 16);
    dim3 score_grid((n + 15) / 16, (n + 15) / 16);
    scores_kernel<<<score_grid, block>>>(scores, q, k, n, d, scale);
    softmax_kernel<<<(n + 255) / 256, 256>>>(scores, n);
    dim3 out_grid((d + 15) / 16, (n + 15) / 16);
    output_kernel<<<out_grid, block>>>(out, scores, v, n, d);

    cudaDeviceSynchronize();
    cudaFree(scores);
}
