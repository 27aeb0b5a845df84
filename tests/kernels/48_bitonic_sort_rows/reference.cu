__global__ void ref(float* out, const float* x, int rows, int cols) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= rows * cols) return;
    int r = i / cols, rank = 0;
    for (int j = 0; j < cols; j++) {
        float o = x[r * cols + j];
        if (o < x[i] || (o == x[i] && j < i % cols)) rank++;
    }
    out[r * cols + rank] = x[i];
}
void launch(float* out, const float* x, int rows, int cols) { ref<<<(rows * cols + 127) / 128, 128>>>(out, x, rows, cols); }
