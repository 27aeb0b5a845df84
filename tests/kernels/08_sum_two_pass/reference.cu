__global__ void ref(float* out, const float* in, int n) {
    float s = 0.0f;
    for (int i = 0; i < n; i++) s += in[i];
    *out = s;
}
void launch(float* out, const float* in, int n) { ref<<<1, 1>>>(out, in, n); }
