__global__ void ref(float* l, const float* p, const float* t, int n) {
    float s = 0.0f;
    for (int i = 0; i < n; i++) s += (p[i] - t[i]) * (p[i] - t[i]);
    *l = s / n;
}
void launch(float* loss, const float* p, const float* t, int n) { ref<<<1, 1>>>(loss, p, t, n); }
