// Tiled matrix product in unified memory; template tile, float4 register blocking, prefetch hints.
#include <cassert>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cuda_runtime.h>

#define checkCudaErrors(x)                                                                   \
    do {                                                                                     \
        cudaError_t e_ = (x);                                                                \
        if (e_ != cudaSuccess) {                                                             \
            fprintf(stderr, "%s(%d): %s\n", __func__, __LINE__, cudaGetErrorString(e_));     \
            exit(EXIT_FAILURE);                                                              \
        }                                                                                    \
    } while (0)

template <int BLOCK_SIZE>
__global__ void MatrixMulCUDA(float* C, float* A, float* B, int wA, int wB)
{
    int bx = blockIdx.x, by = blockIdx.y, tx = threadIdx.x, ty = threadIdx.y;
    int aBegin = wA * BLOCK_SIZE * by;
    int aEnd = aBegin + wA - 1;
    int aStep = BLOCK_SIZE;
    int bBegin = BLOCK_SIZE * bx;
    int bStep = BLOCK_SIZE * wB;
    float Csub = 0;
    for (int a = aBegin, b = bBegin; a <= aEnd; a += aStep, b += bStep) {
        __shared__ float As[BLOCK_SIZE][BLOCK_SIZE];
        __shared__ float Bs[BLOCK_SIZE][BLOCK_SIZE];
        As[ty][tx] = A[a + wA * ty + tx];
        Bs[ty][tx] = B[b + wB * ty + tx];
        __syncthreads();
#pragma unroll
        for (int k = 0; k < BLOCK_SIZE; ++k) Csub += As[ty][k] * Bs[k][tx];
        __syncthreads();
    }
    int c = wB * BLOCK_SIZE * by + BLOCK_SIZE * bx;
    C[c + wB * ty + tx] = Csub;
}

// a 64 x 64 tile by 256 threads, 4 x 4 results a thread, A transposed on its way into shared memory
__global__ void __launch_bounds__(256, 2) blocked(float* __restrict__ C, const float* __restrict__ A, const float* __restrict__ B, int wA, int wB)
{
    __shared__ __align__(16) float As[8][64 + 4];
    __shared__ __align__(16) float Bs[8][64];
    const int t = threadIdx.x;
    const int row = (t / 16) * 4, col = (t % 16) * 4;
    float acc[4][4] = {};
    A += blockIdx.y * 64 * wA;
    B += blockIdx.x * 64;
    for (int k0 = 0; k0 < wA; k0 += 8) {
        if (t < 128) {
            const float4 a = *reinterpret_cast<const float4*>(&A[(t / 2) * wA + k0 + (t % 2) * 4]);
            const int k = (t % 2) * 4, m = t / 2;
            As[k + 0][m] = a.x;
            As[k + 1][m] = a.y;
            As[k + 2][m] = a.z;
            As[k + 3][m] = a.w;
        } else {
            const int u = t - 128;
            *reinterpret_cast<float4*>(&Bs[u / 16][(u % 16) * 4]) = *reinterpret_cast<const float4*>(&B[(k0 + u / 16) * wB + (u % 16) * 4]);
        }
        __syncthreads();
#pragma unroll
        for (int k = 0; k < 8; ++k) {
            const float4 a4 = *reinterpret_cast<const float4*>(&As[k][row]);
            const float4 b4 = *reinterpret_cast<const float4*>(&Bs[k][col]);
            const float a[4] = {a4.x, a4.y, a4.z, a4.w}, b[4] = {b4.x, b4.y, b4.z, b4.w};
#pragma unroll
            for (int i = 0; i < 4; ++i)
#pragma unroll
                for (int j = 0; j < 4; ++j) acc[i][j] = fmaf(a[i], b[j], acc[i][j]);
        }
        __syncthreads();
    }
    C += blockIdx.y * 64 * wB + blockIdx.x * 64;
#pragma unroll
    for (int i = 0; i < 4; ++i)
        *reinterpret_cast<float4*>(&C[(row + i) * wB + col]) = make_float4(acc[i][0], acc[i][1], acc[i][2], acc[i][3]);
}

void ConstantInit(float* data, int size, float val, int period)
{
    for (int i = 0; i < size; ++i) data[i] = val * (float)(i % period - period / 2);
}

int main(int argc, char** argv)
{
    const int hA = 128, wA = 96, wB = 64;
    float *A, *B, *C;
    checkCudaErrors(cudaMallocManaged(&A, hA * wA * sizeof(float)));
    checkCudaErrors(cudaMallocManaged(&B, wA * wB * sizeof(float)));
    checkCudaErrors(cudaMallocManaged(&C, hA * wB * sizeof(float)));
    ConstantInit(A, hA * wA, 0.125f, 13);
    ConstantInit(B, wA * wB, 0.25f, 17);
    cudaStream_t stream;
    cudaEvent_t start, stop;
    checkCudaErrors(cudaStreamCreate(&stream));
    checkCudaErrors(cudaEventCreate(&start));
    checkCudaErrors(cudaEventCreate(&stop));
    double worst = 0;
    for (int variant = 0; variant < 3; ++variant) {
        checkCudaErrors(cudaMemsetAsync(C, 0xff, hA * wB * sizeof(float), stream));
        checkCudaErrors(cudaEventRecord(start, stream));
        if (variant == 0) MatrixMulCUDA<16><<<dim3(wB / 16, hA / 16), dim3(16, 16), 0, stream>>>(C, A, B, wA, wB);
        else if (variant == 1) MatrixMulCUDA<32><<<dim3(wB / 32, hA / 32), dim3(32, 32), 0, stream>>>(C, A, B, wA, wB);
        else blocked<<<dim3(wB / 64, hA / 64), 256, 0, stream>>>(C, A, B, wA, wB);
        checkCudaErrors(cudaEventRecord(stop, stream));
        checkCudaErrors(cudaEventSynchronize(stop));
        float msecTotal = 0.0f;
        checkCudaErrors(cudaEventElapsedTime(&msecTotal, start, stop));
        for (int i = 0; i < hA; ++i)
            for (int j = 0; j < wB; ++j) {
                double s = 0;
                for (int k = 0; k < wA; ++k) s += (double)A[i * wA + k] * B[k * wB + j];
                worst = fmax(worst, fabs(C[i * wB + j] - s));
            }
    }
    checkCudaErrors(cudaStreamDestroy(stream));
    checkCudaErrors(cudaEventDestroy(start));
    checkCudaErrors(cudaEventDestroy(stop));
    checkCudaErrors(cudaFree(A));
    checkCudaErrors(cudaFree(B));
    checkCudaErrors(cudaFree(C));
    if (worst > 0) { printf("FAIL error %g\n", worst); return 1; }   // products of small dyadic numbers: exact
    printf("PASS matrixmul %dx%dx%d, three kernels\n", hA, wA, wB);
    return 0;
}
