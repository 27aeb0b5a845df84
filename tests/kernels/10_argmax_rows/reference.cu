__global__ void ref(int* out, const float* x, int rows, int cols) {
    int r = blockIdx.x * blockDim.x + threadIdx.x;
    if (r >= rows) return;
    int b = 0;
    for (int c = 1; c < cols; c++) if (x[(size_t)r * cols + c] > x[(size_t)r * cols + b]) b = c;
    out[r] = b;
}
void launch(int* out, const float* x, int rows, int cols) { ref<<<(rows + 31) / 32, 32>>>(out, x, rows, cols); }
