// Conjugate gradients in one cooperative launch: grid-wide synchronisation, occupancy, unified memory.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cooperative_groups.h>
#include <cooperative_groups/reduce.h>
#include <cuda_runtime.h>

namespace cg = cooperative_groups;

#define CK(x) do { cudaError_t e_ = (x); if (e_ != cudaSuccess) { printf("FAIL %s: %s\n", #x, cudaGetErrorString(e_)); return 1; } } while (0)

__device__ void gpuSpMV(const int* I, const int* J, const float* val, int n, float alpha, const float* x, float* y, const cg::grid_group& grid)
{
    for (int i = grid.thread_rank(); i < n; i += grid.size()) {
        float out = 0.f;
        for (int j = I[i]; j < I[i + 1]; j++) out += alpha * val[j] * x[J[j]];
        y[i] = out;
    }
}

__device__ void gpuDot(const float* a, const float* b, int n, double* result, const cg::thread_block& cta, const cg::grid_group& grid)
{
    extern __shared__ double tmp[];
    double sum = 0;
    for (int i = grid.thread_rank(); i < n; i += grid.size()) sum += (double)a[i] * b[i];
    cg::thread_block_tile<32> tile = cg::tiled_partition<32>(cta);
    sum = cg::reduce(tile, sum, cg::plus<double>());
    if (tile.thread_rank() == 0) tmp[tile.meta_group_rank()] = sum;
    cg::sync(cta);
    if (tile.meta_group_rank() == 0) {
        sum = tile.thread_rank() < tile.meta_group_size() ? tmp[tile.thread_rank()] : 0.0;
        sum = cg::reduce(tile, sum, cg::plus<double>());
        if (tile.thread_rank() == 0) atomicAdd(result, sum);
    }
    cg::sync(cta);
}

extern "C" __global__ void gpuConjugateGradient(int* I, int* J, float* val, float* x, float* Ax, float* p, float* r, double* dot, int n, float tol, int max_iter, int* iterations)
{
    cg::thread_block cta = cg::this_thread_block();
    cg::grid_group grid = cg::this_grid();
    gpuSpMV(I, J, val, n, 1.f, x, Ax, grid);
    cg::sync(grid);
    for (int i = grid.thread_rank(); i < n; i += grid.size()) {
        r[i] -= Ax[i];
        p[i] = r[i];
    }
    cg::sync(grid);
    gpuDot(r, r, n, dot, cta, grid);
    cg::sync(grid);
    double r1 = *dot;
    int k = 0;
    while (r1 > tol * tol && k < max_iter) {
        gpuSpMV(I, J, val, n, 1.f, p, Ax, grid);
        cg::sync(grid);
        if (grid.thread_rank() == 0) *dot = 0;
        cg::sync(grid);
        gpuDot(p, Ax, n, dot, cta, grid);
        cg::sync(grid);
        const float a = (float)(r1 / *dot);
        for (int i = grid.thread_rank(); i < n; i += grid.size()) {
            x[i] += a * p[i];
            r[i] -= a * Ax[i];
        }
        cg::sync(grid);
        if (grid.thread_rank() == 0) *dot = 0;
        cg::sync(grid);
        gpuDot(r, r, n, dot, cta, grid);
        cg::sync(grid);
        const double r0 = r1;
        r1 = *dot;
        const float b = (float)(r1 / r0);
        for (int i = grid.thread_rank(); i < n; i += grid.size()) p[i] = r[i] + b * p[i];
        cg::sync(grid);
        k++;
    }
    if (grid.thread_rank() == 0) *iterations = k;
}

int main()
{
    int dev = 0, supports = 0, sms = 0, perSm = 0;
    CK(cudaGetDevice(&dev));
    CK(cudaDeviceGetAttribute(&supports, cudaDevAttrCooperativeLaunch, dev));
    CK(cudaDeviceGetAttribute(&sms, cudaDevAttrMultiProcessorCount, dev));
    if (!supports) { printf("FAIL no cooperative launch\n"); return 1; }
    const int n = 400, nz = 3 * n - 2, threads = 64;
    int *I, *J, *iterations;
    float *val, *x, *Ax, *p, *r;
    double* dot;
    CK(cudaMallocManaged(&I, (n + 1) * sizeof(int)));
    CK(cudaMallocManaged(&J, nz * sizeof(int)));
    CK(cudaMallocManaged(&val, nz * sizeof(float)));
    CK(cudaMallocManaged(&x, n * sizeof(float)));
    CK(cudaMallocManaged(&Ax, n * sizeof(float)));
    CK(cudaMallocManaged(&p, n * sizeof(float)));
    CK(cudaMallocManaged(&r, n * sizeof(float)));
    CK(cudaMallocManaged(&dot, sizeof(double)));
    CK(cudaMallocManaged(&iterations, sizeof(int)));
    int at = 0;
    for (int i = 0; i < n; i++) {
        I[i] = at;
        if (i > 0) { J[at] = i - 1; val[at++] = -1.0f; }
        J[at] = i; val[at++] = 2.5f + (float)(i % 7) * 0.1f;
        if (i < n - 1) { J[at] = i + 1; val[at++] = -1.0f; }
        r[i] = 1.0f + (float)(i % 3);
        x[i] = 0.0f;
    }
    I[n] = at;
    *dot = 0;
    const int smem = threads / 32 * sizeof(double);
    CK(cudaOccupancyMaxActiveBlocksPerMultiprocessor(&perSm, gpuConjugateGradient, threads, smem));
    const int blocks = sms * perSm < 6 ? sms * perSm : 6;
    float tol = 1e-4f;
    int maxIter = 200, rows = n;
    void* args[] = {&I, &J, &val, &x, &Ax, &p, &r, &dot, &rows, &tol, &maxIter, &iterations};
    CK(cudaLaunchCooperativeKernel((void*)gpuConjugateGradient, dim3(blocks), dim3(threads), args, smem, 0));
    CK(cudaDeviceSynchronize());
    double worst = 0;
    for (int i = 0; i < n; i++) {
        double s = 0;
        for (int j = I[i]; j < I[i + 1]; j++) s += (double)val[j] * x[J[j]];
        worst = fmax(worst, fabs(s - (1.0 + i % 3)));
    }
    const int k = *iterations;
    CK(cudaFree(I)); CK(cudaFree(J)); CK(cudaFree(val)); CK(cudaFree(x)); CK(cudaFree(Ax)); CK(cudaFree(p)); CK(cudaFree(r)); CK(cudaFree(dot)); CK(cudaFree(iterations));
    if (!(worst < 2e-4) || k < 3 || k >= maxIter) { printf("FAIL residual %g after %d iterations\n", worst, k); return 1; }
    printf("PASS conjugategradient: %d iterations, residual %.2g\n", k, worst);
    return 0;
}
