__global__ void ref(float* o, const float* q, const float* k, const float* v, int heads, int n, int d) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= heads * n * d) return;
    int c = i % d, r = i / d % n, h = i / (n * d) * n;
    float m = 0.0f, sum = 0.0f, acc = 0.0f;
    for (int pass = 0; pass < 2; pass++)
        for (int j = 0; j <= r; j++) {
            float s = 0.0f;
            for (int t = 0; t < d; t++) s += q[(h + r) * d + t] * k[(h + j) * d + t];
            s = s / sqrtf((float)d);
            if (pass == 0) { if (j == 0 || s > m) m = s; }
            else { float e = expf(s - m); sum += e; acc += e * v[(h + j) * d + c]; }
        }
    o[i] = acc / sum;
}
void launch(float* o, const float* q, const float* k, const float* v, int heads, int seq, int d) { ref<<<(heads * seq * d + 63) / 64, 64>>>(o, q, k, v, heads, seq, d); }
