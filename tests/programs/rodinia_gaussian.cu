// Gaussian elimination: Fan1 computes multipliers, Fan2 updates; double precision through a template.
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <type_traits>
#include <vector>
#include <cuda_runtime.h>

template <typename Real>
__global__ void Fan1(Real* __restrict__ m, const Real* __restrict__ a, int Size, int t)
{
    const int gid = threadIdx.x + blockIdx.x * blockDim.x;
    if (gid >= Size - 1 - t) return;
    m[Size * (gid + t + 1) + t] = a[Size * (gid + t + 1) + t] / a[Size * t + t];
}

template <typename Real>
__global__ void Fan2(const Real* __restrict__ m, Real* a, Real* b, int Size, int t)
{
    const int xidx = blockIdx.x * blockDim.x + threadIdx.x;
    const int yidx = blockIdx.y * blockDim.y + threadIdx.y;
    if (xidx >= Size - 1 - t || yidx >= Size - t) return;
    a[Size * (xidx + 1 + t) + (yidx + t)] -= m[Size * (xidx + 1 + t) + t] * a[Size * t + (yidx + t)];
    if (yidx == 0) b[xidx + 1 + t] -= m[Size * (xidx + 1 + t) + t] * b[t];
}

template <typename Real>
struct Problem {
    int n;
    std::vector<Real> a, b;
    explicit Problem(int size) : n(size), a(size * size), b(size)
    {
        const Real lambda = static_cast<Real>(-0.01);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) a[i * n + j] = Real(10) * std::exp(lambda * Real(std::abs(i - j)));
            b[i] = Real(1);
        }
    }
};

template <typename Real>
std::vector<Real> back_substitute(int n, const std::vector<Real>& a, const std::vector<Real>& b)
{
    std::vector<Real> x(n);
    for (int i = n - 1; i >= 0; --i) {
        Real s = b[i];
        for (int j = i + 1; j < n; ++j) s -= a[i * n + j] * x[j];
        x[i] = s / a[i * n + i];
    }
    return x;
}

template <typename Real>
bool solve(int n, double tol)
{
    static_assert(std::is_floating_point<Real>::value, "real numbers only");
    Problem<Real> p(n);
    Real *dm, *da, *db;
    const size_t bytes = n * n * sizeof(Real);
    if (cudaMalloc(&dm, bytes) || cudaMalloc(&da, bytes) || cudaMalloc(&db, n * sizeof(Real))) return false;
    cudaMemset(dm, 0, bytes);
    cudaMemcpy(da, p.a.data(), bytes, cudaMemcpyHostToDevice);
    cudaMemcpy(db, p.b.data(), n * sizeof(Real), cudaMemcpyHostToDevice);
    const dim3 block2(8, 8), grid2((n + 7) / 8, (n + 7) / 8);
    auto t0 = std::chrono::steady_clock::now();
    for (int t = 0; t < n - 1; t++) {
        Fan1<<<(n + 63) / 64, 64>>>(dm, da, n, t);
        Fan2<<<grid2, block2>>>(dm, da, db, n, t);
    }
    cudaDeviceSynchronize();
    auto t1 = std::chrono::steady_clock::now();
    const double us = std::chrono::duration<double, std::micro>(t1 - t0).count();
    std::vector<Real> a(n * n), b(n);
    cudaMemcpy(a.data(), da, bytes, cudaMemcpyDeviceToHost);
    cudaMemcpy(b.data(), db, n * sizeof(Real), cudaMemcpyDeviceToHost);
    cudaFree(dm);
    cudaFree(da);
    cudaFree(db);
    const std::vector<Real> x = back_substitute(n, a, b);
    double worst = 0;
    for (int i = 0; i < n; i++) {
        double s = 0;
        for (int j = 0; j < n; j++) s += (double)p.a[i * n + j] * x[j];
        worst = std::max(worst, std::abs(s - p.b[i]));
    }
    if (worst > tol || us < 0) {
        printf("FAIL residual %g for %d bytes\n", worst, (int)sizeof(Real));
        return false;
    }
    return cudaGetLastError() == cudaSuccess;
}

int main()
{
    if (!solve<float>(64, 2e-2) || !solve<double>(64, 1e-10)) return 1;
    printf("PASS gaussian, float and double\n");
    return 0;
}
