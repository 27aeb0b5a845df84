// Rank of each element: how many beat it (greater, or equal and earlier).
__global__ void ref(float* v, int* id, const float* x, int rows, int cols, int k) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= rows * cols) return;
    int r = i / cols, c = i % cols, rank = 0;
    for (int j = 0; j < cols; j++) {
        float o = x[r * cols + j];
        if (o > x[i] || (o == x[i] && j < c)) rank++;
    }
    if (rank < k) { v[r * k + rank] = x[i]; id[r * k + rank] = c; }
}
void launch(float* vals, int* idx, const float* x, int rows, int cols, int k) { ref<<<(rows * cols + 127) / 128, 128>>>(vals, idx, x, rows, cols, k); }
