// Group normalisation (NHWC, half in and out) with SiLU: two kernels, atomics on sums, tensor views with strides.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <vector>
#include <cuda_fp16.h>
#include <cuda_runtime.h>

struct Params {
    const half* src;
    half* dst;
    const float *gamma, *beta;
    float* sums;               // [n][groups][2]
    int n, h, w, c, groups, cPerGroup, hwc;
    float invHWC, eps;
    bool withSwish;
};

struct Strided {
    int n, hw, c;
    __host__ __device__ size_t operator()(int in, int ihw, int ic) const { return (size_t)in * n + (size_t)ihw * hw + ic * c; }
};

static inline __device__ __host__ float sigmoid(float x) { return 1.F / (1.F + expf(-x)); }

template <int TPB>
__global__ void groupNormSum(const Params p, int hwPerBlock)
{
    __shared__ float2 smem[TPB];
    const int ni = blockIdx.z, group = blockIdx.x;
    const int hwBegin = blockIdx.y * hwPerBlock, hwEnd = min(hwBegin + hwPerBlock, p.h * p.w);
    const Strided at = {p.hwc, p.c, 1};
    float sum = 0.F, sumSq = 0.F;
    const int pairs = p.cPerGroup / 2;
    for (int i = threadIdx.x; i < (hwEnd - hwBegin) * pairs; i += TPB) {
        const int hw = hwBegin + i / pairs, ci = group * p.cPerGroup + i % pairs * 2;
        const __half2 h2 = *reinterpret_cast<const __half2*>(&p.src[at(ni, hw, ci)]);
        const float2 f2 = __half22float2(h2);
        sum += f2.x + f2.y;
        sumSq += f2.x * f2.x + f2.y * f2.y;
    }
    smem[threadIdx.x] = make_float2(sum, sumSq);
    __syncthreads();
#pragma unroll
    for (int s = TPB / 2; s > 0; s >>= 1) {
        if (threadIdx.x < s) {
            smem[threadIdx.x].x += smem[threadIdx.x + s].x;
            smem[threadIdx.x].y += smem[threadIdx.x + s].y;
        }
        __syncthreads();
    }
    if (threadIdx.x != 0) return;
    float* out = &p.sums[2 * (ni * p.groups + group)];
    atomicAdd(&out[0], smem[0].x);
    atomicAdd(&out[1], smem[0].y);
}

__global__ void groupNormScale(Params p)
{
    const int i = (blockIdx.x * blockDim.x + threadIdx.x) * 2;
    if (i >= p.hwc) return;
    const int ni = blockIdx.y, ci = i % p.c, group = ci / p.cPerGroup;
    const float2 s = reinterpret_cast<const float2*>(p.sums)[ni * p.groups + group];
    const float mean = s.x * p.invHWC, var = s.y * p.invHWC - mean * mean;
    const float inv = var <= 0.F ? 1.F : rsqrtf(var + p.eps);
    float2 f = __half22float2(*(const __half2*)&p.src[(size_t)ni * p.hwc + i]);
    const float2 g = *(const float2*)&p.gamma[ci], b = *(const float2*)&p.beta[ci];
    f.x = g.x * (f.x - mean) * inv + b.x;
    f.y = g.y * (f.y - mean) * inv + b.y;
    if (p.withSwish) {
        f.x = f.x * sigmoid(f.x);
        f.y = f.y * sigmoid(f.y);
    }
    *(__half2*)&p.dst[(size_t)ni * p.hwc + i] = __float22half2_rn(f);
}

int main()
{
    Params p = {};
    p.n = 2; p.h = 9; p.w = 11; p.c = 48; p.groups = 6;
    p.cPerGroup = p.c / p.groups;
    p.hwc = p.h * p.w * p.c;
    p.invHWC = 1.F / (float)(p.h * p.w * p.cPerGroup);
    p.eps = 1e-5f;
    const size_t n = (size_t)p.n * p.hwc;
    std::vector<half> x(n), y(n);
    std::vector<float> gamma(p.c), beta(p.c);
    unsigned s = 15;
    for (half& v : x) { s = s * 1664525u + 1013904223u; v = __float2half((s >> 8) / 4194304.0f - 1.0f); }
    for (int i = 0; i < p.c; i++) { gamma[i] = 1.0f + 0.01f * i; beta[i] = -0.2f + 0.02f * i; }
    half *dx, *dy;
    float *dg, *db;
    cudaMalloc(&dx, n * sizeof(half));
    cudaMalloc(&dy, n * sizeof(half));
    cudaMalloc(&dg, p.c * sizeof(float));
    cudaMalloc(&db, p.c * sizeof(float));
    cudaMalloc(&p.sums, p.n * p.groups * 2 * sizeof(float));
    cudaMemcpy(dx, x.data(), n * sizeof(half), cudaMemcpyHostToDevice);
    cudaMemcpy(dg, gamma.data(), p.c * sizeof(float), cudaMemcpyHostToDevice);
    cudaMemcpy(db, beta.data(), p.c * sizeof(float), cudaMemcpyHostToDevice);
    p.src = dx; p.dst = dy; p.gamma = dg; p.beta = db;
    double worst = 0;
    for (int swish = 0; swish < 2; swish++) {
        p.withSwish = swish == 1;
        cudaMemset(p.sums, 0, p.n * p.groups * 2 * sizeof(float));
        groupNormSum<64><<<dim3(p.groups, (p.h * p.w + 31) / 32, p.n), 64>>>(p, 32);
        groupNormScale<<<dim3((p.hwc / 2 + 127) / 128, p.n), 128>>>(p);
        cudaMemcpy(y.data(), dy, n * sizeof(half), cudaMemcpyDeviceToHost);
        for (int ni = 0; ni < p.n; ni++)
            for (int g = 0; g < p.groups; g++) {
                double sum = 0, sq = 0;
                for (int hw = 0; hw < p.h * p.w; hw++)
                    for (int c = 0; c < p.cPerGroup; c++) {
                        const double v = __half2float(x[(size_t)ni * p.hwc + hw * p.c + g * p.cPerGroup + c]);
                        sum += v;
                        sq += v * v;
                    }
                const double mean = sum * p.invHWC, inv = 1 / sqrt(sq * p.invHWC - mean * mean + p.eps);
                for (int hw = 0; hw < p.h * p.w; hw++)
                    for (int c = 0; c < p.cPerGroup; c++) {
                        const size_t at = (size_t)ni * p.hwc + hw * p.c + g * p.cPerGroup + c;
                        const int ch = g * p.cPerGroup + c;
                        double v = (__half2float(x[at]) - mean) * inv * gamma[ch] + beta[ch];
                        if (p.withSwish) v = v / (1 + exp(-v));
                        worst = fmax(worst, fabs(v - __half2float(y[at])));
                    }
            }
    }
    cudaFree(dx); cudaFree(dy); cudaFree(dg); cudaFree(db); cudaFree(p.sums);
    if (cudaGetLastError() != cudaSuccess || !(worst < 3e-3)) { printf("FAIL error %g\n", worst); return 1; }   // half: 2^-11 of at most 4
    printf("PASS groupnorm: error %.2g\n", worst);
    return 0;
}
