// A sweep of the mathematical library in single and double precision against the host's, in units in the last place.
#include <cfloat>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <vector>
#include <cuda_runtime.h>

enum { FUNCS = 30 };

__device__ double eval(int f, double x, double y)
{
    int e;
    double ip;
    switch (f) {
    case 0: return sin(x);
    case 1: return cos(x);
    case 2: return tan(x);
    case 3: return asin(x / 32);
    case 4: return acos(x / 32);
    case 5: return atan2(x, y);
    case 6: return sinh(x / 8);
    case 7: return cosh(x / 8);
    case 8: return tanh(x / 8);
    case 9: return asinh(x);
    case 10: return acosh(1 + fabs(x));
    case 11: return atanh(x / 33);
    case 12: return exp(x / 4);
    case 13: return exp2(x / 4);
    case 14: return expm1(x / 16);
    case 15: return log(fabs(x) + 0.01);
    case 16: return log2(fabs(x) + 0.01);
    case 17: return log10(fabs(x) + 0.01);
    case 18: return log1p(fabs(x));
    case 19: return pow(fabs(x) + 0.1, y / 8);
    case 20: return cbrt(x);
    case 21: return hypot(x, y);
    case 22: return erf(x / 8);
    case 23: return erfc(x / 8);
    case 24: return tgamma(fabs(x) / 8 + 0.5);
    case 25: return lgamma(fabs(x) + 3.0);
    case 26: return fmod(x * 100, y);
    case 27: return remainder(x * 100, y);
    case 28: return frexp(x * 1000, &e) * 3 + ldexp(1.5, e) + modf(x, &ip) + ip * 2 + ilogb(x) + logb(y);
    default: return nextafter(x, y) + copysign(1.0, y) + fdim(x, y) + rint(x) + trunc(y) + round(x) + floor(y) + ceil(x) + (double)llrint(x * 3) + scalbn(y, 5);
    }
}

__device__ float evalf(int f, float x, float y)
{
    switch (f) {
    case 0: return sinf(x);
    case 1: return cosf(x);
    case 2: return tanf(x);
    case 3: return asinf(x / 32);
    case 4: return acosf(x / 32);
    case 5: return atan2f(x, y);
    case 6: return sinhf(x / 8);
    case 7: return coshf(x / 8);
    case 8: return tanhf(x / 8);
    case 9: return asinhf(x);
    case 10: return acoshf(1 + fabsf(x));
    case 11: return atanhf(x / 33);
    case 12: return expf(x / 4);
    case 13: return exp2f(x / 4);
    case 14: return expm1f(x / 16);
    case 15: return logf(fabsf(x) + 0.01f);
    case 16: return log2f(fabsf(x) + 0.01f);
    case 17: return log10f(fabsf(x) + 0.01f);
    case 18: return log1pf(fabsf(x));
    case 19: return powf(fabsf(x) + 0.1f, y / 8);
    case 20: return cbrtf(x);
    case 21: return hypotf(x, y);
    case 22: return erff(x / 8);
    case 23: return erfcf(x / 8);
    case 24: return tgammaf(fabsf(x) / 8 + 0.5f);
    case 25: return lgammaf(fabsf(x) + 3.0f);
    case 26: return fmodf(x * 128, y);
    case 27: return remainderf(x * 128, y);
    case 28: return rsqrtf(fabsf(x) + 1) + rcbrtf(fabsf(x) + 1) + exp10f(x / 16);
    default: return sinpif(x / 4) + cospif(x / 4) + norm3df(x, y, 1.0f) + 0.5f * rnorm3df(x, y, 0.0f) + 0.5f * rhypotf(x, y);
    }
}

template <typename T>
__global__ void sweep(const T* x, const T* y, T* out, int n)
{
    const int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= n) return;
    if (sizeof(T) == 8) out[blockIdx.y * n + i] = (T)eval(blockIdx.y, x[i], y[i]);
    else {
        const float v[2] = {(float)x[i], (float)y[i]};
        out[blockIdx.y * n + i] = (T)evalf(blockIdx.y, v[0], v[1]);
    }
}

static double host(int f, double x, double y, bool single)
{
    int e;
    double ip;
    switch (f) {
    case 0: return std::sin(x); case 1: return std::cos(x); case 2: return std::tan(x); case 3: return std::asin(x / 32);
    case 4: return std::acos(x / 32); case 5: return std::atan2(x, y); case 6: return std::sinh(x / 8); case 7: return std::cosh(x / 8);
    case 8: return std::tanh(x / 8); case 9: return std::asinh(x); case 10: return std::acosh(1 + std::fabs(x)); case 11: return std::atanh(x / 33);
    case 12: return std::exp(x / 4); case 13: return std::exp2(x / 4); case 14: return std::expm1(x / 16); case 15: return std::log(std::fabs(x) + (single ? (double)0.01f : 0.01));
    case 16: return std::log2(std::fabs(x) + (single ? (double)0.01f : 0.01)); case 17: return std::log10(std::fabs(x) + (single ? (double)0.01f : 0.01));
    case 18: return std::log1p(std::fabs(x)); case 19: return std::pow(std::fabs(x) + (single ? (double)0.1f : 0.1), y / 8);
    case 20: return std::cbrt(x); case 21: return std::hypot(x, y); case 22: return std::erf(x / 8); case 23: return std::erfc(x / 8);
    case 24: return std::tgamma(std::fabs(x) / 8 + 0.5); case 25: return std::lgamma(std::fabs(x) + 3.0);
    case 26: return std::fmod(x * (single ? 128 : 100), y); case 27: return std::remainder(x * (single ? 128 : 100), y);
    case 28:
        if (single) return 1 / std::sqrt(std::fabs(x) + 1) + 1 / std::cbrt(std::fabs(x) + 1) + std::pow(10.0, x / 16);
        return std::frexp(x * 1000, &e) * 3 + std::ldexp(1.5, e) + std::modf(x, &ip) + ip * 2 + std::ilogb(x) + std::logb(y);
    default:
        if (single) return std::sin(M_PI * x / 4) + std::cos(M_PI * x / 4) + std::sqrt(x * x + y * y + 1) + 1 / std::hypot(x, y);
        return std::nextafter(x, y) + std::copysign(1.0, y) + std::fdim(x, y) + std::rint(x) + std::trunc(y) + std::round(x) + std::floor(y) + std::ceil(x) + (double)std::llrint(x * 3) + std::scalbn(y, 5);
    }
}

template <typename T>
int check(double eps, double tolerance)
{
    const int n = 200;
    std::vector<T> x(n), y(n), out(n * FUNCS);
    unsigned s = 5;
    for (int i = 0; i < n; i++) {
        s = s * 1664525u + 1013904223u;
        x[i] = (T)((int)(s >> 12) - (1 << 19)) / (T)(1 << 14) + (T)0.0078125;      // up to 32, exact in float
        s = s * 1664525u + 1013904223u;
        y[i] = (T)((int)(s >> 14) - (1 << 17)) / (T)(1 << 13) + (T)0.0001220703125;
        if (y[i] > (T)-0.25 && y[i] < (T)0.25) y[i] = (T)1.75;
    }
    T *dx, *dy, *dout;
    cudaMalloc((void**)&dx, n * sizeof(T));
    cudaMalloc((void**)&dy, n * sizeof(T));
    cudaMalloc((void**)&dout, n * FUNCS * sizeof(T));
    cudaMemcpy(dx, x.data(), n * sizeof(T), cudaMemcpyHostToDevice);
    cudaMemcpy(dy, y.data(), n * sizeof(T), cudaMemcpyHostToDevice);
    sweep<T><<<dim3((n + 63) / 64, FUNCS), 64>>>(dx, dy, dout, n);
    cudaMemcpy(out.data(), dout, n * FUNCS * sizeof(T), cudaMemcpyDeviceToHost);
    cudaFree(dx); cudaFree(dy); cudaFree(dout);
    int bad = 0;
    for (int f = 0; f < FUNCS; f++) {
        double worst = 0;
        for (int i = 0; i < n; i++) {
            const double e = host(f, (double)x[i], (double)y[i], sizeof(T) == 4);
            // sums of several functions and arguments that are themselves rounded: absolute in the scale of 1 below it
            const double scale = std::fabs(e) > 1 ? std::fabs(e) : 1.0;
            worst = std::fmax(worst, std::fabs((double)out[f * n + i] - e) / scale);
        }
        if (!(worst <= tolerance * eps)) { printf("FAIL function %d of %d bytes: off by %.3g units\n", f, (int)sizeof(T), worst / eps); ++bad; }
    }
    return bad;
}

int main()
{
    const int a = check<double>(DBL_EPSILON, 64), b = check<float>(FLT_EPSILON, 64);
    if (a || b || cudaGetLastError() != cudaSuccess) return 1;
    printf("PASS mathlib: %d functions, two types\n", (int)FUNCS);
    return 0;
}
