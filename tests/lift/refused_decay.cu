// A sum that forgets at a rate of its own, not with the maximum.
// REFUSED: no reduction
__global__ void k(float* y, const float* x, int n) {
  float m = -INFINITY, s = 0.0f;
  for (int i = 0; i < n; ++i) {
    float v = fmaxf(m, x[i]);
    s = s * expf(m - v) * 0.5f + expf(x[i] - v);
    m = v;
  }
  y[0] = s;
}
void launch(float* y, const float* x, int n) { k<<<1, 1>>>(y, x, n); }
