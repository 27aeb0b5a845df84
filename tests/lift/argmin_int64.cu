// First least value of a column, as 64-bit index.
// ARGS: out:s64[12] x:f32[60] b=3 m=5 d=4
__global__ void k(long long* out, const float* x, int b, int m, int d) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= b * d) return;
  float least = 3.4028235e38f;
  long long at = 0;
  for (int r = 0; r < m; ++r) {
    float v = x[(i / d * (long long)m + r) * d + i % d];
    if (v < least) {
      least = v;
      at = r;
    }
  }
  out[i] = at;
}
void launch(long long* out, const float* x, int b, int m, int d) { k<<<(b * d + 63) / 64, 64>>>(out, x, b, m, d); }
