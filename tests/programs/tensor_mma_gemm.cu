// GEMM from mma.sync m16n8k16, ldmatrix and cp.async: two stages, swizzled shared memory.
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>
#include <cuda_fp16.h>
#include <cuda_runtime.h>

namespace ptx {

__device__ __forceinline__ uint32_t smem_addr(const void* p) { return static_cast<uint32_t>(__cvta_generic_to_shared(p)); }

__device__ __forceinline__ void cp_async16(void* dst, const void* src)
{
    asm volatile("cp.async.cg.shared.global [%0], [%1], 16;\n" ::"r"(smem_addr(dst)), "l"(src));
}
__device__ __forceinline__ void commit() { asm volatile("cp.async.commit_group;\n" ::); }
template <int N>
__device__ __forceinline__ void wait_group() { asm volatile("cp.async.wait_group %0;\n" ::"n"(N)); }

__device__ __forceinline__ void ldmatrix_x4(uint32_t (&r)[4], const void* p)
{
    asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0, %1, %2, %3}, [%4];\n"
                 : "=r"(r[0]), "=r"(r[1]), "=r"(r[2]), "=r"(r[3])
                 : "r"(smem_addr(p)));
}
__device__ __forceinline__ void ldmatrix_x2_trans(uint32_t (&r)[2], const void* p)
{
    asm volatile("ldmatrix.sync.aligned.m8n8.x2.trans.shared.b16 {%0, %1}, [%2];\n" : "=r"(r[0]), "=r"(r[1]) : "r"(smem_addr(p)));
}
__device__ __forceinline__ void mma_16816(float (&c)[4], const uint32_t (&a)[4], const uint32_t (&b)[2])
{
    asm volatile(
        "mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, %3};\n"
        : "+f"(c[0]), "+f"(c[1]), "+f"(c[2]), "+f"(c[3])
        : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));
}

}  // namespace ptx

constexpr int BM = 64, BN = 64, BK = 32, STAGES = 2, THREADS = 128;

// rows of A hold 4 chunks of 16 bytes, rows of B 8: the chunk is exchanged by bits of the row
__device__ __forceinline__ int swizzle_a(int row, int chunk) { return row * BK + ((chunk ^ ((row >> 1) & 3)) << 3); }
__device__ __forceinline__ int swizzle_b(int row, int chunk) { return row * BN + ((chunk ^ (row & 7)) << 3); }

__device__ __forceinline__ void load_stage(half* sA, half* sB, const half* A, const half* B, int K, int N, int k0)
{
#pragma unroll
    for (int i = threadIdx.x; i < BM * BK / 8; i += THREADS) {
        const int r = i >> 2, c = i & 3;
        ptx::cp_async16(sA + swizzle_a(r, c), A + r * K + k0 + c * 8);
    }
#pragma unroll
    for (int i = threadIdx.x; i < BK * BN / 8; i += THREADS) {
        const int r = i >> 3, c = i & 7;
        ptx::cp_async16(sB + swizzle_b(r, c), B + (k0 + r) * N + c * 8);
    }
    ptx::commit();
}

__global__ void __launch_bounds__(THREADS) hgemm(const half* __restrict__ A, const half* __restrict__ B, float* __restrict__ C, int M, int N, int K)
{
    __shared__ __align__(128) half sA[STAGES][BM * BK];
    __shared__ __align__(128) half sB[STAGES][BK * BN];
    const int warp = threadIdx.x >> 5, lane = threadIdx.x & 31;
    const int wm = (warp >> 1) * 32, wn = (warp & 1) * 32;
    A += blockIdx.y * BM * K;
    B += blockIdx.x * BN;
    C += blockIdx.y * BM * N + blockIdx.x * BN;
    float acc[2][4][4] = {};
    const int steps = K / BK;
    load_stage(sA[0], sB[0], A, B, K, N, 0);
    for (int s = 0; s < steps; ++s) {
        if (s + 1 < steps) {
            load_stage(sA[(s + 1) & 1], sB[(s + 1) & 1], A, B, K, N, (s + 1) * BK);
            ptx::wait_group<1>();
        } else {
            ptx::wait_group<0>();
        }
        __syncthreads();
        const half* a_s = sA[s & 1];
        const half* b_s = sB[s & 1];
#pragma unroll
        for (int kk = 0; kk < BK; kk += 16) {
            uint32_t a[2][4], b[4][2];
#pragma unroll
            for (int i = 0; i < 2; ++i) ptx::ldmatrix_x4(a[i], a_s + swizzle_a(wm + i * 16 + (lane & 15), kk / 8 + (lane >> 4)));
#pragma unroll
            for (int j = 0; j < 4; ++j) ptx::ldmatrix_x2_trans(b[j], b_s + swizzle_b(kk + (lane & 15), wn / 8 + j));
#pragma unroll
            for (int i = 0; i < 2; ++i)
#pragma unroll
                for (int j = 0; j < 4; ++j) ptx::mma_16816(acc[i][j], a[i], b[j]);
        }
        __syncthreads();
    }
    const int g = lane >> 2, t = lane & 3;
#pragma unroll
    for (int i = 0; i < 2; ++i)
#pragma unroll
        for (int j = 0; j < 4; ++j) {
            float* p = C + (wm + i * 16 + g) * N + wn + j * 8 + t * 2;
            *reinterpret_cast<float2*>(p) = make_float2(acc[i][j][0], acc[i][j][1]);
            *reinterpret_cast<float2*>(p + 8 * N) = make_float2(acc[i][j][2], acc[i][j][3]);
        }
}

int main()
{
    const int M = 128, N = 128, K = 96;
    std::vector<half> A(M * K), B(K * N);
    std::vector<float> C(M * N);
    unsigned s = 11;
    for (size_t i = 0; i < A.size(); ++i) { s = s * 1664525u + 1013904223u; A[i] = __float2half((int)(s >> 27) / 8.0f - 2.0f); }
    for (size_t i = 0; i < B.size(); ++i) { s = s * 1664525u + 1013904223u; B[i] = __float2half((int)(s >> 27) / 16.0f - 1.0f); }
    half *dA, *dB;
    float* dC;
    cudaMalloc(&dA, A.size() * sizeof(half));
    cudaMalloc(&dB, B.size() * sizeof(half));
    cudaMalloc(&dC, C.size() * sizeof(float));
    cudaMemcpy(dA, A.data(), A.size() * sizeof(half), cudaMemcpyHostToDevice);
    cudaMemcpy(dB, B.data(), B.size() * sizeof(half), cudaMemcpyHostToDevice);
    hgemm<<<dim3(N / BN, M / BM), THREADS>>>(dA, dB, dC, M, N, K);
    cudaError_t e = cudaDeviceSynchronize();
    cudaMemcpy(C.data(), dC, C.size() * sizeof(float), cudaMemcpyDeviceToHost);
    cudaFree(dA);
    cudaFree(dB);
    cudaFree(dC);
    for (int i = 0; i < M; ++i)
        for (int j = 0; j < N; ++j) {
            double r = 0;
            for (int k = 0; k < K; ++k) r += (double)__half2float(A[i * K + k]) * __half2float(B[k * N + j]);
            if (e != cudaSuccess || C[i * N + j] != (float)r) { printf("FAIL (%d, %d): %g, expected %g\n", i, j, C[i * N + j], r); return 1; }
        }
    printf("PASS mma gemm %dx%dx%d\n", M, N, K);
    return 0;
}
