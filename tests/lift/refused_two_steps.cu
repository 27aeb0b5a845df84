// A loop that skips as data say.
// REFUSED: changes in other ways
__global__ void k(float* y, const float* x, int n) {
  float s = 0.0f;
  for (int i = 0; i < n; ++i) {
    s += x[i];
    if (x[i] < 0.0f) ++i;
  }
  y[0] = s;
}
void launch(float* y, const float* x, int n) { k<<<1, 1>>>(y, x, n); }
