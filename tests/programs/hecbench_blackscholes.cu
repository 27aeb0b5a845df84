// European options: float kernel on float2 pairs with intrinsics, double kernel with erfc.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <vector>
#include <cuda_runtime.h>

const float RISKFREE = 0.02f;
const float VOLATILITY = 0.30f;

__device__ inline float cndGPU(float d)
{
    const float A1 = 0.31938153f, A2 = -0.356563782f, A3 = 1.781477937f, A4 = -1.821255978f, A5 = 1.330274429f;
    const float RSQRT2PI = 0.39894228040143267793994605993438f;
    float K = __fdividef(1.0f, (1.0f + 0.2316419f * fabsf(d)));
    float cnd = RSQRT2PI * __expf(-0.5f * d * d) * (K * (A1 + K * (A2 + K * (A3 + K * (A4 + K * A5)))));
    if (d > 0) cnd = 1.0f - cnd;
    return cnd;
}

__device__ inline void bodyGPU(float& call, float& put, float S, float X, float T, float R, float V)
{
    float sqrtT = __fdividef(1.0F, rsqrtf(T));
    float d1 = __fdividef(__logf(S / X) + (R + 0.5f * V * V) * T, V * sqrtT);
    float d2 = d1 - V * sqrtT;
    float CNDD1 = cndGPU(d1);
    float CNDD2 = cndGPU(d2);
    float expRT = __expf(-R * T);
    call = S * CNDD1 - X * expRT * CNDD2;
    put = X * expRT * (1.0f - CNDD2) - S * (1.0f - CNDD1);
}

__launch_bounds__(128) __global__ void pairs(float2* __restrict call, float2* __restrict put, const float2* __restrict price,
                                             const float2* __restrict strike, const float2* __restrict years, float R, float V, int n)
{
    const int opt = blockDim.x * blockIdx.x + threadIdx.x;
    if (opt < n / 2) {
        float c1, c2, p1, p2;
        bodyGPU(c1, p1, price[opt].x, strike[opt].x, years[opt].x, R, V);
        bodyGPU(c2, p2, price[opt].y, strike[opt].y, years[opt].y, R, V);
        call[opt] = make_float2(c1, c2);
        put[opt] = make_float2(p1, p2);
    }
}

__global__ void exact(double* call, double* put, const float* price, const float* strike, const float* years, double R, double V, int n)
{
    const int i = blockDim.x * blockIdx.x + threadIdx.x;
    if (i >= n) return;
    const double S = price[i], X = strike[i], T = years[i];
    const double q = V * sqrt(T);
    const double d1 = (log(S / X) + (R + 0.5 * V * V) * T) / q, d2 = d1 - q, e = exp(-R * T);
    call[i] = S * normcdf(d1) - X * e * normcdf(d2);
    put[i] = X * e * normcdf(-d2) - S * normcdf(-d1);
}

static float RandFloat(float low, float high)
{
    float t = (float)rand() / (float)RAND_MAX;
    return (1.0f - t) * low + t * high;
}

static double cnd(double d) { return 0.5 * erfc(-d / sqrt(2.0)); }

int main()
{
    const int n = 2048;
    const size_t sz = n * sizeof(float);
    std::vector<float> S(n), X(n), T(n), C(n), P(n);
    std::vector<double> CD(n), PD(n);
    srand(5347);
    for (int i = 0; i < n; i++) {
        S[i] = RandFloat(5.0f, 30.0f);
        X[i] = RandFloat(1.0f, 100.0f);
        T[i] = RandFloat(0.25f, 10.0f);
    }
    float *dS, *dX, *dT, *dC, *dP;
    double *dCD, *dPD;
    cudaMalloc((void**)&dS, sz); cudaMalloc((void**)&dX, sz); cudaMalloc((void**)&dT, sz);
    cudaMalloc((void**)&dC, sz); cudaMalloc((void**)&dP, sz);
    cudaMalloc((void**)&dCD, 2 * sz); cudaMalloc((void**)&dPD, 2 * sz);
    cudaMemcpy(dS, S.data(), sz, cudaMemcpyHostToDevice);
    cudaMemcpy(dX, X.data(), sz, cudaMemcpyHostToDevice);
    cudaMemcpy(dT, T.data(), sz, cudaMemcpyHostToDevice);
    pairs<<<(n / 2 + 127) / 128, 128>>>((float2*)dC, (float2*)dP, (float2*)dS, (float2*)dX, (float2*)dT, RISKFREE, VOLATILITY, n);
    exact<<<(n + 127) / 128, 128>>>(dCD, dPD, dS, dX, dT, RISKFREE, VOLATILITY, n);
    cudaMemcpy(C.data(), dC, sz, cudaMemcpyDeviceToHost);
    cudaMemcpy(P.data(), dP, sz, cudaMemcpyDeviceToHost);
    cudaMemcpy(CD.data(), dCD, 2 * sz, cudaMemcpyDeviceToHost);
    cudaMemcpy(PD.data(), dPD, 2 * sz, cudaMemcpyDeviceToHost);
    const cudaError_t e = cudaGetLastError();
    cudaFree(dS); cudaFree(dX); cudaFree(dT); cudaFree(dC); cudaFree(dP); cudaFree(dCD); cudaFree(dPD);
    double worst = 0, worstD = 0;
    for (int i = 0; i < n; i++) {
        const double R = RISKFREE, V = VOLATILITY, q = V * sqrt((double)T[i]);
        const double d1 = (log((double)S[i] / X[i]) + (R + 0.5 * V * V) * T[i]) / q, d2 = d1 - q, ert = exp(-R * T[i]);
        const double c = S[i] * cnd(d1) - X[i] * ert * cnd(d2), p = X[i] * ert * cnd(-d2) - S[i] * cnd(-d1);
        worst = fmax(worst, fmax(fabs(C[i] - c), fabs(P[i] - p)));
        worstD = fmax(worstD, fmax(fabs(CD[i] - c), fabs(PD[i] - p)));
    }
    if (e != cudaSuccess || !(worst < 1e-3) || !(worstD < 1e-11)) { printf("FAIL errors %g %g\n", worst, worstD); return 1; }
    printf("PASS blackscholes: %d options, errors %.2g (float) and %.2g (double)\n", n, worst, worstD);
    return 0;
}
