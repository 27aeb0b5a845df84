#include <cuda_runtime.h>
#include <cfloat>
#include <climits>

struct ValIdx {
    float val;
    int idx;
    __device__ bool better(const ValIdx& o) const {
        return val > o.val || (val == o.val && idx < o.idx);
    }
};

#define BLOCK 256

__global__ void argmax_kernel(int* out, const float* __restrict__ x, int cols) {
    __shared__ ValIdx sh[BLOCK];
    const float* row = x + (size_t)blockIdx.x * cols;
    ValIdx best;
    best.val = -FLT_MAX;
    best.idx = INT_MAX;
    for (int c = threadIdx.x; c < cols; c += BLOCK) {
        ValIdx cand;
        cand.val = row[c];
        cand.idx = c;
        if (cand.better(best)) best = cand;
    }
    sh[threadIdx.x] = best;
    __syncthreads();
    for (int s = BLOCK / 2; s > 0; s /= 2) {
        if (threadIdx.x < s) {
            if (sh[threadIdx.x + s].better(sh[threadIdx.x])) sh[threadIdx.x] = sh[threadIdx.x + s];
        }
        __syncthreads();
    }
    if (threadIdx.x == 0) out[blockIdx.x] = sh[0].idx;
}

void launch(int* out, const float* x, int rows, int cols) {
    argmax_kernel<<<rows, BLOCK>>>(out, x, cols);
    cudaDeviceSynchronize();
}
