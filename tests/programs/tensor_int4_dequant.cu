// Four-bit weights to half by lop3 and prmt tricks, then a matrix-vector product with half2 multiply-adds.
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>
#include <cuda_fp16.h>
#include <cuda_runtime.h>

template <int lut>
__device__ inline int lop3(int a, int b, int c)
{
    int res;
    asm volatile("lop3.b32 %0, %1, %2, %3, %4;\n" : "=r"(res) : "r"(a), "r"(b), "r"(c), "n"(lut));
    return res;
}

template <int N>
struct Frag {
    half2 elems[N];
    __device__ half2& operator[](int i) { return elems[i]; }
};

// eight nibbles become the pairs (0, 4), (1, 5), (2, 6), (3, 7), minus eight
__device__ inline Frag<4> dequant(unsigned q)
{
    const int LO = 0x000f000f, HI = 0x00f000f0, EX = 0x64006400;
    const int SUB = 0x64086408, MUL = 0x2c002c00, ADD = 0xd480d480;
    Frag<4> f;
#pragma unroll
    for (int s = 0; s < 2; ++s) {
        const int v = (int)(q >> (8 * s));
        int lo = lop3<(0xf0 & 0xcc) | 0xaa>(v, LO, EX);
        int hi = lop3<(0xf0 & 0xcc) | 0xaa>(v, HI, EX);
        f[2 * s] = __hsub2(*reinterpret_cast<half2*>(&lo), *reinterpret_cast<const half2*>(&SUB));
        f[2 * s + 1] = __hfma2(*reinterpret_cast<half2*>(&hi), *reinterpret_cast<const half2*>(&MUL), *reinterpret_cast<const half2*>(&ADD));
    }
    return f;
}

__device__ __forceinline__ unsigned prmt(unsigned a, unsigned b, unsigned sel)
{
    unsigned r;
    asm("prmt.b32 %0, %1, %2, %3;" : "=r"(r) : "r"(a), "r"(b), "r"(sel));
    return r;
}

__device__ __forceinline__ float dot2(half2 a, half2 b)
{
    const float2 x = __half22float2(a), y = __half22float2(b);
    return fmaf(x.x, y.x, x.y * y.y);
}

__device__ __forceinline__ unsigned ld_nc(const unsigned* p)
{
    unsigned v;
    asm volatile("ld.global.nc.L1::no_allocate.u32 %0, [%1];" : "=r"(v) : "l"(p));
    return v;
}

__global__ void gemv_w4(const unsigned* __restrict__ w, const half* __restrict__ scales, const half* __restrict__ x, float* __restrict__ y, int rows, int cols, int group)
{
    const int row = blockIdx.x * blockDim.y + threadIdx.y;
    if (row >= rows) return;
    float acc = 0.f;
    for (int c = threadIdx.x; c < cols / 8; c += 32) {
        Frag<4> f = dequant(ld_nc(w + row * (cols / 8) + c));
        const uint4 xv = *reinterpret_cast<const uint4*>(x + c * 8);
        float part = 0.f;
        // the activations are permuted to match
        const unsigned x04 = prmt(xv.x, xv.z, 0x5410), x15 = prmt(xv.x, xv.z, 0x7632);
        const unsigned x26 = prmt(xv.y, xv.w, 0x5410), x37 = prmt(xv.y, xv.w, 0x7632);
        part += dot2(f[0], *reinterpret_cast<const half2*>(&x04));
        part += dot2(f[1], *reinterpret_cast<const half2*>(&x15));
        part += dot2(f[2], *reinterpret_cast<const half2*>(&x26));
        part += dot2(f[3], *reinterpret_cast<const half2*>(&x37));
        acc = fmaf(part, __half2float(scales[row * (cols / group) + c * 8 / group]), acc);
    }
    for (int o = 16; o > 0; o >>= 1) acc += __shfl_down_sync(0xffffffffu, acc, o);
    if (threadIdx.x == 0) y[row] = acc;
}

int main()
{
    const int rows = 50, cols = 512, group = 64;
    std::vector<int> q(rows * cols);
    std::vector<unsigned> w(rows * cols / 8, 0u);
    std::vector<half> sc(rows * cols / group), x(cols);
    std::vector<float> y(rows);
    unsigned s = 3;
    for (auto& v : q) { s = s * 1664525u + 1013904223u; v = (int)(s >> 28); }
    for (auto& v : sc) { s = s * 1664525u + 1013904223u; v = __float2half(0.01f + (s >> 20) / 4096.0f * 0.05f); }
    for (auto& v : x) { s = s * 1664525u + 1013904223u; v = __float2half((s >> 8) / 8388608.0f - 1.0f); }
    for (int i = 0; i < rows * cols; ++i) w[i / 8] |= (unsigned)q[i] << (4 * (i % 8));
    unsigned* dw;
    half *ds, *dx;
    float* dy;
    cudaMalloc(&dw, w.size() * 4);
    cudaMalloc(&ds, sc.size() * 2);
    cudaMalloc(&dx, x.size() * 2);
    cudaMalloc(&dy, rows * 4);
    cudaMemcpy(dw, w.data(), w.size() * 4, cudaMemcpyHostToDevice);
    cudaMemcpy(ds, sc.data(), sc.size() * 2, cudaMemcpyHostToDevice);
    cudaMemcpy(dx, x.data(), x.size() * 2, cudaMemcpyHostToDevice);
    gemv_w4<<<(rows + 3) / 4, dim3(32, 4)>>>(dw, ds, dx, dy, rows, cols, group);
    cudaMemcpy(y.data(), dy, rows * 4, cudaMemcpyDeviceToHost);
    cudaFree(dw); cudaFree(ds); cudaFree(dx); cudaFree(dy);
    double worst = 0;
    for (int r = 0; r < rows; ++r) {
        double e = 0;
        for (int c = 0; c < cols; ++c) e += (q[r * cols + c] - 8) * (double)__half2float(sc[r * (cols / group) + c / group]) * __half2float(x[c]);
        worst = fmax(worst, fabs(e - y[r]));
    }
    if (cudaGetLastError() != cudaSuccess || !(worst < 1e-4)) { printf("FAIL error %g\n", worst); return 1; }
    printf("PASS int4 dequant: error %.2g\n", worst);
    return 0;
}
