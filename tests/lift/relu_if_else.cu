// A value chosen by if and else; the store in both branches.
// ARGS: y:f32[20] x:f32[20] n=20
// NESTS: 1
__global__ void k(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) {
    if (x[i] > 0) {
      y[i] = x[i];
    } else {
      y[i] = 0.01f * x[i];
    }
  }
}
void launch(float* y, const float* x, int n) { k<<<(n + 255) / 256, 256>>>(y, x, n); }
