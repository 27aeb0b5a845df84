__global__ void ref(float* o, const float* p, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= n) return;
    float x = 0.0f, y = 0.0f, z = 0.0f;
    for (int j = 0; j < n; j++) {
        float u = p[4 * j] - p[4 * i], v = p[4 * j + 1] - p[4 * i + 1], w = p[4 * j + 2] - p[4 * i + 2];
        float d = sqrtf(u * u + v * v + w * w + 0.01f), s = p[4 * j + 3] / (d * d * d);
        x += u * s; y += v * s; z += w * s;
    }
    o[3 * i] = x; o[3 * i + 1] = y; o[3 * i + 2] = z;
}
void launch(float* acc, const float* pos, int n) { ref<<<(n + 31) / 32, 32>>>(acc, pos, n); }
