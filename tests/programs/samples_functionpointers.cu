// Device function pointers in a table: filters chosen at run time, and a pointer taken to the host.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <vector>
#include <cuda_runtime.h>

typedef float (*blockFunction_t)(float, float, float);
typedef unsigned char (*pointFunction_t)(unsigned char, float);

__device__ float medianOf3(float a, float b, float c) { return fmaxf(fminf(a, b), fminf(fmaxf(a, b), c)); }
__device__ float meanOf3(float a, float b, float c) { return (a + b + c) / 3.0f; }
__device__ float laplace(float a, float b, float c) { return a - 2.0f * b + c; }
__device__ unsigned char Threshold(unsigned char in, float thresh) { return in > (unsigned char)(thresh * 255.0f) ? 0xFF : 0; }
__device__ unsigned char Invert(unsigned char in, float) { return 255 - in; }
__device__ unsigned char Gamma(unsigned char in, float g) { return (unsigned char)(powf(in / 255.0f, g) * 255.0f + 0.5f); }

__device__ blockFunction_t blockFunction_table[3] = {medianOf3, meanOf3, laplace};
__device__ pointFunction_t pThreshold_d = Threshold;
__device__ pointFunction_t pInvert_d = Invert;
__device__ pointFunction_t pGamma_d = Gamma;

__global__ void block_filter(const float* in, float* out, int n, int which)
{
    const int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= n) return;
    blockFunction_t f = blockFunction_table[which];
    out[i] = f(in[max(i - 1, 0)], in[i], in[min(i + 1, n - 1)]);
}

__global__ void point_filter(unsigned char* data, int n, pointFunction_t f, float p)
{
    const int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) data[i] = (*f)(data[i], p);
}

template <float (*F)(float)>
__global__ void apply(float* x, int n)
{
    const int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) x[i] = F(x[i]);
}

__host__ __device__ float twice(float v) { return 2 * v; }
__host__ __device__ float square(float v) { return v * v; }

int main()
{
    const int n = 500;
    std::vector<float> in(n), out(n);
    for (int i = 0; i < n; i++) in[i] = (float)((i * 71) % 113);
    float *din, *dout;
    cudaMalloc(&din, n * sizeof(float));
    cudaMalloc(&dout, n * sizeof(float));
    cudaMemcpy(din, in.data(), n * sizeof(float), cudaMemcpyHostToDevice);
    int wrong = 0;
    for (int which = 0; which < 3; which++) {
        block_filter<<<4, 128>>>(din, dout, n, which);
        cudaMemcpy(out.data(), dout, n * sizeof(float), cudaMemcpyDeviceToHost);
        for (int i = 0; i < n; i++) {
            const float a = in[i ? i - 1 : 0], b = in[i], c = in[i < n - 1 ? i + 1 : i];
            const float lo = fminf(fminf(a, b), c), hi = fmaxf(fmaxf(a, b), c);
            const float e = which == 0 ? a + b + c - lo - hi : which == 1 ? (a + b + c) / 3.0f : a - 2 * b + c;
            wrong += fabsf(out[i] - e) > 1e-4f;
        }
    }
    std::vector<unsigned char> img(n), got(n);
    for (int i = 0; i < n; i++) img[i] = (unsigned char)(i * 37);
    unsigned char* dimg;
    cudaMalloc(&dimg, n);
    const char* names[3] = {"threshold", "invert", "gamma"};
    for (int k = 0; k < 3; k++) {
        pointFunction_t f = nullptr;
        if (k == 0) cudaMemcpyFromSymbol(&f, pThreshold_d, sizeof(pointFunction_t));
        else if (k == 1) cudaMemcpyFromSymbol(&f, pInvert_d, sizeof(pointFunction_t));
        else cudaMemcpyFromSymbol(&f, pGamma_d, sizeof(pointFunction_t));
        cudaMemcpy(dimg, img.data(), n, cudaMemcpyHostToDevice);
        point_filter<<<(n + 63) / 64, 64>>>(dimg, n, f, 0.5f);
        cudaMemcpy(got.data(), dimg, n, cudaMemcpyDeviceToHost);
        int off = 0;
        for (int i = 0; i < n; i++) {
            const int e = k == 0 ? (img[i] > 127 ? 255 : 0) : k == 1 ? 255 - img[i] : (int)(std::sqrt(img[i] / 255.0) * 255 + 0.5);
            off += std::abs((int)got[i] - e) > (k == 2);
        }
        if (off) printf("FAIL %s: %d\n", names[k], off);
        wrong += off;
    }
    apply<twice><<<4, 128>>>(din, n);
    apply<square><<<4, 128>>>(din, n);
    cudaMemcpy(out.data(), din, n * sizeof(float), cudaMemcpyDeviceToHost);
    for (int i = 0; i < n; i++) wrong += out[i] != square(twice(in[i]));
    cudaFree(din); cudaFree(dout); cudaFree(dimg);
    if (wrong || cudaGetLastError() != cudaSuccess) { printf("FAIL %d wrong\n", wrong); return 1; }
    printf("PASS functionpointers\n");
    return 0;
}
