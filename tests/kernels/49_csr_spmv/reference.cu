__global__ void ref(float* y, const int* p, const int* c, const float* v, const float* x, int rows) {
    int r = blockIdx.x * blockDim.x + threadIdx.x;
    if (r >= rows) return;
    float s = 0.0f;
    for (int j = p[r]; j < p[r + 1]; j++) s += v[j] * x[c[j]];
    y[r] = s;
}
void launch(float* y, const int* offsets, const int* cols_idx, const float* vals, const float* x, int rows, int cols, int nnz) { ref<<<(rows + 31) / 32, 32>>>(y, offsets, cols_idx, vals, x, rows); }
