__global__ void ref(float* o, const float* s, const int* ix, int n, int m, int d) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= m * d) return;
    float a = 0.0f;
    for (int j = 0; j < n; j++) if (ix[j] == i / d) a += s[j * d + i % d];
    o[i] = a;
}
void launch(float* out, const float* src, const int* idx, int n, int m, int d) { ref<<<(m * d + 127) / 128, 128>>>(out, src, idx, n, m, d); }
