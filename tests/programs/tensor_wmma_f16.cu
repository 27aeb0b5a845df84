// Half-precision GEMM with wmma: 2 x 2 warps, 32 x 32 tiles staged in shared memory, alpha and beta.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <vector>
#include <cuda_fp16.h>
#include <cuda_runtime.h>
#include <mma.h>

using namespace nvcuda;

#define M_GLOBAL 64
#define N_GLOBAL 96
#define K_GLOBAL 80
#define WMMA_M 16
#define WMMA_N 16
#define WMMA_K 16
#define SKEW_HALF 8

__global__ void __launch_bounds__(128) gemm(const half* __restrict__ A, const half* __restrict__ B, const float* __restrict__ C,
                                            float* __restrict__ D, float alpha, float beta)
{
    __shared__ __align__(32) half As[32][WMMA_K + SKEW_HALF];
    __shared__ __align__(32) half Bs[32][WMMA_K + SKEW_HALF];     // B is column major: a row here is a column of B
    const int warp = threadIdx.x / 32, wm = warp >> 1, wn = warp & 1;
    const int row0 = blockIdx.y * 32, col0 = blockIdx.x * 32;
    wmma::fragment<wmma::accumulator, WMMA_M, WMMA_N, WMMA_K, float> acc;
    wmma::fill_fragment(acc, 0.0f);
    for (int k0 = 0; k0 < K_GLOBAL; k0 += WMMA_K) {
        // 32 rows of 16 halves: four halves a thread for each matrix
        const int r = threadIdx.x >> 2, c = (threadIdx.x & 3) * 4;
        *reinterpret_cast<uint2*>(&As[r][c]) = *reinterpret_cast<const uint2*>(&A[(row0 + r) * K_GLOBAL + k0 + c]);
        *reinterpret_cast<uint2*>(&Bs[r][c]) = *reinterpret_cast<const uint2*>(&B[(col0 + r) * K_GLOBAL + k0 + c]);
        __syncthreads();
        wmma::fragment<wmma::matrix_a, WMMA_M, WMMA_N, WMMA_K, half, wmma::row_major> a;
        wmma::fragment<wmma::matrix_b, WMMA_M, WMMA_N, WMMA_K, half, wmma::col_major> b;
        wmma::load_matrix_sync(a, &As[wm * 16][0], WMMA_K + SKEW_HALF);
        wmma::load_matrix_sync(b, &Bs[wn * 16][0], WMMA_K + SKEW_HALF);
        wmma::mma_sync(acc, a, b, acc);
        __syncthreads();
    }
    const int row = row0 + wm * 16, col = col0 + wn * 16;
    wmma::fragment<wmma::accumulator, WMMA_M, WMMA_N, WMMA_K, float> c;
    wmma::load_matrix_sync(c, C + row * N_GLOBAL + col, N_GLOBAL, wmma::mem_row_major);
#pragma unroll
    for (int i = 0; i < c.num_elements; i++) c.x[i] = alpha * acc.x[i] + beta * c.x[i];
    wmma::store_matrix_sync(D + row * N_GLOBAL + col, c, N_GLOBAL, wmma::mem_row_major);
}

int main()
{
    std::vector<half> A(M_GLOBAL * K_GLOBAL), B(K_GLOBAL * N_GLOBAL);
    std::vector<float> C(M_GLOBAL * N_GLOBAL), D(M_GLOBAL * N_GLOBAL);
    unsigned s = 1;
    for (half& h : A) { s = s * 1664525u + 1013904223u; h = __float2half((float)(int)(s >> 28) / 4.0f - 2.0f); }
    for (half& h : B) { s = s * 1664525u + 1013904223u; h = __float2half((float)(int)(s >> 28) / 8.0f - 1.0f); }
    for (float& f : C) { s = s * 1664525u + 1013904223u; f = (float)(s >> 24) / 16.0f; }
    half *dA, *dB;
    float *dC, *dD;
    cudaMalloc(&dA, A.size() * sizeof(half));
    cudaMalloc(&dB, B.size() * sizeof(half));
    cudaMalloc(&dC, C.size() * sizeof(float));
    cudaMalloc(&dD, D.size() * sizeof(float));
    cudaMemcpy(dA, A.data(), A.size() * sizeof(half), cudaMemcpyHostToDevice);
    cudaMemcpy(dB, B.data(), B.size() * sizeof(half), cudaMemcpyHostToDevice);
    cudaMemcpy(dC, C.data(), C.size() * sizeof(float), cudaMemcpyHostToDevice);
    const float alpha = 1.5f, beta = 0.5f;
    gemm<<<dim3(N_GLOBAL / 32, M_GLOBAL / 32), 128>>>(dA, dB, dC, dD, alpha, beta);
    const cudaError_t e = cudaDeviceSynchronize();
    cudaMemcpy(D.data(), dD, D.size() * sizeof(float), cudaMemcpyDeviceToHost);
    cudaFree(dA); cudaFree(dB); cudaFree(dC); cudaFree(dD);
    double worst = 0;
    for (int i = 0; i < M_GLOBAL; i++)
        for (int j = 0; j < N_GLOBAL; j++) {
            double sum = 0;
            for (int k = 0; k < K_GLOBAL; k++) sum += (double)__half2float(A[i * K_GLOBAL + k]) * __half2float(B[j * K_GLOBAL + k]);
            worst = fmax(worst, fabs(D[i * N_GLOBAL + j] - (alpha * sum + beta * C[i * N_GLOBAL + j])));
        }
    // inputs are small multiples of powers of two: every sum is exact in float
    if (e != cudaSuccess || worst != 0) { printf("FAIL error %g (%s)\n", worst, cudaGetErrorString(e)); return 1; }
    printf("PASS wmma f16 %dx%dx%d\n", M_GLOBAL, N_GLOBAL, K_GLOBAL);
    return 0;
}
