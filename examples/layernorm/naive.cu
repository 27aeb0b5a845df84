// Layer normalisation in two kernels: statistics with one thread per row, then one thread per
// element.
#include <cuda_runtime.h>
#include <math.h>

__global__ void stats_kernel(float* mean, float* rstd, const float* x, int rows, int cols,
                             float eps) {
    int row = blockIdx.x * blockDim.x + threadIdx.x;
    if (row >= rows) return;
    const float* x_row = x + row * cols;
    float sum = 0.0f;
    for (int c = 0; c < cols; c++) {
        sum += x_row[c];
    }
    float mu = sum / cols;
    float var = 0.0f;
    for (int c = 0; c < cols; c++) {
        float diff = x_row[c] - mu;
        var += diff * diff;
    }
    mean[row] = mu;
    rstd[row] = rsqrtf(var / cols + eps);
}

__global__ void normalize_kernel(float* y, const float* x, const float* mean, const float* rstd,
                                 const float* gamma, const float* beta, int rows, int cols) {
    int idx = blockIdx.x * blockDim.x + threadIdx.x;
    if (idx >= rows * cols) return;
    int row = idx / cols;
    int col = idx % cols;
    y[idx] = (x[idx] - mean[row]) * rstd[row] * gamma[col] + beta[col];
}

extern "C" void launch(float* y, const float* x, const float* gamma, const float* beta, int rows,
                       int cols, float eps) {
    float *mean, *rstd;
    cudaMalloc(&mean, rows * sizeof(float));
    cudaMalloc(&rstd, rows * sizeof(float));

    int threads = 256;
    stats_kernel<<<(rows + threads - 1) / threads, threads>>>(mean, rstd, x, rows, cols, eps);
    int total = rows * cols;
    normalize_kernel<<<(total + threads - 1) / threads, threads>>>(y, x, mean, rstd, gamma, beta,
                                                                   rows, cols);

    cudaDeviceSynchronize();
    cudaFree(mean);
    cudaFree(rstd);
}
