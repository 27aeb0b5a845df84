// Double-precision tensor cores (wmma m8n8k4): a Cholesky-style rank-k update C -= A * A^T, lower tiles only.
#include <cmath>
#include <cstdio>
#include <vector>
#include <cuda_runtime.h>
#include <mma.h>

using namespace nvcuda::wmma;

__global__ void syrk(const double* __restrict__ A, double* C, int n, int k)
{
    const int warp = threadIdx.x >> 5;
    // unrank the lower triangle of tiles: t = i (i + 1) / 2 + j
    const int tiles = n / 8, t = blockIdx.x * (blockDim.x >> 5) + warp;
    if (t >= tiles * (tiles + 1) / 2) return;
    int i = (int)((sqrtf(8.0f * t + 1.0f) - 1.0f) * 0.5f);
    while ((i + 1) * (i + 2) / 2 <= t) ++i;
    while (i * (i + 1) / 2 > t) --i;
    const int j = t - i * (i + 1) / 2;
    fragment<matrix_a, 8, 8, 4, double, row_major> a;
    fragment<matrix_b, 8, 8, 4, double, col_major> b;
    fragment<accumulator, 8, 8, 4, double> c;
    load_matrix_sync(c, C + i * 8 * n + j * 8, n, mem_row_major);
    for (int l = 0; l < k; l += 4) {
        load_matrix_sync(a, A + i * 8 * k + l, k);
        load_matrix_sync(b, A + j * 8 * k + l, k);
        for (int e = 0; e < a.num_elements; ++e) a.x[e] = -a.x[e];
        mma_sync(c, a, b, c);
    }
    store_matrix_sync(C + i * 8 * n + j * 8, c, n, mem_row_major);
}

int main()
{
    const int n = 56, k = 40;
    std::vector<double> A(n * k), C(n * n), D(n * n);
    unsigned long long s = 9;
    for (double& x : A) { s = s * 6364136223846793005ull + 1442695040888963407ull; x = (double)(s >> 11) / 9007199254740992.0 - 0.5; }
    for (double& x : C) { s = s * 6364136223846793005ull + 1442695040888963407ull; x = (double)(s >> 11) / 9007199254740992.0; }
    double *dA, *dC;
    cudaMalloc(&dA, A.size() * sizeof(double));
    cudaMalloc(&dC, C.size() * sizeof(double));
    cudaMemcpy(dA, A.data(), A.size() * sizeof(double), cudaMemcpyHostToDevice);
    cudaMemcpy(dC, C.data(), C.size() * sizeof(double), cudaMemcpyHostToDevice);
    const int tiles = n / 8, total = tiles * (tiles + 1) / 2;
    syrk<<<(total + 3) / 4, 128>>>(dA, dC, n, k);
    cudaMemcpy(D.data(), dC, D.size() * sizeof(double), cudaMemcpyDeviceToHost);
    const cudaError_t e = cudaGetLastError();
    cudaFree(dA);
    cudaFree(dC);
    double worst = 0;
    int touched = 0;
    for (int i = 0; i < n; ++i)
        for (int j = 0; j < n; ++j) {
            double r = C[i * n + j];
            if (j / 8 <= i / 8)
                for (int l = 0; l < k; ++l) r -= A[i * k + l] * A[j * k + l];
            else touched += D[i * n + j] != C[i * n + j];
            worst = std::fmax(worst, std::fabs(r - D[i * n + j]));
        }
    if (e != cudaSuccess || touched || !(worst < 1e-13)) { printf("FAIL error %g, %d touched\n", worst, touched); return 1; }
    printf("PASS wmma f64: error %.2g\n", worst);
    return 0;
}
