// An embedded Runge-Kutta-Fehlberg solver with step control for many small excitable-cell models.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>
#include <cuda_runtime.h>

#define HD __host__ __device__

// FitzHugh-Nagumo with a slow calcium-like third variable
template <typename Real>
struct CellModel {
    static constexpr int kEquations = 3;
    Real stimulus;
    Real epsilon = Real(0.08);
    HD explicit CellModel(Real s) : stimulus(s) {}
    HD void operator()(Real t, const Real* y, Real* dy) const
    {
        const Real I = stimulus * (Real(1) + Real(0.1) * sin(Real(0.5) * t));
        dy[0] = y[0] - y[0] * y[0] * y[0] / Real(3) - y[1] + I;
        dy[1] = epsilon * (y[0] + Real(0.7) - Real(0.8) * y[1]);
        dy[2] = Real(0.02) * (exp(-y[0] * y[0]) - y[2]);
    }
};

template <typename Real>
struct Tableau {
    static HD Real b(int i, int j)
    {
        constexpr double B[6][5] = {{0, 0, 0, 0, 0},
                                    {1.0 / 4, 0, 0, 0, 0},
                                    {3.0 / 32, 9.0 / 32, 0, 0, 0},
                                    {1932.0 / 2197, -7200.0 / 2197, 7296.0 / 2197, 0, 0},
                                    {439.0 / 216, -8, 3680.0 / 513, -845.0 / 4104, 0},
                                    {-8.0 / 27, 2, -3544.0 / 2565, 1859.0 / 4104, -11.0 / 40}};
        return static_cast<Real>(B[i][j]);
    }
    static HD Real c(int i)
    {
        constexpr double v[6] = {0, 1.0 / 4, 3.0 / 8, 12.0 / 13, 1, 1.0 / 2};
        return static_cast<Real>(v[i]);
    }
    static HD Real fifth(int i)
    {
        constexpr double v[6] = {16.0 / 135, 0, 6656.0 / 12825, 28561.0 / 56430, -9.0 / 50, 2.0 / 55};
        return static_cast<Real>(v[i]);
    }
    static HD Real fourth(int i)
    {
        constexpr double v[6] = {25.0 / 216, 0, 1408.0 / 2565, 2197.0 / 4104, -1.0 / 5, 0};
        return static_cast<Real>(v[i]);
    }
};

template <typename Model, typename Real>
HD int integrate(const Model& model, Real* y, Real tEnd, Real tol)
{
    constexpr int E = Model::kEquations;
    using T = Tableau<Real>;
    Real t = 0, h = Real(0.1);
    int steps = 0;
    while (t < tEnd && steps < 4000) {
        if (t + h > tEnd) h = tEnd - t;
        Real k[6][E], z[E];
        for (int s = 0; s < 6; ++s) {
            for (int e = 0; e < E; ++e) {
                z[e] = y[e];
                for (int j = 0; j < s; ++j) z[e] += h * T::b(s, j) * k[j][e];
            }
            model(t + T::c(s) * h, z, k[s]);
        }
        Real err = 0, next[E];
        for (int e = 0; e < E; ++e) {
            Real y5 = y[e], y4 = y[e];
            for (int s = 0; s < 6; ++s) {
                y5 += h * T::fifth(s) * k[s][e];
                y4 += h * T::fourth(s) * k[s][e];
            }
            err = fmax(err, fabs(y5 - y4));
            next[e] = y5;
        }
        ++steps;
        if (err <= tol) {
            t += h;
            for (int e = 0; e < E; ++e) y[e] = next[e];
        }
        const Real scale = err > Real(0) ? Real(0.84) * sqrt(sqrt(tol / err)) : Real(4);
        h *= fmin(fmax(scale, Real(0.1)), Real(4));
    }
    return steps;
}

template <typename Real>
__global__ void solver(Real* y, const Real* __restrict__ stimulus, int* steps, int n, Real tEnd, Real tol)
{
    const int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= n) return;
    CellModel<Real> model{stimulus[i]};
    Real local[CellModel<Real>::kEquations];
#pragma unroll
    for (int e = 0; e < CellModel<Real>::kEquations; ++e) local[e] = y[e * n + i];
    steps[i] = integrate(model, local, tEnd, tol);
#pragma unroll
    for (int e = 0; e < CellModel<Real>::kEquations; ++e) y[e * n + i] = local[e];
}

#define CUDA_OK(e) do { cudaError_t r = (e); if (r) { printf("FAIL %s\n", cudaGetErrorString(r)); return 1; } } while (false)

int main()
{
    const int n = 96;
    const double tEnd = 20, tol = 1e-7;
    std::vector<double> y(3 * n), stim(n), ref;
    for (int i = 0; i < n; ++i) {
        stim[i] = 0.2 + 0.006 * i;
        y[i] = -1.0;
        y[n + i] = 1.0;
        y[2 * n + i] = 0.3;
    }
    ref = y;
    double *dy, *ds;
    int* dn;
    CUDA_OK(cudaMalloc(&dy, y.size() * sizeof(double)));
    CUDA_OK(cudaMalloc(&ds, n * sizeof(double)));
    CUDA_OK(cudaMalloc(&dn, n * sizeof(int)));
    CUDA_OK(cudaMemcpy(dy, y.data(), y.size() * sizeof(double), cudaMemcpyDefault));
    CUDA_OK(cudaMemcpy(ds, stim.data(), n * sizeof(double), cudaMemcpyDefault));
    solver<double><<<3, 32>>>(dy, ds, dn, n, tEnd, tol);
    CUDA_OK(cudaGetLastError());
    std::vector<int> steps(n);
    CUDA_OK(cudaMemcpy(y.data(), dy, y.size() * sizeof(double), cudaMemcpyDefault));
    CUDA_OK(cudaMemcpy(steps.data(), dn, n * sizeof(int), cudaMemcpyDefault));
    CUDA_OK(cudaFree(dy));
    CUDA_OK(cudaFree(ds));
    CUDA_OK(cudaFree(dn));
    // host: classical fourth order with small fixed steps, an independent method
    double worst = 0;
    for (int i = 0; i < n; i += 5) {
        CellModel<double> m(stim[i]);
        double v[3] = {ref[i], ref[n + i], ref[2 * n + i]}, t = 0;
        const int N = 2000;
        const double h = tEnd / N;
        for (int s = 0; s < N; ++s, t += h) {
            double a[3], b[3], c[3], d[3], w[3];
            m(t, v, a);
            for (int e = 0; e < 3; ++e) w[e] = v[e] + h / 2 * a[e];
            m(t + h / 2, w, b);
            for (int e = 0; e < 3; ++e) w[e] = v[e] + h / 2 * b[e];
            m(t + h / 2, w, c);
            for (int e = 0; e < 3; ++e) w[e] = v[e] + h * c[e];
            m(t + h, w, d);
            for (int e = 0; e < 3; ++e) v[e] += h / 6 * (a[e] + 2 * b[e] + 2 * c[e] + d[e]);
        }
        for (int e = 0; e < 3; ++e) worst = std::max(worst, std::abs(v[e] - y[e * n + i]));
    }
    const auto mm = std::minmax_element(steps.begin(), steps.end());
    if (!(worst < 1e-4)) { printf("FAIL error %g\n", worst); return 1; }
    printf("PASS myocyte: %d cells, %d to %d steps, error %.2g\n", n, *mm.first, *mm.second, worst);
    return 0;
}
