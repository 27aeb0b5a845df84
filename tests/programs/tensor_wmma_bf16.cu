// Batched bfloat16 GEMM with wmma, all four layouts through templates, ReLU on the accumulator fragment.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <type_traits>
#include <vector>
#include <cuda_bf16.h>
#include <cuda_runtime.h>
#include <mma.h>

using bf16 = __nv_bfloat16;
namespace wmma = nvcuda::wmma;

template <typename LayoutA, typename LayoutB>
__global__ void batched(const bf16* __restrict__ A, const bf16* __restrict__ B, float* __restrict__ C, int m, int n, int k)
{
    constexpr bool rowA = std::is_same<LayoutA, wmma::row_major>::value;
    constexpr bool rowB = std::is_same<LayoutB, wmma::row_major>::value;
    A += (size_t)blockIdx.z * m * k;
    B += (size_t)blockIdx.z * k * n;
    C += (size_t)blockIdx.z * m * n;
    const int i0 = (blockIdx.y * blockDim.y + threadIdx.y) * 16, j0 = (blockIdx.x * (blockDim.x / 32) + threadIdx.x / 32) * 16;
    if (i0 >= m || j0 >= n) return;
    wmma::fragment<wmma::matrix_a, 16, 16, 16, bf16, LayoutA> a;
    wmma::fragment<wmma::matrix_b, 16, 16, 16, bf16, LayoutB> b;
    wmma::fragment<wmma::accumulator, 16, 16, 16, float> acc;
    wmma::fill_fragment(acc, 0.f);
    for (int l = 0; l < k; l += 16) {
        wmma::load_matrix_sync(a, rowA ? A + i0 * k + l : A + l * m + i0, rowA ? k : m);
        wmma::load_matrix_sync(b, rowB ? B + l * n + j0 : B + j0 * k + l, rowB ? n : k);
        wmma::mma_sync(acc, a, b, acc);
    }
    for (auto& v : acc.x) v = v > 0.f ? v : 0.f;
    wmma::store_matrix_sync(C + i0 * n + j0, acc, n, wmma::mem_row_major);
}

template <typename LA, typename LB>
static double test(int m, int n, int k, int batch)
{
    constexpr bool rowA = std::is_same_v<LA, wmma::row_major>, rowB = std::is_same_v<LB, wmma::row_major>;
    std::vector<bf16> a(batch * m * k), b(batch * k * n);
    std::vector<float> c(batch * m * n);
    unsigned s = rowA * 2 + rowB + 5;
    for (auto& v : a) { s = s * 1664525u + 1013904223u; v = __float2bfloat16((s >> 8) / 8388608.0f - 1.0f); }
    for (auto& v : b) { s = s * 1664525u + 1013904223u; v = __float2bfloat16((s >> 8) / 8388608.0f - 1.0f); }
    bf16 *da, *db;
    float* dc;
    cudaMalloc(&da, a.size() * sizeof(bf16));
    cudaMalloc(&db, b.size() * sizeof(bf16));
    cudaMalloc(&dc, c.size() * sizeof(float));
    cudaMemcpy(da, a.data(), a.size() * sizeof(bf16), cudaMemcpyHostToDevice);
    cudaMemcpy(db, b.data(), b.size() * sizeof(bf16), cudaMemcpyHostToDevice);
    batched<LA, LB><<<dim3((n + 31) / 32, (m + 31) / 32, batch), dim3(64, 2)>>>(da, db, dc, m, n, k);
    cudaMemcpy(c.data(), dc, c.size() * sizeof(float), cudaMemcpyDeviceToHost);
    cudaFree(da);
    cudaFree(db);
    cudaFree(dc);
    double worst = 0;
    for (int z = 0; z < batch; ++z)
        for (int i = 0; i < m; ++i)
            for (int j = 0; j < n; ++j) {
                double sum = 0;
                for (int l = 0; l < k; ++l)
                    sum += (double)__bfloat162float(a[z * m * k + (rowA ? i * k + l : l * m + i)]) * __bfloat162float(b[z * k * n + (rowB ? l * n + j : j * k + l)]);
                worst = std::fmax(worst, std::fabs(c[z * m * n + i * n + j] - std::fmax(sum, 0.0)));
            }
    return worst;
}

int main()
{
    const double e[4] = {test<wmma::row_major, wmma::row_major>(48, 32, 64, 2), test<wmma::row_major, wmma::col_major>(32, 48, 48, 2),
                         test<wmma::col_major, wmma::row_major>(64, 16, 32, 3), test<wmma::col_major, wmma::col_major>(16, 64, 80, 1)};
    double worst = 0;
    for (double x : e) worst = std::fmax(worst, x);
    // 80 products below 1 added in float, truncated perhaps in between: 80 * 2^-23 * a few
    if (!(worst < 1e-4) || cudaGetLastError() != cudaSuccess) { printf("FAIL errors %g %g %g %g\n", e[0], e[1], e[2], e[3]); return 1; }
    printf("PASS wmma bf16: error %.2g\n", worst);
    return 0;
}
