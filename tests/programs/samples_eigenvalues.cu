// Eigenvalues of a symmetric tridiagonal matrix by bisection with Sturm counts.
#include <algorithm>
#include <cfloat>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <vector>
#include <cuda_runtime.h>

#define MAX_SMALL_MATRIX 128

__device__ inline float computeMidpoint(const float left, const float right)
{
    return signbit(left) == signbit(right) ? left + (right - left) * 0.5f : (left + right) * 0.5f;
}

__device__ inline unsigned int computeNumSmallerEigenvals(const float* s_d, const float* s_s, const unsigned n, const float x)
{
    float delta = 1.0f;
    unsigned int count = 0;
    delta = s_d[0] - x;
    count += delta < 0 ? 1 : 0;
    for (unsigned int k = 1; k < n; ++k) {
        if (fabsf(delta) < FLT_MIN) delta = copysignf(FLT_MIN, delta);
        delta = s_d[k] - x - (s_s[k - 1] * s_s[k - 1]) / delta;
        count += delta < 0 ? 1 : 0;
    }
    return count;
}

// thread i finds the i-th smallest eigenvalue in [lg, ug]
__global__ void bisectKernel(const float* __restrict__ g_d, const float* __restrict__ g_s, const unsigned n, float* g_out, const float lg,
                             const float ug, float epsilon, int* g_iterations)
{
    extern __shared__ float storage[];
    float* s_d = storage;
    float* s_s = storage + n;
    for (unsigned i = threadIdx.x; i < n; i += blockDim.x) {
        s_d[i] = g_d[i];
        if (i + 1 < n) s_s[i] = g_s[i];
    }
    __syncthreads();
    __shared__ int longest;
    if (threadIdx.x == 0) longest = 0;
    __syncthreads();
    for (unsigned want = threadIdx.x; want < n; want += blockDim.x) {
        float left = lg, right = ug;
        int it = 0;
        while (right - left > epsilon * fmaxf(fmaxf(fabsf(left), fabsf(right)), 1.0f) && it < 200) {
            const float mid = computeMidpoint(left, right);
            if (mid == left || mid == right) break;
            if (computeNumSmallerEigenvals(s_d, s_s, n, mid) > want) right = mid;
            else left = mid;
            ++it;
        }
        g_out[want] = computeMidpoint(left, right);
        atomicMax(&longest, it);
    }
    __syncthreads();
    if (threadIdx.x == 0) *g_iterations = longest;
}

static bool jacobiEigenvalues(std::vector<double> a, int n, std::vector<double>& out)
{
    for (int sweep = 0; sweep < 60; ++sweep) {
        double off = 0;
        for (int p = 0; p < n; ++p)
            for (int q = p + 1; q < n; ++q) off += a[p * n + q] * a[p * n + q];
        if (off < 1e-22) {
            out.resize(n);
            for (int i = 0; i < n; ++i) out[i] = a[i * n + i];
            std::sort(out.begin(), out.end());
            return true;
        }
        for (int p = 0; p < n; ++p)
            for (int q = p + 1; q < n; ++q) {
                if (std::fabs(a[p * n + q]) < 1e-300) continue;
                const double theta = (a[q * n + q] - a[p * n + p]) / (2 * a[p * n + q]);
                const double t = std::copysign(1.0, theta) / (std::fabs(theta) + std::sqrt(theta * theta + 1));
                const double c = 1 / std::sqrt(t * t + 1), s = t * c;
                for (int k = 0; k < n; ++k) {
                    const double x = a[k * n + p], y = a[k * n + q];
                    a[k * n + p] = c * x - s * y;
                    a[k * n + q] = s * x + c * y;
                }
                for (int k = 0; k < n; ++k) {
                    const double x = a[p * n + k], y = a[q * n + k];
                    a[p * n + k] = c * x - s * y;
                    a[q * n + k] = s * x + c * y;
                }
            }
    }
    return false;
}

int main()
{
    const int n = 48;
    static_assert(n <= MAX_SMALL_MATRIX, "one block");
    std::vector<float> d(n), s(n - 1), out(n);
    unsigned r = 2;
    for (int i = 0; i < n; ++i) { r = r * 1664525u + 1013904223u; d[i] = (r >> 8) / 8388608.0f * 4 - 4; }
    for (int i = 0; i < n - 1; ++i) { r = r * 1664525u + 1013904223u; s[i] = (r >> 8) / 8388608.0f - 1; }
    float lg = FLT_MAX, ug = -FLT_MAX;
    for (int i = 0; i < n; ++i) {      // Gerschgorin
        const float radius = (i ? std::fabs(s[i - 1]) : 0) + (i + 1 < n ? std::fabs(s[i]) : 0);
        lg = std::min(lg, d[i] - radius);
        ug = std::max(ug, d[i] + radius);
    }
    float *gd, *gs, *go;
    int *gi, iterations = 0;
    cudaMalloc(&gd, n * sizeof(float));
    cudaMalloc(&gs, (n - 1) * sizeof(float));
    cudaMalloc(&go, n * sizeof(float));
    cudaMalloc(&gi, sizeof(int));
    cudaMemcpy(gd, d.data(), n * sizeof(float), cudaMemcpyHostToDevice);
    cudaMemcpy(gs, s.data(), (n - 1) * sizeof(float), cudaMemcpyHostToDevice);
    bisectKernel<<<1, 32, 2 * n * sizeof(float)>>>(gd, gs, n, go, lg, ug, 1e-6f, gi);
    cudaMemcpy(out.data(), go, n * sizeof(float), cudaMemcpyDeviceToHost);
    cudaMemcpy(&iterations, gi, sizeof(int), cudaMemcpyDeviceToHost);
    cudaFree(gd); cudaFree(gs); cudaFree(go); cudaFree(gi);
    std::vector<double> full(n * n, 0.0), ref;
    for (int i = 0; i < n; ++i) full[i * n + i] = d[i];
    for (int i = 0; i < n - 1; ++i) full[i * n + i + 1] = full[(i + 1) * n + i] = s[i];
    if (!jacobiEigenvalues(full, n, ref) || cudaGetLastError() != cudaSuccess) { printf("FAIL no reference\n"); return 1; }
    double worst = 0;
    for (int i = 0; i < n; ++i) worst = std::max(worst, std::fabs(out[i] - ref[i]));
    if (!(worst < 2e-5)) { printf("FAIL error %g\n", worst); return 1; }
    printf("PASS eigenvalues: %d in [%.3f, %.3f], %d bisections, error %.2g\n", n, lg, ug, iterations, worst);
    return 0;
}
