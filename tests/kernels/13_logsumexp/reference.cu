__global__ void ref(float* out, const float* x, int rows, int cols) {
    int r = blockIdx.x * blockDim.x + threadIdx.x;
    if (r >= rows) return;
    const float* p = x + (size_t)r * cols;
    float m = p[0];
    for (int c = 1; c < cols; c++) m = fmaxf(m, p[c]);
    float s = 0.0f;
    for (int c = 0; c < cols; c++) s += expf(p[c] - m);
    out[r] = m + logf(s);
}
void launch(float* out, const float* x, int rows, int cols) { ref<<<(rows + 31) / 32, 32>>>(out, x, rows, cols); }
