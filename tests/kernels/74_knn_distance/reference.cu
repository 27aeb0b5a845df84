__global__ void ref(float* o, const float* a, const float* b, int q, int n, int d) {
    int t = blockIdx.x * blockDim.x + threadIdx.x;
    if (t >= q * n) return;
    float s = 0.0f;
    for (int i = 0; i < d; i++) s += (a[t / n * d + i] - b[t % n * d + i]) * (a[t / n * d + i] - b[t % n * d + i]);
    o[t] = s;
}
void launch(float* dist, const float* a, const float* b, int q, int n, int d) { ref<<<(q * n + 127) / 128, 128>>>(dist, a, b, q, n, d); }
