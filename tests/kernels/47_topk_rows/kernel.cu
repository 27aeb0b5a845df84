#include <cuda_runtime.h>
#include <cfloat>
#include <vector>

constexpr int NT = 128;

__global__ void topk_kernel(float* vals, int* idx, const float* x, int cols, int k) {
    extern __shared__ char raw[];
    float* row = reinterpret_cast<float*>(raw);               // cols
    unsigned char* used = reinterpret_cast<unsigned char*>(row + cols);   // cols
    __shared__ float bv[NT];
    __shared__ int bi[NT];
    const int t = threadIdx.x;
    for (int c = t; c < cols; c += NT) {
        row[c] = x[(size_t)blockIdx.x * cols + c];
        used[c] = 0;
    }
    __syncthreads();
    for (int r = 0; r < k; ++r) {
        float v = -FLT_MAX;
        int best = -1;
        for (int c = t; c < cols; c += NT) {
            if (!used[c] && (best < 0 || row[c] > v)) {
                v = row[c];
                best = c;
            }
        }
        bv[t] = v;
        bi[t] = best;
        __syncthreads();
        for (int s = NT / 2; s > 0; s >>= 1) {
            if (t < s) {
                const int oi = bi[t + s];
                const float ov = bv[t + s];
                if (oi >= 0 && (bi[t] < 0 || ov > bv[t] || (ov == bv[t] && oi < bi[t]))) {
                    bv[t] = ov;
                    bi[t] = oi;
                }
            }
            __syncthreads();
        }
        if (t == 0) {
            vals[blockIdx.x * k + r] = bv[0];
            idx[blockIdx.x * k + r] = bi[0];
            used[bi[0]] = 1;
        }
        __syncthreads();
    }
}

void launch(float* vals, int* idx, const float* x, int rows, int cols, int k) {
    topk_kernel<<<rows, NT, cols * (sizeof(float) + 1)>>>(vals, idx, x, cols, k);
    cudaDeviceSynchronize();
}
