#include <cuda_runtime.h>
#include <cfloat>
#include <cmath>

static int next_pow2(int v) {
    int p = 1;
    while (p < v) p <<= 1;
    return p;
}

__global__ void bitonic_kernel(float* __restrict__ out, const float* __restrict__ x, int cols, int padded) {
    extern __shared__ float s[];
    const float* row = x + (size_t)blockIdx.x * cols;
    for (int i = threadIdx.x; i < padded; i += blockDim.x) s[i] = i < cols ? row[i] : FLT_MAX;
    __syncthreads();
    for (int k = 2; k <= padded; k <<= 1) {
        for (int j = k >> 1; j > 0; j >>= 1) {
            for (int i = threadIdx.x; i < padded; i += blockDim.x) {
                int partner = i ^ j;
                if (partner > i) {
                    bool ascending = (i & k) == 0;
                    float a = s[i], b = s[partner];
                    if ((a > b) == ascending) {
                        s[i] = b;
                        s[partner] = a;
                    }
                }
            }
            __syncthreads();
        }
    }
    for (int i = threadIdx.x; i < cols; i += blockDim.x) out[(size_t)blockIdx.x * cols + i] = s[i];
}

void launch(float* out, const float* x, int rows, int cols) {
    int padded = next_pow2(cols);
    int threads = padded < 32 ? 32 : (padded > 256 ? 256 : padded);
    bitonic_kernel<<<rows, threads, padded * sizeof(float)>>>(out, x, cols, padded);
    cudaDeviceSynchronize();
}
