#include <cuda_runtime.h>

__global__ void argmax_serial(int* out, const float* x, int rows, int cols) {
    int r = blockIdx.x * blockDim.x + threadIdx.x;
    if (r < rows) {
        int best = 0;
        float best_val = x[r * cols];
        for (int c = 1; c < cols; c++) {
            float v = x[r * cols + c];
            if (v > best_val) {
                best_val = v;
                best = c;
            }
        }
        out[r] = best;
    }
}

void launch(int* out, const float* x, int rows, int cols) {
    argmax_serial<<<(rows + 127) / 128, 128>>>(out, x, rows, cols);
    cudaDeviceSynchronize();
}
