__global__ void ref(float* o, const float* a, int B, int S, int H, int D) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= B * S * H * D) return;
    int d = i % D, h = i / D % H, s = i / (D * H) % S, b = i / (D * H * S);
    o[((b * H + h) * S + s) * D + d] = a[i];
}
void launch(float* out, const float* in, int b, int s, int h, int d) { ref<<<(b * s * h * d + 127) / 128, 128>>>(out, in, b, s, h, d); }
