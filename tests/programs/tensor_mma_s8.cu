// Integer GEMM from mma.sync m16n8k32 on signed bytes, with zero points and requantisation in the epilogue.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>
#include <cuda_runtime.h>

struct Quant {
    int zero_a, zero_b;
    int multiplier, shift;
};

struct FragA { unsigned r[4]; };
struct FragB { unsigned r[2]; };
struct FragC { int r[4]; };

__device__ __forceinline__ void mma(FragC& d, const FragA& a, const FragB& b)
{
    asm("mma.sync.aligned.m16n8k32.row.col.s32.s8.s8.s32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, {%0,%1,%2,%3};"
        : "+r"(d.r[0]), "+r"(d.r[1]), "+r"(d.r[2]), "+r"(d.r[3])
        : "r"(a.r[0]), "r"(a.r[1]), "r"(a.r[2]), "r"(a.r[3]), "r"(b.r[0]), "r"(b.r[1]));
}

__device__ __forceinline__ int requant(int v, const Quant& q)
{
    const long long p = (long long)v * q.multiplier + (1ll << (q.shift - 1));
    const int r = (int)(p >> q.shift);
    int out;
    asm("cvt.sat.s8.s32 %0, %1;" : "=r"(out) : "r"(r));
    return (int)(signed char)out;
}

// a warp computes 16 x 8; A is [m][k], B is [n][k]
__global__ void igemm(const int8_t* __restrict__ A, const int8_t* __restrict__ B, const int* __restrict__ rowSum, const int* __restrict__ colSum,
                      int8_t* __restrict__ C, int n, int k, Quant q)
{
    const int lane = threadIdx.x & 31, g = lane >> 2, t = lane & 3;
    const int i0 = blockIdx.y * 16, j0 = (blockIdx.x * (blockDim.x / 32) + threadIdx.x / 32) * 8;
    if (j0 >= n) return;
    FragC c = {{0, 0, 0, 0}};
    for (int l = 0; l < k; l += 32) {
        FragA a;
        FragB b;
        const unsigned* r0 = reinterpret_cast<const unsigned*>(A + (i0 + g) * k + l);
        const unsigned* r1 = reinterpret_cast<const unsigned*>(A + (i0 + g + 8) * k + l);
        const unsigned* c0 = reinterpret_cast<const unsigned*>(B + (j0 + g) * k + l);
        a.r[0] = r0[t];
        a.r[1] = r1[t];
        a.r[2] = r0[t + 4];
        a.r[3] = r1[t + 4];
        b.r[0] = c0[t];
        b.r[1] = c0[t + 4];
        mma(c, a, b);
    }
#pragma unroll
    for (int h = 0; h < 2; ++h) {
        const int i = i0 + g + 8 * h;
        char2 out;
        signed char* o = reinterpret_cast<signed char*>(&out);
#pragma unroll
        for (int e = 0; e < 2; ++e) {
            const int j = j0 + 2 * t + e;
            const int v = c.r[2 * h + e] - q.zero_b * rowSum[i] - q.zero_a * colSum[j] + k * q.zero_a * q.zero_b;
            o[e] = (signed char)requant(v, q);
        }
        *reinterpret_cast<char2*>(C + i * n + j0 + 2 * t) = out;
    }
}

// sums of rows with dp4a, a warp a row
__global__ void row_sums(const int8_t* X, int* sums, int k)
{
    const int* x = reinterpret_cast<const int*>(X + blockIdx.x * k);
    int s = 0;
    for (int i = threadIdx.x; i < k / 4; i += 32) s = __dp4a(x[i], 0x01010101, s);
    s = __reduce_add_sync(0xffffffffu, s);
    if (threadIdx.x == 0) sums[blockIdx.x] = s;
}

int main()
{
    const int m = 48, n = 40, k = 128;
    const Quant q = {3, -5, 1431655765, 39};
    std::vector<int8_t> A(m * k), B(n * k), C(m * n);
    unsigned s = 123;
    for (auto& v : A) { s = s * 1664525u + 1013904223u; v = (int8_t)(s >> 24); }
    for (auto& v : B) { s = s * 1664525u + 1013904223u; v = (int8_t)(s >> 24); }
    int8_t *dA, *dB, *dC;
    int *dr, *dc;
    cudaMalloc(&dA, A.size());
    cudaMalloc(&dB, B.size());
    cudaMalloc(&dC, C.size());
    cudaMalloc(&dr, m * sizeof(int));
    cudaMalloc(&dc, n * sizeof(int));
    cudaMemcpy(dA, A.data(), A.size(), cudaMemcpyHostToDevice);
    cudaMemcpy(dB, B.data(), B.size(), cudaMemcpyHostToDevice);
    row_sums<<<m, 32>>>(dA, dr, k);
    row_sums<<<n, 32>>>(dB, dc, k);
    igemm<<<dim3((n / 8 + 3) / 4, m / 16), 128>>>(dA, dB, dr, dc, dC, n, k, q);
    cudaMemcpy(C.data(), dC, C.size(), cudaMemcpyDeviceToHost);
    cudaFree(dA); cudaFree(dB); cudaFree(dC); cudaFree(dr); cudaFree(dc);
    if (cudaGetLastError() != cudaSuccess) { printf("FAIL cuda\n"); return 1; }
    int saturated = 0;
    for (int i = 0; i < m; ++i)
        for (int j = 0; j < n; ++j) {
            long long v = 0;
            for (int l = 0; l < k; ++l) v += (A[i * k + l] - q.zero_a) * (B[j * k + l] - q.zero_b);
            long long r = (v * q.multiplier + (1ll << (q.shift - 1))) >> q.shift;
            saturated += r > 127 || r < -128;
            r = r > 127 ? 127 : r < -128 ? -128 : r;
            if (C[i * n + j] != r) { printf("FAIL (%d, %d): %d, expected %lld\n", i, j, C[i * n + j], r); return 1; }
        }
    printf("PASS mma s8: %d saturated\n", saturated);
    return 0;
}
