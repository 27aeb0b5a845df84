// Separable convolution with apron loading, rows then columns, compile-time unrolled taps.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <vector>
#include <cuda_runtime.h>

#define KERNEL_RADIUS 8
#define KERNEL_LENGTH (2 * KERNEL_RADIUS + 1)

__constant__ float c_Kernel[KERNEL_LENGTH];

#define ROWS_BLOCKDIM_X 16
#define ROWS_BLOCKDIM_Y 4
#define ROWS_RESULT_STEPS 4
#define ROWS_HALO_STEPS 1
#define COLUMNS_BLOCKDIM_X 16
#define COLUMNS_BLOCKDIM_Y 8
#define COLUMNS_RESULT_STEPS 4
#define COLUMNS_HALO_STEPS 1

template <int I>
__device__ __forceinline__ float taps(const float* at, int stride)
{
    return at[(I - KERNEL_RADIUS) * stride] * c_Kernel[KERNEL_LENGTH - 1 - I] + taps<I - 1>(at, stride);
}
template <>
__device__ __forceinline__ float taps<-1>(const float*, int) { return 0.0f; }

__global__ void convolutionRowsKernel(float* d_Dst, const float* d_Src, int imageW, int pitch)
{
    __shared__ float s_Data[ROWS_BLOCKDIM_Y][(ROWS_RESULT_STEPS + 2 * ROWS_HALO_STEPS) * ROWS_BLOCKDIM_X];
    const int baseX = (blockIdx.x * ROWS_RESULT_STEPS - ROWS_HALO_STEPS) * ROWS_BLOCKDIM_X + threadIdx.x;
    const int baseY = blockIdx.y * ROWS_BLOCKDIM_Y + threadIdx.y;
    const float* src = d_Src + baseY * pitch + baseX;
#pragma unroll
    for (int i = 0; i < ROWS_RESULT_STEPS + 2 * ROWS_HALO_STEPS; i++) {
        const int x = baseX + i * ROWS_BLOCKDIM_X;
        s_Data[threadIdx.y][threadIdx.x + i * ROWS_BLOCKDIM_X] = x >= 0 && x < imageW ? src[i * ROWS_BLOCKDIM_X] : 0;
    }
    __syncthreads();
#pragma unroll
    for (int i = ROWS_HALO_STEPS; i < ROWS_HALO_STEPS + ROWS_RESULT_STEPS; i++)
        if (baseX + i * ROWS_BLOCKDIM_X < imageW)
            d_Dst[baseY * pitch + baseX + i * ROWS_BLOCKDIM_X] =
                taps<KERNEL_LENGTH - 1>(&s_Data[threadIdx.y][threadIdx.x + i * ROWS_BLOCKDIM_X], 1);
}

__global__ void convolutionColumnsKernel(float* d_Dst, const float* d_Src, int imageH, int pitch)
{
    __shared__ float s_Data[COLUMNS_BLOCKDIM_X][(COLUMNS_RESULT_STEPS + 2 * COLUMNS_HALO_STEPS) * COLUMNS_BLOCKDIM_Y + 1];
    const int baseX = blockIdx.x * COLUMNS_BLOCKDIM_X + threadIdx.x;
    const int baseY = (blockIdx.y * COLUMNS_RESULT_STEPS - COLUMNS_HALO_STEPS) * COLUMNS_BLOCKDIM_Y + threadIdx.y;
    d_Src += baseY * pitch + baseX;
    d_Dst += baseY * pitch + baseX;
#pragma unroll
    for (int i = 0; i < COLUMNS_RESULT_STEPS + 2 * COLUMNS_HALO_STEPS; i++) {
        const int y = baseY + i * COLUMNS_BLOCKDIM_Y;
        s_Data[threadIdx.x][threadIdx.y + i * COLUMNS_BLOCKDIM_Y] = y >= 0 && y < imageH ? d_Src[i * COLUMNS_BLOCKDIM_Y * pitch] : 0;
    }
    __syncthreads();
#pragma unroll
    for (int i = COLUMNS_HALO_STEPS; i < COLUMNS_HALO_STEPS + COLUMNS_RESULT_STEPS; i++)
        if (baseY + i * COLUMNS_BLOCKDIM_Y < imageH)
            d_Dst[i * COLUMNS_BLOCKDIM_Y * pitch] = taps<KERNEL_LENGTH - 1>(&s_Data[threadIdx.x][threadIdx.y + i * COLUMNS_BLOCKDIM_Y], 1);
}

static void convolveCPU(const std::vector<double>& in, std::vector<double>& out, const float* k, int w, int h, int dx, int dy)
{
    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++) {
            double s = 0;
            for (int j = -KERNEL_RADIUS; j <= KERNEL_RADIUS; j++) {
                const int xx = x + j * dx, yy = y + j * dy;
                if (xx >= 0 && xx < w && yy >= 0 && yy < h) s += in[yy * w + xx] * k[KERNEL_RADIUS - j];
            }
            out[y * w + x] = s;
        }
}

int main(int argc, char** argv)
{
    const int imageW = 120, imageH = 72;
    float h_Kernel[KERNEL_LENGTH];
    std::vector<float> h_Input(imageW * imageH), h_Out(imageW * imageH);
    srand(200);
    for (unsigned i = 0; i < KERNEL_LENGTH; i++) h_Kernel[i] = (float)(rand() % 16);
    for (unsigned i = 0; i < h_Input.size(); i++) h_Input[i] = (float)(rand() % 16);
    float *d_Input, *d_Output, *d_Buffer;
    size_t pitch;
    cudaMallocPitch((void**)&d_Input, &pitch, imageW * sizeof(float), imageH);
    cudaMallocPitch((void**)&d_Buffer, &pitch, imageW * sizeof(float), imageH);
    cudaMallocPitch((void**)&d_Output, &pitch, imageW * sizeof(float), imageH);
    cudaMemcpyToSymbol(c_Kernel, h_Kernel, KERNEL_LENGTH * sizeof(float));
    cudaMemcpy2D(d_Input, pitch, h_Input.data(), imageW * sizeof(float), imageW * sizeof(float), imageH, cudaMemcpyHostToDevice);
    const int p = (int)(pitch / sizeof(float));
    dim3 rb((imageW + ROWS_RESULT_STEPS * ROWS_BLOCKDIM_X - 1) / (ROWS_RESULT_STEPS * ROWS_BLOCKDIM_X), imageH / ROWS_BLOCKDIM_Y);
    dim3 cb((imageW + COLUMNS_BLOCKDIM_X - 1) / COLUMNS_BLOCKDIM_X, (imageH + COLUMNS_RESULT_STEPS * COLUMNS_BLOCKDIM_Y - 1) / (COLUMNS_RESULT_STEPS * COLUMNS_BLOCKDIM_Y));
    // the pitch leaves columns beyond the image that the column kernel also reads: clear them
    cudaMemset2D(d_Buffer, pitch, 0, pitch, imageH);
    convolutionRowsKernel<<<rb, dim3(ROWS_BLOCKDIM_X, ROWS_BLOCKDIM_Y)>>>(d_Buffer, d_Input, imageW, p);
    convolutionColumnsKernel<<<cb, dim3(COLUMNS_BLOCKDIM_X, COLUMNS_BLOCKDIM_Y)>>>(d_Output, d_Buffer, imageH, p);
    cudaMemcpy2D(h_Out.data(), imageW * sizeof(float), d_Output, pitch, imageW * sizeof(float), imageH, cudaMemcpyDeviceToHost);
    const cudaError_t e = cudaGetLastError();
    cudaFree(d_Input); cudaFree(d_Buffer); cudaFree(d_Output);
    std::vector<double> in(h_Input.begin(), h_Input.end()), mid(in.size()), ref(in.size());
    convolveCPU(in, mid, h_Kernel, imageW, imageH, 1, 0);
    convolveCPU(mid, ref, h_Kernel, imageW, imageH, 0, 1);
    double delta = 0, sum = 0;
    for (size_t i = 0; i < ref.size(); i++) {
        delta += (h_Out[i] - ref[i]) * (h_Out[i] - ref[i]);
        sum += ref[i] * ref[i];
    }
    const double L2norm = sqrt(delta / sum);
    if (e != cudaSuccess || !(L2norm < 1e-6)) { printf("FAIL relative L2 norm %g (%s)\n", L2norm, cudaGetErrorString(e)); return 1; }
    printf("PASS convolution: relative L2 norm %g\n", L2norm);
    return 0;
}
