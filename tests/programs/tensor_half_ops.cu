// Half arithmetic, comparisons, conversions and mathematics, scalar and in pairs, against rounded doubles on the host.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>
#include <cuda_fp16.h>
#include <cuda_runtime.h>

#define OUTS 22

__global__ void ops(const __half* a, const __half* b, const __half* c, float* out, int n)
{
    const int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= n) return;
    const __half x = a[i], y = b[i], z = c[i];
    float* o = out + i * OUTS;
    o[0] = __half2float(__hadd(x, y));
    o[1] = __half2float(__hsub(x, y));
    o[2] = __half2float(__hmul(x, y));
    o[3] = __half2float(__hfma(x, y, z));
    o[4] = __half2float(__hdiv(x, y));
    o[5] = __half2float(x * y + z);
    o[6] = __half2float(__hneg(x)) + __half2float(__habs(y));
    o[7] = (x > y) + 2 * (x <= y) + 4 * (x == x) + 8 * __hlt(y, z) + 16 * __hisnan(x);
    o[8] = __half2float(hsqrt(__habs(x)));
    o[9] = __half2float(hexp(x));
    o[10] = __half2float(hlog(__hadd(__habs(x), __float2half(0.5f))));
    o[11] = __half2float(hrcp(y));
    o[12] = __half2float(hfloor(x)) + 100.f * __half2float(hceil(y));
    o[13] = __half2float(hrint(x)) + 100.f * __half2float(htrunc(y));
    o[14] = (float)__half2int_rn(x) + 100.f * (float)__half2int_rz(y);
    o[15] = __half2float(__int2half_rn(i * 7)) + __half2float(__float2half_rz(1.0f + i / 3000.0f));
    o[16] = __half2float(__hmax(x, y)) + __half2float(__hmin(y, z));
    const __half2 p = __halves2half2(x, y), q = __halves2half2(z, x);
    const __half2 s = __hfma2(p, q, __float2half2_rn(0.5f));
    o[17] = __low2float(s) + __high2float(s);
    const float2 f = __half22float2(__hmul2(p, __lowhigh2highlow(q)));
    o[18] = f.x - f.y;
    o[19] = __half2float(__hadd_sat(x, y)) + __half2float(__hmul_sat(x, z));
    o[20] = (float)__half_as_ushort(x) + (float)__half_as_short(__ushort_as_half(__half_as_ushort(y)));
    __half t = x;
    t += y;
    t *= z;
    o[21] = __half2float(t) + (__hbeq2(p, p) ? 1.f : 0.f) + __half2float(__low2half(__hgt2(p, q)));
}

// float or double to half, to nearest even, and back; the host's own
static double rnd(double v)
{
    if (v == 0 || std::isnan(v) || std::isinf(v)) return v;
    int e;
    std::frexp(v, &e);
    const int q = std::max(e - 11, -24);
    return std::ldexp(std::nearbyint(std::ldexp(v, -q)), q);
}
static double clamp01(double v) { return v < 0 ? 0 : v > 1 ? 1 : v; }

int main()
{
    const int n = 256;
    std::vector<__half> a(n), b(n), c(n);
    std::vector<float> out(n * OUTS);
    unsigned s = 10;
    for (int i = 0; i < n; i++) {
        s = s * 1664525u + 1013904223u; a[i] = __float2half((float)((int)(s >> 16) - 32768) / 8192.0f);
        s = s * 1664525u + 1013904223u; b[i] = __float2half((float)((int)(s >> 16) - 32768) / 10000.0f + 0.001f);
        s = s * 1664525u + 1013904223u; c[i] = __float2half((float)((int)(s >> 16) - 32768) / 20000.0f);
    }
    __half *da, *db, *dc;
    float* dout;
    cudaMalloc(&da, n * 2); cudaMalloc(&db, n * 2); cudaMalloc(&dc, n * 2); cudaMalloc(&dout, n * OUTS * 4);
    cudaMemcpy(da, a.data(), n * 2, cudaMemcpyHostToDevice);
    cudaMemcpy(db, b.data(), n * 2, cudaMemcpyHostToDevice);
    cudaMemcpy(dc, c.data(), n * 2, cudaMemcpyHostToDevice);
    ops<<<(n + 63) / 64, 64>>>(da, db, dc, dout, n);
    cudaMemcpy(out.data(), dout, n * OUTS * 4, cudaMemcpyDeviceToHost);
    cudaFree(da); cudaFree(db); cudaFree(dc); cudaFree(dout);
    int bad[OUTS] = {};
    for (int i = 0; i < n; i++) {
        const double x = __half2float(a[i]), y = __half2float(b[i]), z = __half2float(c[i]);
        double e[OUTS], tol[OUTS] = {};
        e[0] = rnd(x + y); e[1] = rnd(x - y); e[2] = rnd(x * y); e[3] = rnd(x * y + z);
        e[4] = rnd(x / y); tol[4] = std::fabs(e[4]) * 0.001;                     // within one unit in the last place
        e[5] = rnd(rnd(x * y) + z); tol[5] = std::fabs(rnd(x * y) - x * y) + std::fabs(e[5]) * 0.001;      // fused or not
        e[6] = -x + std::fabs(y);
        e[7] = (x > y) + 2 * (x <= y) + 4 + 8 * (y < z);
        e[8] = rnd(std::sqrt(std::fabs(x))); tol[8] = 0.001 * e[8];
        e[9] = rnd(std::exp(x)); tol[9] = 0.002 * e[9];
        e[10] = rnd(std::log(rnd(std::fabs(x) + 0.5))); tol[10] = 0.002 * std::fabs(e[10]) + 1e-4;
        e[11] = rnd(1 / y); tol[11] = 0.002 * std::fabs(e[11]);
        e[12] = std::floor(x) + 100 * std::ceil(y);
        e[13] = std::nearbyint(x) + 100 * std::trunc(y);
        e[14] = std::nearbyint(x) + 100 * std::trunc(y);
        e[15] = rnd(i * 7) + std::floor((1.0f + i / 3000.0f) * 1024) / 1024;
        e[16] = std::fmax(x, y) + std::fmin(y, z);
        e[17] = rnd(x * z + 0.5) + rnd(y * x + 0.5);
        e[18] = rnd(x * x) - rnd(y * z);
        e[19] = clamp01(rnd(x + y)) + clamp01(rnd(x * z));
        unsigned short ux, uy;
        memcpy(&ux, &a[i], 2);
        memcpy(&uy, &b[i], 2);
        e[20] = (double)ux + (double)(short)uy;
        e[21] = rnd(rnd(x + y) * z) + 1 + (x > z);
        for (int k = 0; k < OUTS; k++) bad[k] += !(std::fabs(out[i * OUTS + k] - e[k]) <= tol[k] + 1e-6 * std::fabs(e[k]));
    }
    int any = cudaGetLastError() != cudaSuccess;
    for (int k = 0; k < OUTS; k++)
        if (bad[k]) { printf("FAIL output %d: %d of %d\n", k, bad[k], n); any = 1; }
    if (any) return 1;
    printf("PASS half ops\n");
    return 0;
}
