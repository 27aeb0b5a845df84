// Speckle-reducing anisotropic diffusion: reduction for the statistics, then two stencil kernels.
#include <cmath>
#include <cstdio>
#include <vector>
#include <cuda_runtime.h>

#define CHECK_CUDA(expr)                                                           \
    if (cudaError_t status = (expr); status != cudaSuccess) {                      \
        printf("FAIL %s: %s\n", #expr, cudaGetErrorName(status));                  \
        return 1;                                                                  \
    }

using fp = float;
constexpr int NUMBER_THREADS = 128;

struct Neighbours {
    int n, s, w, e;
};

__global__ void extract(fp* image, int ne)
{
    for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < ne; i += gridDim.x * blockDim.x)
        image[i] = expf(image[i] / 255);
}

__global__ void moments(const fp* image, int ne, double* sum, double* sum2)
{
    __shared__ double psum[NUMBER_THREADS], psum2[NUMBER_THREADS];
    const int tx = threadIdx.x;
    double a = 0, b = 0;
    for (int i = blockIdx.x * NUMBER_THREADS + tx; i < ne; i += gridDim.x * NUMBER_THREADS) {
        const double v = image[i];
        a += v;
        b += v * v;
    }
    psum[tx] = a;
    psum2[tx] = b;
    __syncthreads();
    for (int off = NUMBER_THREADS >> 1; off; off >>= 1) {
        if (tx < off) {
            psum[tx] += psum[tx + off];
            psum2[tx] += psum2[tx + off];
        }
        __syncthreads();
    }
    if (!tx) {
        atomicAdd(sum, psum[0]);
        atomicAdd(sum2, psum2[0]);
    }
}

__device__ __host__ __forceinline__ Neighbours around(int row, int col, int rows, int cols)
{
    return Neighbours{row == 0 ? 0 : row - 1, row == rows - 1 ? row : row + 1, col == 0 ? 0 : col - 1,
                      col == cols - 1 ? col : col + 1};
}

__global__ void srad1(int rows, int cols, fp q0sqr, const fp* __restrict__ I, float4* __restrict__ d, fp* __restrict__ c)
{
    const int ei = blockIdx.x * blockDim.x + threadIdx.x;
    if (ei >= rows * cols) return;
    const int row = ei / cols, col = ei % cols;
    const Neighbours nb = around(row, col, rows, cols);
    const fp Jc = I[ei];
    const float4 g = make_float4(I[nb.n * cols + col] - Jc, I[nb.s * cols + col] - Jc, I[row * cols + nb.w] - Jc,
                                 I[row * cols + nb.e] - Jc);
    const fp G2 = (g.x * g.x + g.y * g.y + g.z * g.z + g.w * g.w) / (Jc * Jc);
    const fp L = (g.x + g.y + g.z + g.w) / Jc;
    const fp num = 0.5f * G2 - (1.0f / 16.0f) * L * L;
    fp den = 1 + 0.25f * L;
    const fp qsqr = num / (den * den);
    den = (qsqr - q0sqr) / (q0sqr * (1 + q0sqr));
    d[ei] = g;
    c[ei] = __saturatef(1.0f / (1.0f + den));
}

__global__ void srad2(int rows, int cols, fp lambda, fp* I, const float4* __restrict__ d, const fp* __restrict__ c)
{
    const int ei = blockIdx.x * blockDim.x + threadIdx.x;
    if (ei >= rows * cols) return;
    const int row = ei / cols, col = ei % cols;
    const Neighbours nb = around(row, col, rows, cols);
    const float4 g = d[ei];
    const fp cC = c[ei], cS = c[nb.s * cols + col], cE = c[row * cols + nb.e];
    I[ei] += 0.25f * lambda * (cC * g.x + cS * g.y + cC * g.z + cE * g.w);
}

__global__ void compress(fp* image, int ne)
{
    const int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < ne) image[i] = logf(image[i]) * 255;
}

int main()
{
    const int rows = 60, cols = 77, ne = rows * cols, niter = 6;
    const fp lambda = 0.5f;
    std::vector<fp> img(ne);
    unsigned seed = 1;
    for (int i = 0; i < ne; i++) {
        seed = seed * 69069u + 1u;
        img[i] = 60.f + 60.f * std::sin(0.1f * (i % cols)) * std::cos(0.07f * (i / cols)) + (seed >> 24) * 0.2f;
    }
    std::vector<double> J(ne), dn(ne), dsn(ne), dw(ne), de(ne), cc(ne);
    for (int i = 0; i < ne; i++) J[i] = std::exp(img[i] / 255.0);
    for (int it = 0; it < niter; it++) {
        double s = 0, s2 = 0;
        for (double v : J) s += v, s2 += v * v;
        const double mean = s / ne, var = s2 / ne - mean * mean, q0 = var / (mean * mean);
        for (int r = 0; r < rows; r++)
            for (int k = 0; k < cols; k++) {
                const int i = r * cols + k;
                const Neighbours nb = around(r, k, rows, cols);
                const double jc = J[i];
                dn[i] = J[nb.n * cols + k] - jc; dsn[i] = J[nb.s * cols + k] - jc;
                dw[i] = J[r * cols + nb.w] - jc; de[i] = J[r * cols + nb.e] - jc;
                const double g2 = (dn[i] * dn[i] + dsn[i] * dsn[i] + dw[i] * dw[i] + de[i] * de[i]) / (jc * jc);
                const double l = (dn[i] + dsn[i] + dw[i] + de[i]) / jc;
                const double num = 0.5 * g2 - l * l / 16, den = 1 + 0.25 * l;
                const double q = num / (den * den);
                const double v = 1.0 / (1.0 + (q - q0) / (q0 * (1 + q0)));
                cc[i] = v < 0 ? 0 : v > 1 ? 1 : v;
            }
        for (int r = 0; r < rows; r++)
            for (int k = 0; k < cols; k++) {
                const int i = r * cols + k;
                const Neighbours nb = around(r, k, rows, cols);
                J[i] += 0.25 * lambda * (cc[i] * dn[i] + cc[nb.s * cols + k] * dsn[i] + cc[i] * dw[i] + cc[r * cols + nb.e] * de[i]);
            }
    }

    fp *dI, *dC;
    float4* dD;
    double* dSums;
    CHECK_CUDA(cudaMalloc(&dI, ne * sizeof(fp)));
    CHECK_CUDA(cudaMalloc(&dC, ne * sizeof(fp)));
    CHECK_CUDA(cudaMalloc(&dD, ne * sizeof(float4)));
    CHECK_CUDA(cudaMalloc(&dSums, 2 * sizeof(double)));
    CHECK_CUDA(cudaMemcpy(dI, img.data(), ne * sizeof(fp), cudaMemcpyHostToDevice));
    const int blocks = (ne + NUMBER_THREADS - 1) / NUMBER_THREADS;
    extract<<<16, NUMBER_THREADS>>>(dI, ne);
    for (int it = 0; it < niter; it++) {
        double sums[2] = {};
        CHECK_CUDA(cudaMemset(dSums, 0, sizeof sums));
        moments<<<16, NUMBER_THREADS>>>(dI, ne, dSums, dSums + 1);
        CHECK_CUDA(cudaMemcpy(sums, dSums, sizeof sums, cudaMemcpyDeviceToHost));
        const double mean = sums[0] / ne, var = sums[1] / ne - mean * mean;
        const fp q0 = static_cast<fp>(var / (mean * mean));
        srad1<<<blocks, NUMBER_THREADS>>>(rows, cols, q0, dI, dD, dC);
        srad2<<<blocks, NUMBER_THREADS>>>(rows, cols, lambda, dI, dD, dC);
    }
    compress<<<blocks, NUMBER_THREADS>>>(dI, ne);
    CHECK_CUDA(cudaGetLastError());
    CHECK_CUDA(cudaMemcpy(img.data(), dI, ne * sizeof(fp), cudaMemcpyDeviceToHost));
    CHECK_CUDA(cudaFree(dI)); CHECK_CUDA(cudaFree(dC)); CHECK_CUDA(cudaFree(dD)); CHECK_CUDA(cudaFree(dSums));
    double worst = 0;
    for (int i = 0; i < ne; i++) worst = std::fmax(worst, std::fabs(img[i] - std::log(J[i]) * 255));
    if (!(worst < 0.05)) { printf("FAIL error %g grey levels\n", worst); return 1; }
    printf("PASS srad %dx%d, %d iterations, max error %.2g grey levels\n", rows, cols, niter, worst);
}
