// A one-dimensional convolution with zero padding.
// ARGS: y:f32[20] x:f32[20] w:f32[5] n=20 r=2
// NESTS: 1
__global__ void k(float* y, const float* x, const float* w, int n, int r) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) {
    float s = 0.0f;
    for (int j = -r; j <= r; ++j) {
      int at = i + j;
      if (at >= 0 && at < n) s += x[at] * w[j + r];
    }
    y[i] = s;
  }
}
void launch(float* y, const float* x, const float* w, int n, int r) { k<<<(n + 63) / 64, 64>>>(y, x, w, n, r); }
