// First least value of a column, as 64-bit index.
// ARGS: out:s64[12] x:f32[60] b=3 m=5 d=4
#include <cuda_runtime.h>
#include <cstdint>
#include <cfloat>

__global__ void argmin_kernel(const float* __restrict__ x, int64_t* __restrict__ out, int B, int M, int D) {
    int idx = blockIdx.x * blockDim.x + threadIdx.x;
    if (idx >= B * D) return;
    int b = idx / D, d = idx % D;
    float min_val = FLT_MAX;
    int64_t min_idx = 0;
    for (int m = 0; m < M; m++) {
        float v = x[(int64_t)b * M * D + (int64_t)m * D + d];
        if (v < min_val) {
            min_val = v;
            min_idx = m;
        }
    }
    out[idx] = min_idx;
}

void launch(int64_t* out, const float* x, int b, int m, int d) {
    argmin_kernel<<<(b * d + 255) / 256, 256>>>(x, out, b, m, d);
    cudaDeviceSynchronize();
}
