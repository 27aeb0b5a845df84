__global__ void ref(float* out, const float* x, int rows, int cols) {
    int r = blockIdx.x * blockDim.x + threadIdx.x;
    if (r >= rows) return;
    float m = x[(size_t)r * cols];
    for (int c = 1; c < cols; c++) if (x[(size_t)r * cols + c] > m) m = x[(size_t)r * cols + c];
    out[r] = m;
}
void launch(float* out, const float* x, int rows, int cols) { ref<<<(rows + 31) / 32, 32>>>(out, x, rows, cols); }
