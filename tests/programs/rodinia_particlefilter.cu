// A particle filter for a moving point: likelihood, normalisation, cumulative sum, resampling.
#include <climits>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>
#include <cuda_runtime.h>

const int threads_per_block = 128;
#define PI 3.1415926535897932
#define A 1103515245
#define C 12345
#define M INT_MAX

#define TRY(e) if (cudaError_t err = (e)) { printf("FAIL %s: %s\n", #e, cudaGetErrorString(err)); exit(1); }

__device__ __host__ double randu(int* seed, int index)
{
    int num = (int)((unsigned)A * (unsigned)seed[index] + C);
    seed[index] = num % M;
    double q = seed[index] / ((double)M);
    return fabs(q);
}

__device__ __host__ double randn(int* seed, int index)
{
    double u = randu(seed, index) + 1e-12;
    double v = randu(seed, index);
    double cosine = cos(2 * PI * v);
    double rt = -2 * log(u);
    return sqrt(rt) * cosine;
}

__device__ int findIndexBin(const double* CDF, int beginIndex, int endIndex, double value)
{
    if (endIndex < beginIndex) return -1;
    while (endIndex > beginIndex) {
        int middle = beginIndex + ((endIndex - beginIndex) / 2);
        if (CDF[middle] >= value) endIndex = middle;
        else beginIndex = middle + 1;
    }
    return beginIndex;
}

__global__ void likelihood_kernel(double* arrayX, double* arrayY, double* weights, int* seed, double ox, double oy, int n)
{
    extern __shared__ double buffer[];
    int i = blockDim.x * blockIdx.x + threadIdx.x;
    double w = 0;
    if (i < n) {
        arrayX[i] = arrayX[i] + 1.0 + 0.5 * randn(seed, i);
        arrayY[i] = arrayY[i] - 2.0 + 0.2 * randn(seed, i);
        const double dx = arrayX[i] - ox, dy = arrayY[i] - oy;
        w = weights[i] * exp(-(dx * dx + dy * dy) / 8.0);
        weights[i] = w;
    }
    buffer[threadIdx.x] = w;
    __syncthreads();
}

__global__ void sum_kernel(const double* weights, double* total, int n)
{
    extern __shared__ double buffer[];
    double s = 0;
    for (int i = threadIdx.x; i < n; i += blockDim.x) s += weights[i];
    buffer[threadIdx.x] = s;
    __syncthreads();
    for (unsigned h = blockDim.x / 2; h > 0; h /= 2) {
        if (threadIdx.x < h) buffer[threadIdx.x] += buffer[threadIdx.x + h];
        __syncthreads();
    }
    if (threadIdx.x == 0) *total = buffer[0];
}

__global__ void normalize_and_scan(double* weights, double* CDF, const double* total, double* u, int* seed, int n)
{
    __shared__ double u1;
    const double sum = *total;
    for (int i = threadIdx.x; i < n; i += blockDim.x) weights[i] /= sum;
    __syncthreads();
    if (threadIdx.x == 0) {
        CDF[0] = weights[0];
        for (int x = 1; x < n; x++) CDF[x] = weights[x] + CDF[x - 1];
        u1 = (1.0 / n) * randu(seed, 0);
    }
    __syncthreads();
    for (int i = threadIdx.x; i < n; i += blockDim.x) u[i] = u1 + i / (double)n;
}

__global__ void resample(const double* X, const double* Y, const double* CDF, double* xj, double* yj, const double* u,
                         double* weights, int n)
{
    int i = blockDim.x * blockIdx.x + threadIdx.x;
    if (i < n) {
        int index = findIndexBin(CDF, 0, n - 1, u[i]);
        xj[i] = X[index];
        yj[i] = Y[index];
        weights[i] = 1.0 / n;
    }
}

int main(int argc, char* argv[])
{
    int n = 1000, frames = 5;
    if (argc > 2 && !strcmp(argv[1], "-np")) n = atoi(argv[2]);
    std::vector<double> x(n, 30.0), y(n, 60.0), w(n, 1.0 / n), cdf(n), u(n), nx(n), ny(n);
    std::vector<int> seed(n);
    for (int i = 0; i < n; i++) seed[i] = i * 7919 + 17;
    std::vector<int> hseed(seed);

    double *dX, *dY, *dW, *dC, *dU, *dXj, *dYj, *dT;
    int* dS;
    double** all[] = {&dX, &dY, &dW, &dC, &dU, &dXj, &dYj};
    for (double** p : all) TRY(cudaMalloc((void**)p, n * sizeof(double)));
    TRY(cudaMalloc(&dT, sizeof(double)));
    TRY(cudaMalloc(&dS, n * sizeof(int)));
    TRY(cudaMemcpy(dX, x.data(), n * sizeof(double), cudaMemcpyHostToDevice));
    TRY(cudaMemcpy(dY, y.data(), n * sizeof(double), cudaMemcpyHostToDevice));
    TRY(cudaMemcpy(dW, w.data(), n * sizeof(double), cudaMemcpyHostToDevice));
    TRY(cudaMemcpy(dS, seed.data(), n * sizeof(int), cudaMemcpyHostToDevice));

    const int blocks = (n + threads_per_block - 1) / threads_per_block;
    const size_t smem = threads_per_block * sizeof(double);
    double ex = 0, ey = 0, rx = 0, ry = 0, gap = 0;
    for (int k = 1; k <= frames; k++) {
        const double ox = 30.0 + k, oy = 60.0 - 2.0 * k;
        likelihood_kernel<<<blocks, threads_per_block, smem>>>(dX, dY, dW, dS, ox, oy, n);
        sum_kernel<<<1, threads_per_block, smem>>>(dW, dT, n);
        normalize_and_scan<<<1, threads_per_block>>>(dW, dC, dT, dU, dS, n);
        resample<<<blocks, threads_per_block>>>(dX, dY, dC, dXj, dYj, dU, dW, n);
        TRY(cudaGetLastError());
        std::swap(dX, dXj);
        std::swap(dY, dYj);

        double total = 0;
        for (int i = 0; i < n; i++) {
            x[i] += 1.0 + 0.5 * randn(hseed.data(), i);
            y[i] += -2.0 + 0.2 * randn(hseed.data(), i);
            w[i] *= exp(-((x[i] - ox) * (x[i] - ox) + (y[i] - oy) * (y[i] - oy)) / 8.0);
            total += w[i];
        }
        for (int i = 0; i < n; i++) { w[i] /= total; cdf[i] = w[i] + (i ? cdf[i - 1] : 0.0); }
        const double u1 = randu(hseed.data(), 0) / n;
        for (int i = 0; i < n; i++) {
            int j = 0;
            while (j < n - 1 && cdf[j] < u1 + i / (double)n) j++;
            nx[i] = x[j]; ny[i] = y[j];
        }
        x = nx; y = ny;
        std::fill(w.begin(), w.end(), 1.0 / n);
    }
    TRY(cudaMemcpy(nx.data(), dX, n * sizeof(double), cudaMemcpyDeviceToHost));
    TRY(cudaMemcpy(ny.data(), dY, n * sizeof(double), cudaMemcpyDeviceToHost));
    for (int i = 0; i < n; i++) { ex += nx[i]; ey += ny[i]; rx += x[i]; ry += y[i]; }
    ex /= n; ey /= n; rx /= n; ry /= n;
    gap = sqrt((ex - rx) * (ex - rx) + (ey - ry) * (ey - ry));
    for (double** p : all) TRY(cudaFree(*p));
    TRY(cudaFree(dT));
    TRY(cudaFree(dS));
    // a particle at the edge of a bin may be drawn differently: the mean moves by a few thousandths at most
    if (!(gap < 0.01) || fabs(ex - (30.0 + frames)) > 1.0) { printf("FAIL (%g, %g), host (%g, %g)\n", ex, ey, rx, ry); return 1; }
    printf("PASS particlefilter: estimate (%.4f, %.4f), apart from the host's by %.2g\n", ex, ey, gap);
    return 0;
}
