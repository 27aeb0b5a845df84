__global__ void ref(float* l, const float* a, const float* p, const float* q, int n, int d, float margin) {
    float t = 0.0f;
    for (int i = 0; i < n; i++) {
        float u = 0.0f, v = 0.0f;
        for (int j = 0; j < d; j++) {
            u += (a[i * d + j] - p[i * d + j]) * (a[i * d + j] - p[i * d + j]);
            v += (a[i * d + j] - q[i * d + j]) * (a[i * d + j] - q[i * d + j]);
        }
        t += fmaxf(sqrtf(u) - sqrtf(v) + margin, 0.0f);
    }
    *l = t / n;
}
void launch(float* loss, const float* a, const float* p, const float* q, int n, int d, float margin) { ref<<<1, 1>>>(loss, a, p, q, n, d, margin); }
