// TF32 GEMM with wmma m16n16k8; fragments converted with __float_to_tf32, shared memory beyond 48 KB.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>
#include <cuda_runtime.h>
#include <mma.h>

using namespace nvcuda::wmma;

constexpr int BM = 64, BN = 64, BK = 64;       // the whole depth of a block's tiles at once
constexpr int LDS = BK + 4, LDB = BN + 4, LDC = BN + 4;
constexpr size_t kSmem = (BM * LDS + BK * LDB + BM * LDC) * sizeof(float);
static_assert(kSmem > 48 * 1024, "asks for the attribute");

__global__ void __launch_bounds__(256) tf32_gemm(const float* A, const float* B, float* C, int M, int N, int K)
{
    extern __shared__ __align__(128) float smem[];
    float* sA = smem;
    float* sB = sA + BM * LDS;
    float* sC = sB + BK * LDB;
    const int warp = threadIdx.x / warpSize;
    const int wr = (warp / 4) * 32, wc = (warp % 4) * 16;
    const int row0 = blockIdx.y * BM, col0 = blockIdx.x * BN;
    fragment<accumulator, 16, 16, 8, float> acc[2];
    for (auto& f : acc) fill_fragment(f, 0.0f);
    for (int k0 = 0; k0 < K; k0 += BK) {
        for (int i = threadIdx.x; i < BM * BK / 4; i += blockDim.x) {
            const int r = i / (BK / 4), c = i % (BK / 4) * 4;
            const bool in = row0 + r < M && k0 + c < K;
            float4 v = in ? *(const float4*)&A[(row0 + r) * K + k0 + c] : make_float4(0, 0, 0, 0);
            *(float4*)&sA[r * LDS + c] = v;
        }
        for (int i = threadIdx.x; i < BK * BN / 4; i += blockDim.x) {
            const int r = i / (BN / 4), c = i % (BN / 4) * 4;
            const bool in = k0 + r < K && col0 + c < N;
            *(float4*)&sB[r * LDB + c] = in ? *(const float4*)&B[(k0 + r) * N + col0 + c] : make_float4(0, 0, 0, 0);
        }
        __syncthreads();
        for (int k = 0; k < BK; k += 8) {
            fragment<matrix_b, 16, 16, 8, precision::tf32, row_major> b;
            load_matrix_sync(b, sB + k * LDB + wc, LDB);
            for (int t = 0; t < b.num_elements; t++) b.x[t] = __float_to_tf32(b.x[t]);
#pragma unroll
            for (int h = 0; h < 2; ++h) {
                fragment<matrix_a, 16, 16, 8, precision::tf32, row_major> a;
                load_matrix_sync(a, sA + (wr + 16 * h) * LDS + k, LDS);
                for (int t = 0; t < a.num_elements; t++) a.x[t] = __float_to_tf32(a.x[t]);
                mma_sync(acc[h], a, b, acc[h]);
            }
        }
        __syncthreads();
    }
    for (int h = 0; h < 2; ++h) store_matrix_sync(sC + (wr + 16 * h) * LDC + wc, acc[h], LDC, mem_row_major);
    __syncthreads();
    for (int i = threadIdx.x; i < BM * BN; i += blockDim.x) {
        const int r = i / BN, c = i % BN;
        if (row0 + r < M && col0 + c < N) C[(row0 + r) * N + col0 + c] = sC[r * LDC + c];
    }
}

static float to_tf32(float x)      // round to nearest, ties away, ten bits of mantissa
{
    unsigned u;
    memcpy(&u, &x, 4);
    u = (u + 0x1000u) & ~0x1fffu;
    memcpy(&x, &u, 4);
    return x;
}

#define CHECK(e) if ((e) != cudaSuccess) { printf("FAIL %s\n", #e); exit(1); }

int main()
{
    const int M = 100, N = 72, K = 136;
    std::vector<float> A(M * K), B(K * N), C(M * N);
    srand(5);
    for (float& x : A) x = (float)rand() / RAND_MAX - 0.5f;
    for (float& x : B) x = (float)rand() / RAND_MAX - 0.5f;
    float *dA, *dB, *dC;
    CHECK(cudaMalloc(&dA, A.size() * 4));
    CHECK(cudaMalloc(&dB, B.size() * 4));
    CHECK(cudaMalloc(&dC, C.size() * 4));
    CHECK(cudaMemcpy(dA, A.data(), A.size() * 4, cudaMemcpyHostToDevice));
    CHECK(cudaMemcpy(dB, B.data(), B.size() * 4, cudaMemcpyHostToDevice));
    CHECK(cudaFuncSetAttribute(tf32_gemm, cudaFuncAttributeMaxDynamicSharedMemorySize, (int)kSmem));
    tf32_gemm<<<dim3((N + BN - 1) / BN, (M + BM - 1) / BM), 256, kSmem>>>(dA, dB, dC, M, N, K);
    CHECK(cudaGetLastError());
    CHECK(cudaMemcpy(C.data(), dC, C.size() * 4, cudaMemcpyDeviceToHost));
    cudaFree(dA); cudaFree(dB); cudaFree(dC);
    double worst = 0, apart = 0;
    for (int i = 0; i < M; i++)
        for (int j = 0; j < N; j++) {
            double s = 0, full = 0;
            for (int k = 0; k < K; k++) {
                s += (double)to_tf32(A[i * K + k]) * to_tf32(B[k * N + j]);
                full += (double)A[i * K + k] * B[k * N + j];
            }
            worst = fmax(worst, fabs(C[i * N + j] - s));
            apart = fmax(apart, fabs(s - full));
        }
    if (!(worst < 3e-5)) { printf("FAIL error %g (tf32 itself %g)\n", worst, apart); return 1; }
    printf("PASS wmma tf32: error %.2g, rounding of inputs gives %.2g\n", worst, apart);
    return 0;
}
