#include <cstdint>
__global__ void ref(float* y, const float* x, const uint8_t* mask, int rows, int cols) {
    int r = blockIdx.x * blockDim.x + threadIdx.x;
    if (r >= rows) return;
    float m = x[r * cols], s = 0.0f;
    for (int c = 1; c < cols; c++) if (mask[r * cols + c]) m = fmaxf(m, x[r * cols + c]);
    for (int c = 0; c < cols; c++) if (c == 0 || mask[r * cols + c]) s += expf(x[r * cols + c] - m);
    for (int c = 0; c < cols; c++) y[r * cols + c] = (c == 0 || mask[r * cols + c]) ? expf(x[r * cols + c] - m) / s : 0.0f;
}
void launch(float* y, const float* x, const uint8_t* mask, int rows, int cols) { ref<<<(rows + 31) / 32, 32>>>(y, x, mask, rows, cols); }
