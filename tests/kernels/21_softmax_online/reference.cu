__global__ void ref(float* y, const float* x, int rows, int cols) {
    int r = blockIdx.x * blockDim.x + threadIdx.x;
    if (r >= rows) return;
    float m = x[r * cols], s = 0.0f;
    for (int c = 1; c < cols; c++) m = fmaxf(m, x[r * cols + c]);
    for (int c = 0; c < cols; c++) s += expf(x[r * cols + c] - m);
    for (int c = 0; c < cols; c++) y[r * cols + c] = expf(x[r * cols + c] - m) / s;
}
void launch(float* y, const float* x, int rows, int cols) { ref<<<(rows + 31) / 32, 32>>>(y, x, rows, cols); }
