__global__ void ref(float* y, const int* c, const float* v, const float* x, int rows, int w) {
    int r = blockIdx.x * blockDim.x + threadIdx.x;
    if (r >= rows) return;
    float s = 0.0f;
    for (int j = 0; j < w; j++) if (c[j * rows + r] >= 0) s += v[j * rows + r] * x[c[j * rows + r]];
    y[r] = s;
}
void launch(float* y, const int* idx, const float* vals, const float* x, int rows, int cols, int width) { ref<<<(rows + 31) / 32, 32>>>(y, idx, vals, x, rows, width); }
