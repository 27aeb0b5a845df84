#include <cuda_runtime.h>
#include <float.h>

#define MAX_K 16

// One thread per row keeps the best k in a sorted local list.
__global__ void topk_thread(float* vals, int* idx, const float* x, int rows, int cols, int k) {
    int r = blockIdx.x * blockDim.x + threadIdx.x;
    if (r >= rows) return;
    float best[MAX_K];
    int where[MAX_K];
    for (int i = 0; i < k; i++) {
        best[i] = -FLT_MAX;
        where[i] = -1;
    }
    for (int c = 0; c < cols; c++) {
        float v = x[r * cols + c];
        if (where[k - 1] >= 0 && v <= best[k - 1]) continue;
        int j = k - 1;
        while (j > 0 && (where[j - 1] < 0 || v > best[j - 1])) {
            best[j] = best[j - 1];
            where[j] = where[j - 1];
            --j;
        }
        best[j] = v;
        where[j] = c;
    }
    for (int i = 0; i < k; i++) {
        vals[r * k + i] = best[i];
        idx[r * k + i] = where[i];
    }
}

void launch(float* vals, int* idx, const float* x, int rows, int cols, int k) {
    if (k > MAX_K) return;
    topk_thread<<<(rows + 31) / 32, 32>>>(vals, idx, x, rows, cols, k);
    cudaDeviceSynchronize();
}
