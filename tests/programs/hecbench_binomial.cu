// American put options on a binomial tree, one block per option, in-place backward induction.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>
#include <cuda_runtime.h>

#define NUM_STEPS 255
#define THREADBLOCK 128

typedef double real;

struct TOptionData { real S, X, T, R, V; };

typedef struct {
    real S, X, vDt, puByDf, pdByDf, df;
} __TOptionData;

static __constant__ __TOptionData d_OptionData[64];
__device__ real d_CallValue[64];

__device__ inline real expiryValue(real S, real X, real vDt, int i)
{
    const real d = X - S * exp(vDt * (2.0 * i - NUM_STEPS));
    return d > 0 ? d : 0;
}

__global__ void binomialOptionsKernel()
{
    __shared__ real value[NUM_STEPS + 1];
    const int tid = threadIdx.x;
    const __TOptionData o = d_OptionData[blockIdx.x];
    for (int i = tid; i <= NUM_STEPS; i += THREADBLOCK) value[i] = expiryValue(o.S, o.X, o.vDt, i);
    __syncthreads();
    for (int step = NUM_STEPS - 1; step >= 0; --step) {
        real v[2];
        int k = 0;
        for (int i = tid; i <= step; i += THREADBLOCK, ++k) {
            const real hold = o.puByDf * value[i + 1] + o.pdByDf * value[i];
            const real now = o.X - o.S * exp(o.vDt * (2.0 * i - step));
            v[k] = fmax(hold, now);
        }
        __syncthreads();
        k = 0;
        for (int i = tid; i <= step; i += THREADBLOCK) value[i] = v[k++];
        __syncthreads();
    }
    if (tid == 0) d_CallValue[blockIdx.x] = value[0];
}

extern "C" void binomialOptionsGPU(real* callValue, TOptionData* optionData, int optN)
{
    __TOptionData h[64];
    for (int i = 0; i < optN; i++) {
        const real dt = optionData[i].T / (real)NUM_STEPS;
        const real vDt = optionData[i].V * sqrt(dt);
        const real If = exp(optionData[i].R * dt), Df = exp(-optionData[i].R * dt);
        const real u = exp(vDt), d = exp(-vDt);
        const real pu = (If - d) / (u - d);
        h[i] = {optionData[i].S, optionData[i].X, vDt, pu * Df, (1.0 - pu) * Df, Df};
    }
    cudaMemcpyToSymbol(d_OptionData, h, optN * sizeof(__TOptionData));
    binomialOptionsKernel<<<optN, THREADBLOCK>>>();
    cudaMemcpyFromSymbol(callValue, d_CallValue, optN * sizeof(real));
}

extern "C" real binomialOptionsCPU(const TOptionData& o)
{
    std::vector<real> v(NUM_STEPS + 1);
    const real dt = o.T / NUM_STEPS, u = std::exp(o.V * std::sqrt(dt)), d = 1 / u;
    const real p = (std::exp(o.R * dt) - d) / (u - d), df = std::exp(-o.R * dt);
    for (int i = 0; i <= NUM_STEPS; i++) v[i] = std::max<real>(0.0, o.X - o.S * std::pow(u, 2 * i - NUM_STEPS));
    for (int s = NUM_STEPS - 1; s >= 0; s--)
        for (int i = 0; i <= s; i++)
            v[i] = std::max(df * (p * v[i + 1] + (1 - p) * v[i]), o.X - o.S * std::pow(u, 2 * i - s));
    return v[0];
}

int main()
{
    const int OPT_N = 8;
    TOptionData data[64];
    real gpu[64];
    unsigned s = 123;
    auto uniform = [&s](real lo, real hi) -> real {
        s = s * 1664525u + 1013904223u;
        return lo + (hi - lo) * (s >> 8) / 16777216.0;
    };
    for (int i = 0; i < OPT_N; i++) data[i] = {uniform(5, 30), uniform(5, 40), uniform(0.25, 3), 0.06, uniform(0.1, 0.4)};
    binomialOptionsGPU(gpu, data, OPT_N);
    if (cudaDeviceSynchronize() != cudaSuccess) { printf("FAIL kernel\n"); return 1; }
    real worst = 0, sum = 0;
    for (int i = 0; i < OPT_N; i++) {
        worst = std::max(worst, std::fabs(gpu[i] - binomialOptionsCPU(data[i])));
        sum += gpu[i];
    }
    if (!(worst < 1e-9)) { printf("FAIL error %g\n", worst); return 1; }
    printf("PASS binomial: %d American puts, mean %.4f, error %.2g\n", OPT_N, sum / OPT_N, worst);
    return 0;
}
