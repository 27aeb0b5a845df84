__global__ void ref(float* o, const float* x, const float* wt, int n, int ci, int co, int h, int w, int kh, int kw, int st, int pad, int oh, int ow) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= n * co * oh * ow) return;
    int q = i % ow, p = i / ow % oh, c = i / (ow * oh) % co, b = i / (ow * oh * co);
    float a = 0.0f;
    for (int u = 0; u < ci; u++)
        for (int s = 0; s < kh; s++)
            for (int t = 0; t < kw; t++) {
                int y = p * st + s - pad, z = q * st + t - pad;
                if (y >= 0 && y < h && z >= 0 && z < w) a += x[((b * ci + u) * h + y) * w + z] * wt[((c * ci + u) * kh + s) * kw + t];
            }
    o[i] = a;
}
void launch(float* out, const float* x, const float* wt, int n, int ci, int co, int h, int w, int kh, int kw, int st, int pad) {
    int oh = (h + 2 * pad - kh) / st + 1, ow = (w + 2 * pad - kw) / st + 1;
    ref<<<(n * co * oh * ow + 127) / 128, 128>>>(out, x, wt, n, ci, co, h, w, kh, kw, st, pad, oh, ow);
}
