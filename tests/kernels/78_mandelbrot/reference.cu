__global__ void ref(int* o, const float* cx, const float* cy, int h, int w, int m) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= h * w) return;
    float x = 0.0f, y = 0.0f;
    int k = 0;
    for (; k < m; k++) {
        float a = __fmul_rn(x, x), b = __fmul_rn(y, y);
        if (__fadd_rn(a, b) > 4.0f) break;
        y = __fadd_rn(__fmul_rn(2.0f * x, y), cy[i / w]);
        x = __fadd_rn(__fsub_rn(a, b), cx[i % w]);
    }
    o[i] = k;
}
void launch(int* iters, const float* cx, const float* cy, int h, int w, int maxit) { ref<<<(h * w + 127) / 128, 128>>>(iters, cx, cy, h, w, maxit); }
