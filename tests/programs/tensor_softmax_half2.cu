// Softmax of half rows: a warp per row with half2 arithmetic and registers, a block per row online, logits with a mask.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <vector>
#include <cuda_fp16.h>
#include <cuda_runtime.h>

template <int LOG2_COLS>
__global__ void softmax_warp(const __half2* __restrict__ in, __half2* __restrict__ out, const unsigned char* __restrict__ mask, int rows)
{
    constexpr int COLS = 1 << LOG2_COLS, PER = COLS / 2 / 32;
    static_assert(PER >= 1, "a pair for every lane");
    const int row = blockIdx.x * blockDim.y + threadIdx.y, lane = threadIdx.x;
    if (row >= rows) return;
    __half2 v[PER];
    __half2 m2 = __float2half2_rn(-65504.f);
#pragma unroll
    for (int i = 0; i < PER; ++i) {
        const int at = row * (COLS / 2) + i * 32 + lane;
        v[i] = in[at];
        const uchar2 keep = reinterpret_cast<const uchar2*>(mask)[at];
        if (!keep.x) v[i] = __halves2half2(__float2half(-65504.f), __high2half(v[i]));
        if (!keep.y) v[i] = __halves2half2(__low2half(v[i]), __float2half(-65504.f));
        m2 = __hmax2(m2, v[i]);
    }
    __half m = __hmax(__low2half(m2), __high2half(m2));
#pragma unroll
    for (int o = 16; o > 0; o /= 2) m = __hmax(m, __shfl_xor_sync(0xffffffffu, m, o));
    float sum = 0.f;
    const __half2 mm = __half2half2(m);
    float2 e[PER];
#pragma unroll
    for (int i = 0; i < PER; ++i) {
        const float2 d = __half22float2(__hsub2(v[i], mm));
        e[i] = make_float2(__expf(d.x), __expf(d.y));
        sum += e[i].x + e[i].y;
    }
#pragma unroll
    for (int o = 16; o > 0; o /= 2) sum += __shfl_xor_sync(0xffffffffu, sum, o);
    const float inv = __frcp_rn(sum);
#pragma unroll
    for (int i = 0; i < PER; ++i) out[row * (COLS / 2) + i * 32 + lane] = __floats2half2_rn(e[i].x * inv, e[i].y * inv);
}

struct MD {
    float m, d;
};
__device__ __forceinline__ MD merge(MD a, MD b)
{
    const bool a_bigger = a.m > b.m;
    const MD big = a_bigger ? a : b, small = a_bigger ? b : a;
    return {big.m, big.d + small.d * __expf(small.m - big.m)};
}

__global__ void softmax_online(const __half* in, __half* out, int cols)
{
    __shared__ MD parts[8];
    const __half* x = in + (size_t)blockIdx.x * cols;
    MD t = {-1e30f, 0.f};
    for (int i = threadIdx.x; i < cols; i += blockDim.x) t = merge(t, {__half2float(x[i]), 1.f});
    for (int o = 16; o; o >>= 1) {
        MD u;
        u.m = __shfl_down_sync(~0u, t.m, o);
        u.d = __shfl_down_sync(~0u, t.d, o);
        t = merge(t, u);
    }
    if ((threadIdx.x & 31) == 0) parts[threadIdx.x >> 5] = t;
    __syncthreads();
    t = parts[0];
    for (int w = 1; w < blockDim.x / 32; ++w) t = merge(t, parts[w]);
    for (int i = threadIdx.x; i < cols; i += blockDim.x) out[(size_t)blockIdx.x * cols + i] = __float2half(__expf(__half2float(x[i]) - t.m) / t.d);
}

int main()
{
    constexpr int LOG = 7, COLS = 1 << LOG;
    const int rows = 30;
    std::vector<__half> x(rows * COLS), y(rows * COLS), z(rows * COLS);
    std::vector<unsigned char> keep(rows * COLS);
    unsigned s = 4;
    for (int i = 0; i < rows * COLS; ++i) {
        s = s * 1664525u + 1013904223u;
        x[i] = __float2half((float)((int)(s >> 20) - 2048) / 512.0f);
        keep[i] = (s >> 8) % 5 != 0 || i % COLS == 3;
    }
    __half *dx, *dy;
    unsigned char* dk;
    cudaMalloc((void**)&dx, x.size() * sizeof(__half));
    cudaMalloc((void**)&dy, x.size() * sizeof(__half));
    cudaMalloc((void**)&dk, keep.size());
    cudaMemcpy(dx, x.data(), x.size() * sizeof(__half), cudaMemcpyHostToDevice);
    cudaMemcpy(dk, keep.data(), keep.size(), cudaMemcpyHostToDevice);
    softmax_warp<LOG><<<(rows + 3) / 4, dim3(32, 4)>>>((const __half2*)dx, (__half2*)dy, dk, rows);
    cudaMemcpy(y.data(), dy, y.size() * sizeof(__half), cudaMemcpyDeviceToHost);
    softmax_online<<<rows, 96>>>(dx, dy, COLS);
    cudaMemcpy(z.data(), dy, z.size() * sizeof(__half), cudaMemcpyDeviceToHost);
    cudaFree(dx); cudaFree(dy); cudaFree(dk);
    double a = 0, b = 0;
    for (int r = 0; r < rows; ++r) {
        double sa = 0, sb = 0;
        for (int c = 0; c < COLS; ++c) {
            const double e = exp((double)__half2float(x[r * COLS + c]));
            sb += e;
            if (keep[r * COLS + c]) sa += e;
        }
        for (int c = 0; c < COLS; ++c) {
            const double e = exp((double)__half2float(x[r * COLS + c]));
            a = fmax(a, fabs(__half2float(y[r * COLS + c]) - (keep[r * COLS + c] ? e / sa : 0)));
            b = fmax(b, fabs(__half2float(z[r * COLS + c]) - e / sb));
        }
    }
    // values of a row differ by at most 8: differences in half are off by 2^-8, so are probabilities below 0.2 relatively
    if (cudaGetLastError() != cudaSuccess || !(a < 1e-3) || !(b < 1e-4)) { printf("FAIL errors %g %g\n", a, b); return 1; }
    printf("PASS softmax half2: errors %.2g %.2g\n", a, b);
    return 0;
}
