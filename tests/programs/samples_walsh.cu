// Fast Walsh-Hadamard transform and dyadic convolution; radix-4 in shared memory, dynamic size.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <vector>
#include <cuda_runtime.h>
#include <cooperative_groups.h>
namespace cg = cooperative_groups;

#define ELEMENTARY_LOG2SIZE 9

__global__ void fwtBatch1Kernel(float* d_Output, float* d_Input, int log2N)
{
    cg::thread_block cta = cg::this_thread_block();
    const int N = 1 << log2N;
    const int base = blockIdx.x << log2N;
    extern __shared__ float s_data[];
    float* d_Src = d_Input + base;
    float* d_Dst = d_Output + base;
    for (int pos = threadIdx.x; pos < N; pos += blockDim.x) s_data[pos] = d_Src[pos];
    const int pos = threadIdx.x;
    for (int stride = N >> 2; stride > 0; stride >>= 2) {
        int lo = pos & (stride - 1);
        int i0 = ((pos - lo) << 2) + lo;
        int i1 = i0 + stride, i2 = i1 + stride, i3 = i2 + stride;
        cg::sync(cta);
        float D0 = s_data[i0], D1 = s_data[i1], D2 = s_data[i2], D3 = s_data[i3];
        float T;
        T = D0; D0 = D0 + D2; D2 = T - D2;
        T = D1; D1 = D1 + D3; D3 = T - D3;
        T = D0; s_data[i0] = D0 + D1; s_data[i1] = T - D1;
        T = D2; s_data[i2] = D2 + D3; s_data[i3] = T - D3;
    }
    if (log2N & 1) {
        cg::sync(cta);
        for (int p = threadIdx.x; p < N / 2; p += blockDim.x) {
            int i0 = p << 1, i1 = i0 + 1;
            float D0 = s_data[i0], D1 = s_data[i1];
            s_data[i0] = D0 + D1;
            s_data[i1] = D0 - D1;
        }
    }
    cg::sync(cta);
    for (int p = threadIdx.x; p < N; p += blockDim.x) d_Dst[p] = s_data[p];
}

__global__ void fwtBatch2Kernel(float* d_Output, float* d_Input, int stride)
{
    const int pos = blockIdx.x * blockDim.x + threadIdx.x, N = blockDim.x * gridDim.x * 4;
    float* d_Src = d_Input + blockIdx.y * N;
    float* d_Dst = d_Output + blockIdx.y * N;
    int lo = pos & (stride - 1);
    int i0 = ((pos - lo) << 2) + lo, i1 = i0 + stride, i2 = i1 + stride, i3 = i2 + stride;
    float D0 = d_Src[i0], D1 = d_Src[i1], D2 = d_Src[i2], D3 = d_Src[i3], T;
    T = D0; D0 = D0 + D2; D2 = T - D2;
    T = D1; D1 = D1 + D3; D3 = T - D3;
    T = D0; d_Dst[i0] = D0 + D1; d_Dst[i1] = T - D1;
    T = D2; d_Dst[i2] = D2 + D3; d_Dst[i3] = T - D3;
}

void fwtBatchGPU(float* d_Data, int M, int log2N)
{
    const int THREAD_N = 128;
    int N = 1 << log2N;
    dim3 grid((1 << log2N) / (4 * THREAD_N), M, 1);
    for (; log2N > ELEMENTARY_LOG2SIZE; log2N -= 2, N >>= 2, M <<= 2) fwtBatch2Kernel<<<grid, THREAD_N>>>(d_Data, d_Data, N / 4);
    fwtBatch1Kernel<<<M, N / 4, N * sizeof(float)>>>(d_Data, d_Data, log2N);
}

__global__ void modulateKernel(float* d_A, const float* d_B, int N)
{
    int tid = blockIdx.x * blockDim.x + threadIdx.x;
    float rcpN = 1.0f / (float)N;
    for (int pos = tid; pos < N; pos += blockDim.x * gridDim.x) d_A[pos] *= d_B[pos] * rcpN;
}

int main()
{
    const int log2Data = 12, dataN = 1 << log2Data, kernelN = 100;
    std::vector<float> h_Kernel(dataN, 0.0f), h_Data(dataN), h_GPU(dataN);
    srand(2007);
    for (int i = 0; i < kernelN; i++) h_Kernel[i] = (float)(rand() % 9 - 4);
    for (int i = 0; i < dataN; i++) h_Data[i] = (float)(rand() % 17 - 8);
    float *d_Kernel, *d_Data;
    cudaMalloc((void**)&d_Kernel, dataN * sizeof(float));
    cudaMalloc((void**)&d_Data, dataN * sizeof(float));
    cudaMemcpy(d_Kernel, h_Kernel.data(), dataN * sizeof(float), cudaMemcpyHostToDevice);
    cudaMemcpy(d_Data, h_Data.data(), dataN * sizeof(float), cudaMemcpyHostToDevice);
    fwtBatchGPU(d_Data, 1, log2Data);
    fwtBatchGPU(d_Kernel, 1, log2Data);
    modulateKernel<<<8, 128>>>(d_Data, d_Kernel, dataN);
    fwtBatchGPU(d_Data, 1, log2Data);
    cudaMemcpy(h_GPU.data(), d_Data, dataN * sizeof(float), cudaMemcpyDeviceToHost);
    const cudaError_t e = cudaGetLastError();
    cudaFree(d_Data);
    cudaFree(d_Kernel);
    double worst = 0, norm = 0;
    for (int i = 0; i < dataN; i++) {
        double sum = 0;
        for (int j = 0; j < kernelN; j++) sum += (double)h_Data[i ^ j] * h_Kernel[j];
        worst = fmax(worst, fabs(sum - h_GPU[i]));
        norm = fmax(norm, fabs(sum));
    }
    // transforms are whole numbers below 2^24; the product rounds, and 4096 of them add up
    if (e != cudaSuccess || !(worst < 2e-4 * norm)) { printf("FAIL error %g of %g\n", worst, norm); return 1; }
    printf("PASS walsh: %d points, relative error %.2g\n", dataN, worst / norm);
    return 0;
}
