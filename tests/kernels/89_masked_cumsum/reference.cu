__global__ void ref(int* y, const int* x, const bool* m, int rows, int cols) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= rows * cols) return;
    int s = 0;
    for (int c = 0; c <= i % cols; c++)
        if (m[i / cols * cols + c]) s += x[i / cols * cols + c];
    y[i] = s;
}
void launch(int* y, const int* x, const bool* mask, int rows, int cols) { ref<<<(rows * cols + 127) / 128, 128>>>(y, x, mask, rows, cols); }
