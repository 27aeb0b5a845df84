// Quantised matrix-vector product: blocks of 32 weights with a half scale, activations quantised on the device, dp4a.
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>
#include <cuda_fp16.h>
#include <cuda_runtime.h>

#define QK 32

typedef struct {
    half d;
    int8_t qs[QK];
} block_q8_0;
static_assert(sizeof(block_q8_0) == sizeof(half) + QK, "wrong q8_0 block size/padding");

typedef struct {
    half2 ds;              // scale, and scale times the sum of the quants
    int8_t qs[QK];
} block_q8_1;
static_assert(sizeof(block_q8_1) == 2 * sizeof(half) + QK, "wrong q8_1 block size/padding");

static __device__ __forceinline__ int get_int_from_int8(const int8_t* x8, const int& i32)
{
    const uint16_t* x16 = (const uint16_t*)(x8 + sizeof(int) * i32);      // only 2-byte aligned
    int x32 = 0;
    x32 |= x16[0] << 0;
    x32 |= x16[1] << 16;
    return x32;
}

static __device__ __forceinline__ float warp_reduce_sum(float x)
{
#pragma unroll
    for (int mask = 16; mask > 0; mask >>= 1) x += __shfl_xor_sync(0xffffffff, x, mask, 32);
    return x;
}
static __device__ __forceinline__ float warp_reduce_max(float x)
{
#pragma unroll
    for (int mask = 16; mask > 0; mask >>= 1) x = fmaxf(x, __shfl_xor_sync(0xffffffff, x, mask, 32));
    return x;
}

static __global__ void quantize_q8_1(const float* __restrict__ x, void* __restrict__ vy, const int kx)
{
    const int i = blockDim.x * blockIdx.x + threadIdx.x;
    if (i >= kx) return;
    block_q8_1* y = (block_q8_1*)vy;
    const int ib = i / QK, iqs = i % QK;
    const float xi = x[i];
    const float amax = warp_reduce_max(fabsf(xi));
    const float sum = warp_reduce_sum(xi);
    const float d = amax / 127;
    const int8_t q = amax == 0.0f ? 0 : roundf(xi / d);
    y[ib].qs[iqs] = q;
    if (iqs > 0) return;
    y[ib].ds = make_half2(__float2half(d), __float2half(sum));
}

template <int ROWS>
static __global__ void mul_mat_vec_q8(const void* __restrict__ vx, const void* __restrict__ vy, float* __restrict__ dst, const int ncols, const int nrows)
{
    const int row = blockIdx.x * ROWS + threadIdx.y;
    if (row >= nrows) return;
    const int blocks_per_row = ncols / QK;
    const block_q8_0* x = (const block_q8_0*)vx;
    const block_q8_1* y = (const block_q8_1*)vy;
    float tmp = 0.0f;
    for (int i = threadIdx.x / 8; i < blocks_per_row; i += 4) {
        const int iqs = threadIdx.x % 8;
        const int v = get_int_from_int8(x[row * blocks_per_row + i].qs, iqs);
        const int u = *((const int*)(y[i].qs + sizeof(int) * iqs));
        const int sumi = __dp4a(v, u, 0);
        tmp += __half2float(x[row * blocks_per_row + i].d) * __low2float(y[i].ds) * sumi;
    }
    tmp = warp_reduce_sum(tmp);
    if (threadIdx.x == 0) dst[row] = tmp;
}

int main()
{
    const int rows = 100, cols = 512, nb = cols / QK;
    std::vector<block_q8_0> w(rows * nb);
    std::vector<float> x(cols), y(rows);
    unsigned s = 44;
    for (auto& b : w) {
        s = s * 1664525u + 1013904223u;
        b.d = __float2half(0.001f + (s >> 20) / 4096.0f * 0.01f);
        for (int k = 0; k < QK; k++) { s = s * 1664525u + 1013904223u; b.qs[k] = (int8_t)(s >> 24); }
    }
    for (auto& v : x) { s = s * 1664525u + 1013904223u; v = (s >> 8) / 8388608.0f - 1.0f; }
    for (int i = 64; i < 96; i++) x[i] = 0.0f;
    void *dw, *dq;
    float *dx, *dy;
    cudaMalloc(&dw, w.size() * sizeof(block_q8_0));
    cudaMalloc(&dq, nb * sizeof(block_q8_1));
    cudaMalloc((void**)&dx, cols * sizeof(float));
    cudaMalloc((void**)&dy, rows * sizeof(float));
    cudaMemcpy(dw, w.data(), w.size() * sizeof(block_q8_0), cudaMemcpyHostToDevice);
    cudaMemcpy(dx, x.data(), cols * sizeof(float), cudaMemcpyHostToDevice);
    quantize_q8_1<<<(cols + 127) / 128, 128>>>(dx, dq, cols);
    mul_mat_vec_q8<4><<<(rows + 3) / 4, dim3(32, 4, 1)>>>(dw, dq, dy, cols, rows);
    std::vector<block_q8_1> q(nb);
    cudaMemcpy(q.data(), dq, nb * sizeof(block_q8_1), cudaMemcpyDeviceToHost);
    cudaMemcpy(y.data(), dy, rows * sizeof(float), cudaMemcpyDeviceToHost);
    const cudaError_t e = cudaGetLastError();
    cudaFree(dw); cudaFree(dq); cudaFree(dx); cudaFree(dy);
    double worst = 0, quant = 0;
    for (int b = 0; b < nb; b++) {
        float amax = 0;
        for (int k = 0; k < QK; k++) amax = fmaxf(amax, fabsf(x[b * QK + k]));
        for (int k = 0; k < QK; k++) quant = fmax(quant, fabs(q[b].qs[k] * (amax / 127) - x[b * QK + k]));
    }
    for (int r = 0; r < rows; r++) {
        double sum = 0;
        for (int b = 0; b < nb; b++) {
            int dot = 0;
            for (int k = 0; k < QK; k++) dot += w[r * nb + b].qs[k] * q[b].qs[k];
            sum += (double)__half2float(w[r * nb + b].d) * __low2float(q[b].ds) * dot;
        }
        worst = fmax(worst, fabs(sum - y[r]));
    }
    if (e != cudaSuccess || !(worst < 1e-4) || !(quant < 0.004)) { printf("FAIL errors %g %g (%s)\n", worst, quant, cudaGetErrorString(e)); return 1; }
    printf("PASS gemv dp4a: error %.2g, quantisation %.2g\n", worst, quant);
    return 0;
}
