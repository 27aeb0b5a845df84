// Jacobi iteration for Laplace's equation until the largest change is small; double buffered.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <vector>
#include <cuda_runtime.h>

#define N 66
#define IDX(i, j) ((i) + (j) * N)
#define BX 32
#define BY 4

__device__ __forceinline__ void atomicMaxFloat(float* addr, float value)
{
    // values are not negative: their bits order as integers
    atomicMax(reinterpret_cast<int*>(addr), __float_as_int(value));
}

__global__ void jacobi_step(float* __restrict__ f, const float* __restrict__ f_old, float* error)
{
    __shared__ float tile[BY + 2][BX + 2];
    const int i = threadIdx.x + blockIdx.x * BX + 1, j = threadIdx.y + blockIdx.y * BY + 1;
    const int li = threadIdx.x + 1, lj = threadIdx.y + 1;
    const bool in = i < N - 1 && j < N - 1;
    if (in) {
        tile[lj][li] = f_old[IDX(i, j)];
        if (threadIdx.x == 0) tile[lj][0] = f_old[IDX(i - 1, j)];
        if (threadIdx.y == 0) tile[0][li] = f_old[IDX(i, j - 1)];
        if (threadIdx.x == BX - 1 || i == N - 2) tile[lj][li + 1] = f_old[IDX(i + 1, j)];
        if (threadIdx.y == BY - 1 || j == N - 2) tile[lj + 1][li] = f_old[IDX(i, j + 1)];
    }
    __syncthreads();
    float err = 0.0f;
    if (in) {
        const float v = 0.25f * (tile[lj][li + 1] + tile[lj][li - 1] + tile[lj + 1][li] + tile[lj - 1][li]);
        err = fabsf(v - tile[lj][li]);
        f[IDX(i, j)] = v;
    }
    for (int offset = 16; offset > 0; offset /= 2) err = fmaxf(err, __shfl_down_sync(0xffffffff, err, offset));
    __shared__ float warp_max[BY];
    if (threadIdx.x == 0) warp_max[threadIdx.y] = err;
    __syncthreads();
    if (threadIdx.x == 0 && threadIdx.y == 0) {
        for (int w = 1; w < BY; ++w) err = fmaxf(err, warp_max[w]);
        atomicMaxFloat(error, err);
    }
}

static void initialize(float* f)
{
    for (int j = 0; j < N; j++)
        for (int i = 0; i < N; i++) f[IDX(i, j)] = (i == 0 || i == N - 1) ? sinf(j * 2.0f * 3.14159265f / (N - 1)) : (j == 0 || j == N - 1) ? sinf(i * 3.14159265f / (N - 1)) : 0.0f;
}

int main()
{
    float *f, *d_f, *d_old, *d_error;
    const size_t bytes = N * N * sizeof(float);
    if (cudaMallocHost(&f, bytes) != cudaSuccess) { printf("FAIL pinned\n"); return 1; }
    initialize(f);
    std::vector<float> a(f, f + N * N), b(f, f + N * N);
    cudaMalloc(&d_f, bytes);
    cudaMalloc(&d_old, bytes);
    cudaMalloc(&d_error, sizeof(float));
    cudaMemcpy(d_f, f, bytes, cudaMemcpyHostToDevice);
    cudaMemcpy(d_old, d_f, bytes, cudaMemcpyDeviceToDevice);
    float error = 1e9f;
    int iter = 0;
    const dim3 nBlocks((N - 2 + BX - 1) / BX, (N - 2 + BY - 1) / BY, 1), nThreads(BX, BY, 1);
    while (error > 1e-3f && iter < 500) {
        cudaMemsetAsync(d_error, 0, sizeof(float));
        jacobi_step<<<nBlocks, nThreads>>>(d_f, d_old, d_error);
        cudaMemcpy(&error, d_error, sizeof(float), cudaMemcpyDeviceToHost);
        float* t = d_f; d_f = d_old; d_old = t;
        ++iter;
    }
    cudaMemcpy(f, d_old, bytes, cudaMemcpyDeviceToHost);
    const cudaError_t st = cudaGetLastError();

    float refErr = 1e9f;
    int refIter = 0;
    while (refErr > 1e-3f && refIter < 500) {
        refErr = 0;
        for (int j = 1; j < N - 1; j++)
            for (int i = 1; i < N - 1; i++) {
                b[IDX(i, j)] = 0.25f * (a[IDX(i + 1, j)] + a[IDX(i - 1, j)] + a[IDX(i, j + 1)] + a[IDX(i, j - 1)]);
                refErr = fmaxf(refErr, fabsf(b[IDX(i, j)] - a[IDX(i, j)]));
            }
        a.swap(b);
        ++refIter;
    }
    float worst = 0;
    for (int k = 0; k < N * N; k++) worst = fmaxf(worst, fabsf(f[k] - a[k]));
    cudaFree(d_f);
    cudaFree(d_old);
    cudaFree(d_error);
    cudaFreeHost(f);
    // additions in the same order and a power of two: equal to the last bit
    if (st != cudaSuccess || iter != refIter || worst != 0.0f) { printf("FAIL %d iterations, host %d, off by %g\n", iter, refIter, worst); return 1; }
    printf("PASS jacobi: %d iterations, error %g\n", iter, error);
    return 0;
}
