// Blocked LU decomposition: diagonal, perimeter and internal kernels.
#include <cassert>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <vector>
#include <cuda_runtime.h>

#define BS 16

#define GPU(x) do { cudaError_t e = (x); if (e != cudaSuccess) { \
    printf("FAIL %s at line %d: %s\n", #x, __LINE__, cudaGetErrorString(e)); exit(1); } } while (0)

__global__ void lud_diagonal(float* m, int dim, int offset)
{
    __shared__ float shadow[BS][BS];
    int at = offset * dim + offset;
    for (int i = 0; i < BS; i++) {
        shadow[i][threadIdx.x] = m[at + threadIdx.x];
        at += dim;
    }
    __syncthreads();
    for (int i = 0; i < BS - 1; i++) {
        if (threadIdx.x > i) {
            for (int j = 0; j < i; j++) shadow[threadIdx.x][i] -= shadow[threadIdx.x][j] * shadow[j][i];
            shadow[threadIdx.x][i] /= shadow[i][i];
        }
        __syncthreads();
        if (threadIdx.x > i)
            for (int j = 0; j < i + 1; j++) shadow[i + 1][threadIdx.x] -= shadow[i + 1][j] * shadow[j][threadIdx.x];
        __syncthreads();
    }
    at = (offset + 1) * dim + offset;
    for (int i = 1; i < BS; i++) {
        m[at + threadIdx.x] = shadow[i][threadIdx.x];
        at += dim;
    }
}

__global__ void lud_perimeter(float* m, int dim, int offset)
{
    __shared__ float dia[BS][BS], peri_row[BS][BS], peri_col[BS][BS];
    const bool row = threadIdx.x < BS;
    const int idx = row ? threadIdx.x : threadIdx.x - BS;
    const int step = (blockIdx.x + 1) * BS;
    if (row) {
        int at = offset * dim + offset;
        for (int i = 0; i < BS / 2; i++, at += dim) dia[i][idx] = m[at + idx];
        at = offset * dim + offset;
        for (int i = 0; i < BS; i++, at += dim) peri_row[i][idx] = m[at + step + idx];
    } else {
        int at = (offset + BS / 2) * dim + offset;
        for (int i = BS / 2; i < BS; i++, at += dim) dia[i][idx] = m[at + idx];
        at = (offset + step) * dim + offset;
        for (int i = 0; i < BS; i++, at += dim) peri_col[i][idx] = m[at + idx];
    }
    __syncthreads();
    if (row) {
        for (int i = 1; i < BS; i++)
            for (int j = 0; j < i; j++) peri_row[i][idx] -= dia[i][j] * peri_row[j][idx];
    } else {
        for (int i = 0; i < BS; i++) {
            for (int j = 0; j < i; j++) peri_col[idx][i] -= peri_col[idx][j] * dia[j][i];
            peri_col[idx][i] /= dia[i][i];
        }
    }
    __syncthreads();
    if (row) {
        int at = (offset + 1) * dim + offset;
        for (int i = 1; i < BS; i++, at += dim) m[at + step + idx] = peri_row[i][idx];
    } else {
        int at = (offset + step) * dim + offset;
        for (int i = 0; i < BS; i++, at += dim) m[at + idx] = peri_col[i][idx];
    }
}

__global__ void lud_internal(float* m, int dim, int offset)
{
    __shared__ float peri_row[BS][BS];
    __shared__ float peri_col[BS][BS];
    const int grow = offset + (blockIdx.y + 1) * BS;
    const int gcol = offset + (blockIdx.x + 1) * BS;
    peri_row[threadIdx.y][threadIdx.x] = m[(offset + threadIdx.y) * dim + gcol + threadIdx.x];
    peri_col[threadIdx.y][threadIdx.x] = m[(grow + threadIdx.y) * dim + offset + threadIdx.x];
    __syncthreads();
    float sum = 0;
#pragma unroll
    for (int i = 0; i < BS; i++) sum += peri_col[threadIdx.y][i] * peri_row[i][threadIdx.x];
    m[(grow + threadIdx.y) * dim + gcol + threadIdx.x] -= sum;
}

void lud_cuda(float* m, int dim)
{
    assert(dim % BS == 0);
    int i = 0;
    dim3 dimBlock(BS, BS);
    for (; i < dim - BS; i += BS) {
        lud_diagonal<<<1, BS>>>(m, dim, i);
        lud_perimeter<<<(dim - i) / BS - 1, BS * 2>>>(m, dim, i);
        dim3 dimGrid((dim - i) / BS - 1, (dim - i) / BS - 1);
        lud_internal<<<dimGrid, dimBlock>>>(m, dim, i);
    }
    lud_diagonal<<<1, BS>>>(m, dim, i);
}

int main(void)
{
    const int dim = 96;
    float* m = (float*)malloc(sizeof(float) * dim * dim);
    double* lu = (double*)malloc(sizeof(double) * dim * dim);
    if (!m || !lu) { fprintf(stderr, "out of memory\n"); return 2; }
    unsigned long seed = 99;
    for (int i = 0; i < dim; i++)
        for (int j = 0; j < dim; j++) {
            seed = (seed * 25214903917ul + 11ul) & ((1ul << 48) - 1);
            m[i * dim + j] = (float)(seed >> 24) / (float)(1 << 24) + (i == j ? dim / 4.0f : 0.0f);
            lu[i * dim + j] = m[i * dim + j];
        }
    for (int k = 0; k < dim; k++)
        for (int i = k + 1; i < dim; i++) {
            lu[i * dim + k] /= lu[k * dim + k];
            for (int j = k + 1; j < dim; j++) lu[i * dim + j] -= lu[i * dim + k] * lu[k * dim + j];
        }

    float* d_m = NULL;
    GPU(cudaMalloc((void**)&d_m, dim * dim * sizeof(float)));
    cudaEvent_t start, stop;
    GPU(cudaEventCreate(&start));
    GPU(cudaEventCreate(&stop));
    GPU(cudaMemcpy(d_m, m, dim * dim * sizeof(float), cudaMemcpyHostToDevice));
    GPU(cudaEventRecord(start, 0));
    lud_cuda(d_m, dim);
    GPU(cudaEventRecord(stop, 0));
    GPU(cudaEventSynchronize(stop));
    float ms = 0;
    GPU(cudaEventElapsedTime(&ms, start, stop));
    GPU(cudaMemcpy(m, d_m, dim * dim * sizeof(float), cudaMemcpyDeviceToHost));
    GPU(cudaEventDestroy(start));
    GPU(cudaEventDestroy(stop));
    GPU(cudaFree(d_m));

    double worst = 0;
    for (int i = 0; i < dim * dim; i++) worst = fmax(worst, fabs(m[i] - lu[i]) / (1.0 + fabs(lu[i])));
    free(m);
    free(lu);
    if (worst > 1e-4) { printf("FAIL relative error %g\n", worst); return 1; }
    printf("PASS lud %d: relative error %.3g (%s)\n", dim, worst, ms >= 0 ? "timed" : "no time");
    return 0;
}
