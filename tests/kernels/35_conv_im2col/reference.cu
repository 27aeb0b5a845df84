__global__ void ref(float* o, const float* x, const float* wt, const float* bias, int n, int ci, int co, int h, int w) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= n * co * h * w) return;
    int q = i % w, p = i / w % h, c = i / (w * h) % co, b = i / (w * h * co);
    float a = bias[c];
    for (int u = 0; u < ci; u++)
        for (int s = 0; s < 3; s++)
            for (int t = 0; t < 3; t++) {
                int y = p + s - 1, z = q + t - 1;
                if (y >= 0 && y < h && z >= 0 && z < w) a += x[((b * ci + u) * h + y) * w + z] * wt[((c * ci + u) * 3 + s) * 3 + t];
            }
    o[i] = a;
}
void launch(float* out, const float* x, const float* weight, const float* bias, int n, int ci, int co, int h, int w) { ref<<<(n * co * h * w + 127) / 128, 128>>>(out, x, weight, bias, n, ci, co, h, w); }
