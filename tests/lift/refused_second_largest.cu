// What is kept beside the maximum is the maximum before: no reduction over the elements.
// REFUSED: no reduction
__global__ void k(float* y, const float* x, int n) {
  float m = x[0], second = x[0];
  for (int i = 1; i < n; ++i) {
    if (x[i] > m) {
      second = m;
      m = x[i];
    }
  }
  y[0] = second;
}
void launch(float* y, const float* x, int n) { k<<<1, 1>>>(y, x, n); }
