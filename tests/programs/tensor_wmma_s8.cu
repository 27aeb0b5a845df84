// Quantised 8-bit integer GEMM with wmma (m32n8k16 and m16n16k16), per-column scales, saturating output.
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <vector>
#include <cuda_runtime.h>
#include <mma.h>

using namespace nvcuda;

template <int M, int N, int K>
__global__ void qgemm(const int8_t* __restrict__ A, const int8_t* __restrict__ B, const float* __restrict__ scale, int32_t* acc_out,
                      int8_t* __restrict__ out, int m, int n, int k)
{
    __shared__ __align__(32) int32_t tile[M * N];
    const int i0 = blockIdx.y * M, j0 = blockIdx.x * N;
    wmma::fragment<wmma::matrix_a, M, N, K, signed char, wmma::row_major> a;
    wmma::fragment<wmma::matrix_b, M, N, K, signed char, wmma::col_major> b;
    wmma::fragment<wmma::accumulator, M, N, K, int> acc;
    wmma::fill_fragment(acc, 0);
    for (int l = 0; l < k; l += K) {
        // operands are stored in panels of 16 along k, so that every tile begins at a multiple of 32 bytes
        wmma::load_matrix_sync(a, A + l * m + i0 * K, K);
        wmma::load_matrix_sync(b, B + l * n + j0 * K, K);
        wmma::mma_sync(acc, a, b, acc);
    }
    wmma::store_matrix_sync(acc_out + i0 * n + j0, acc, n, wmma::mem_row_major);
    wmma::store_matrix_sync(tile, acc, N, wmma::mem_row_major);
    __syncwarp();
    for (int t = threadIdx.x; t < M * N; t += 32) {
        const int r = t / N, c = t % N;
        int q = __float2int_rn(tile[t] * scale[j0 + c]);
        q = max(-128, min(127, q));
        out[(i0 + r) * n + j0 + c] = static_cast<int8_t>(q);
    }
}

int main()
{
    const int m = 64, n = 48, k = 96;
    std::vector<int8_t> A(m * k), B(n * k), q(m * n);
    std::vector<float> scale(n);
    std::vector<int32_t> acc(m * n);
    uint32_t s = 77;
    auto next = [&s]() -> uint32_t { return s = s * 1664525u + 1013904223u; };
    for (auto& v : A) v = (int8_t)(next() >> 24);
    for (auto& v : B) v = (int8_t)(next() >> 24);
    for (auto& v : scale) v = std::ldexp(1.0f, -9 - (int)(next() >> 30));       // powers of two: scaling is exact
    std::vector<int8_t> pA(A.size()), pB(B.size());
    for (int l = 0; l < k; ++l) {
        for (int i = 0; i < m; ++i) pA[(l / 16 * m + i) * 16 + l % 16] = A[i * k + l];
        for (int j = 0; j < n; ++j) pB[(l / 16 * n + j) * 16 + l % 16] = B[j * k + l];
    }
    int8_t *dA, *dB, *dq;
    float* ds;
    int32_t* dacc;
    cudaMalloc(&dA, A.size());
    cudaMalloc(&dB, B.size());
    cudaMalloc(&dq, q.size());
    cudaMalloc(&ds, n * sizeof(float));
    cudaMalloc(&dacc, acc.size() * sizeof(int32_t));
    cudaMemcpy(dA, pA.data(), A.size(), cudaMemcpyHostToDevice);
    cudaMemcpy(dB, pB.data(), B.size(), cudaMemcpyHostToDevice);
    cudaMemcpy(ds, scale.data(), n * sizeof(float), cudaMemcpyHostToDevice);
    int wrong = 0, saturated = 0;
    for (int shape = 0; shape < 2; ++shape) {
        cudaMemset(dacc, 0xff, acc.size() * 4);
        if (shape == 0) qgemm<32, 8, 16><<<dim3(n / 8, m / 32), 32>>>(dA, dB, ds, dacc, dq, m, n, k);
        else qgemm<16, 16, 16><<<dim3(n / 16, m / 16), 32>>>(dA, dB, ds, dacc, dq, m, n, k);
        cudaMemcpy(acc.data(), dacc, acc.size() * 4, cudaMemcpyDeviceToHost);
        cudaMemcpy(q.data(), dq, q.size(), cudaMemcpyDeviceToHost);
        for (int i = 0; i < m; ++i)
            for (int j = 0; j < n; ++j) {
                int32_t e = 0;
                for (int l = 0; l < k; ++l) e += (int)A[i * k + l] * B[j * k + l];
                double r = std::nearbyint((double)e * scale[j]);
                saturated += r > 127 || r < -128;
                r = r > 127 ? 127 : r < -128 ? -128 : r;
                wrong += acc[i * n + j] != e || q[i * n + j] != (int8_t)r;
            }
    }
    cudaFree(dA); cudaFree(dB); cudaFree(dq); cudaFree(ds); cudaFree(dacc);
    if (wrong || cudaGetLastError() != cudaSuccess) { printf("FAIL %d wrong\n", wrong); return 1; }
    printf("PASS wmma s8: %d values saturated\n", saturated);
    return 0;
}
