__global__ void ref(float* o, const float* a, const float* b, int rows, int d) {
    int r = blockIdx.x * blockDim.x + threadIdx.x;
    if (r >= rows) return;
    float x = 0.0f, y = 0.0f, z = 0.0f;
    for (int i = 0; i < d; i++) { x += a[r * d + i] * b[r * d + i]; y += a[r * d + i] * a[r * d + i]; z += b[r * d + i] * b[r * d + i]; }
    o[r] = x / (fmaxf(sqrtf(y), 1e-8f) * fmaxf(sqrtf(z), 1e-8f));
}
void launch(float* out, const float* a, const float* b, int rows, int d) { ref<<<(rows + 31) / 32, 32>>>(out, a, b, rows, d); }
