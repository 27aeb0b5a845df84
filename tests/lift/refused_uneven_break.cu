// A break behind a continue that data decide: later iterations may go on.
// REFUSED: leaving a loop by break where that is no bound
__global__ void k(float* y, const float* x, int n) {
  float s = 0.0f;
  for (int i = 0; i < n; ++i) {
    if (x[i] < 0.0f) s += 1.0f;
    if (x[i] > 0.5f && i > 4) break;
    s += x[i];
  }
  y[0] = s;
}
void launch(float* y, const float* x, int n) { k<<<1, 1>>>(y, x, n); }
