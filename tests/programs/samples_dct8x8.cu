// 8x8 discrete cosine transform: matrix products in shared memory against an in-place fast version; quantisation.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <vector>
#include <cuda_runtime.h>

#define BLOCK_SIZE 8
#define BLOCK_SIZE2 64

struct ROI { int width, height; };

__constant__ float DCTv8matrix[BLOCK_SIZE2];
__constant__ short Q[BLOCK_SIZE2] = {32, 33, 51, 81, 66, 39, 34, 17, 33, 36, 48, 47, 28, 23, 12, 12, 51, 47, 46, 51, 28, 19, 15, 11, 46, 51, 55, 36, 23, 13, 14, 11,
                                     39, 40, 61, 50, 21, 12, 13, 10, 23, 28, 45, 42, 15, 12, 9,  9,  20, 23, 36, 33, 13, 10, 9,  8,  16, 18, 29, 25, 12, 11, 8,  7};

__device__ float CurBlockLocal1_unused;   // kept as in older codes

template <bool INVERSE>
__global__ void CUDAkernel1DCT(float* Dst, const float* Src, int ImgWidth)
{
    __shared__ float local1[BLOCK_SIZE2], local2[BLOCK_SIZE2];
    const int bx = blockIdx.x, by = blockIdx.y, tx = threadIdx.x, ty = threadIdx.y;
    const int at = (by * BLOCK_SIZE + ty) * ImgWidth + bx * BLOCK_SIZE + tx;
    local1[(ty << 3) + tx] = Src[at];
    __syncthreads();
    float cur = 0;
#pragma unroll
    for (int i = 0; i < BLOCK_SIZE; i++)
        cur += (INVERSE ? DCTv8matrix[(i << 3) + ty] : DCTv8matrix[(ty << 3) + i]) * local1[(i << 3) + tx];
    local2[(ty << 3) + tx] = cur;
    __syncthreads();
    cur = 0;
#pragma unroll
    for (int i = 0; i < BLOCK_SIZE; i++)
        cur += local2[(ty << 3) + i] * (INVERSE ? DCTv8matrix[(i << 3) + tx] : DCTv8matrix[(tx << 3) + i]);
    Dst[at] = cur;
}

// eight samples with a stride, a flow graph of butterflies and rotations
__device__ __forceinline__ void fastDCT(float* v, int step)
{
    const float a = 1.387039845322148f, b = 1.306562964876377f, c = 1.175875602419359f, d = 0.785694958387102f, e = 0.541196100146197f,
                f = 0.275899379282943f, norm = 0.3535533905932737f;
    const float X07P = v[0] + v[7 * step], X16P = v[step] + v[6 * step], X25P = v[2 * step] + v[5 * step], X34P = v[3 * step] + v[4 * step];
    const float X07M = v[0] - v[7 * step], X61M = v[6 * step] - v[step], X25M = v[2 * step] - v[5 * step], X43M = v[4 * step] - v[3 * step];
    const float P0 = X07P + X34P, M0 = X07P - X34P, P1 = X16P + X25P, M1 = X16P - X25P;
    v[0] = norm * (P0 + P1);
    v[2 * step] = norm * (b * M0 + e * M1);
    v[4 * step] = norm * (P0 - P1);
    v[6 * step] = norm * (e * M0 - b * M1);
    v[1 * step] = norm * (a * X07M - c * X61M + d * X25M - f * X43M);
    v[3 * step] = norm * (c * X07M + f * X61M - a * X25M + d * X43M);
    v[5 * step] = norm * (d * X07M + a * X61M + f * X25M - c * X43M);
    v[7 * step] = norm * (f * X07M + d * X61M + c * X25M + a * X43M);
}

__global__ void CUDAkernel2DCT(float* dst, const float* src, int stride)
{
    __shared__ float block[4][BLOCK_SIZE][BLOCK_SIZE + 1];
    const int t = threadIdx.x, sub = threadIdx.y;
    const int x0 = (blockIdx.x * 4 + sub) * BLOCK_SIZE, y0 = blockIdx.y * BLOCK_SIZE;
    for (int i = 0; i < BLOCK_SIZE; i++) block[sub][i][t] = src[(y0 + i) * stride + x0 + t];
    __syncwarp();
    fastDCT(&block[sub][0][t], BLOCK_SIZE + 1);
    __syncwarp();
    fastDCT(&block[sub][t][0], 1);
    __syncwarp();
    for (int i = 0; i < BLOCK_SIZE; i++) dst[(y0 + i) * stride + x0 + t] = block[sub][i][t];
}

__global__ void CUDAkernelQuantizationFloat(float* SrcDst, int Stride)
{
    const int tx = threadIdx.x, ty = threadIdx.y;
    float* p = &SrcDst[(blockIdx.y * BLOCK_SIZE + ty) * Stride + blockIdx.x * BLOCK_SIZE + tx];
    const float q = (float)Q[ty * BLOCK_SIZE + tx];
    *p = rintf(__fdividef(*p, q)) * q;
}

int main()
{
    const ROI size = {64, 40};
    const int n = size.width * size.height;
    std::vector<float> img(n), a(n), b(n), q(n), back(n);
    unsigned s = 21;
    for (int i = 0; i < n; i++) {
        s = s * 1664525u + 1013904223u;
        img[i] = floorf(64 + 50 * sinf(0.3f * (i % size.width)) + 40 * cosf(0.2f * (i / size.width))) + (s >> 29) - 128;
    }
    float h[BLOCK_SIZE2];
    for (int k = 0; k < 8; k++)
        for (int j = 0; j < 8; j++) h[k * 8 + j] = (float)((k ? sqrt(0.25) : sqrt(0.125)) * cos((2 * j + 1) * k * M_PI / 16));
    float *src, *dst;
    cudaMalloc(&src, n * sizeof(float));
    cudaMalloc(&dst, n * sizeof(float));
    cudaMemcpy(src, img.data(), n * sizeof(float), cudaMemcpyHostToDevice);
    cudaMemcpyToSymbol(DCTv8matrix, h, sizeof h);
    const dim3 threads(BLOCK_SIZE, BLOCK_SIZE), grid(size.width / BLOCK_SIZE, size.height / BLOCK_SIZE);
    CUDAkernel1DCT<false><<<grid, threads>>>(dst, src, size.width);
    cudaMemcpy(a.data(), dst, n * sizeof(float), cudaMemcpyDeviceToHost);
    CUDAkernel2DCT<<<dim3(size.width / 32, size.height / 8), dim3(8, 4)>>>(dst, src, size.width);
    cudaMemcpy(b.data(), dst, n * sizeof(float), cudaMemcpyDeviceToHost);
    CUDAkernelQuantizationFloat<<<grid, threads>>>(dst, size.width);
    cudaMemcpy(q.data(), dst, n * sizeof(float), cudaMemcpyDeviceToHost);
    CUDAkernel1DCT<true><<<grid, threads>>>(src, dst, size.width);
    cudaMemcpy(back.data(), src, n * sizeof(float), cudaMemcpyDeviceToHost);
    const cudaError_t err = cudaGetLastError();
    cudaFree(src);
    cudaFree(dst);

    double worst1 = 0, worst2 = 0, mse = 0;
    int whole = 0;
    for (int by = 0; by < size.height; by += 8)
        for (int bx = 0; bx < size.width; bx += 8)
            for (int u = 0; u < 8; u++)
                for (int v = 0; v < 8; v++) {
                    double sum = 0;
                    for (int y = 0; y < 8; y++)
                        for (int x = 0; x < 8; x++)
                            sum += img[(by + y) * size.width + bx + x] * cos((2 * y + 1) * u * M_PI / 16) * cos((2 * x + 1) * v * M_PI / 16);
                    sum *= 0.25 * (u ? 1 : sqrt(0.5)) * (v ? 1 : sqrt(0.5));
                    const int at = (by + u) * size.width + bx + v;
                    worst1 = fmax(worst1, fabs(a[at] - sum));
                    worst2 = fmax(worst2, fabs(b[at] - sum));
                    whole += fabs(q[at] - b[at]) > 41;      // half of the coarsest step
                }
    for (int i = 0; i < n; i++) mse += (back[i] - img[i]) * (back[i] - img[i]) / n;
    if (err != cudaSuccess || !(worst1 < 1e-3) || !(worst2 < 1e-3) || whole || !(mse < 200)) {
        printf("FAIL errors %g %g, %d steps, mse %g\n", worst1, worst2, whole, mse);
        return 1;
    }
    printf("PASS dct8x8: errors %.2g %.2g, psnr %.1f\n", worst1, worst2, 10 * log10(255.0 * 255.0 / mse));
    return 0;
}
