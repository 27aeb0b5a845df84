__global__ void ref(float* o, const float* a, int d, int h, int w) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= d * h * w) return;
    int x = i % w, y = i / w % h, z = i / (w * h);
    float s = 0.0f;
    if (x > 0) s += a[i - 1];
    if (x + 1 < w) s += a[i + 1];
    if (y > 0) s += a[i - w];
    if (y + 1 < h) s += a[i + w];
    if (z > 0) s += a[i - w * h];
    if (z + 1 < d) s += a[i + w * h];
    o[i] = 0.4f * a[i] + 0.1f * s;
}
void launch(float* out, const float* in, int d, int h, int w) { ref<<<(d * h * w + 127) / 128, 128>>>(out, in, d, h, w); }
