// (b, s, h, d) to (b, h, s, d) by a flat index.
// ARGS: y:f32[120] x:f32[120] B=2 S=3 H=4 D=5
// NESTS: 1
__global__ void k(float* y, const float* x, int B, int S, int H, int D) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < B * S * H * D) {
    int d = i % D;
    int h = (i / D) % H;
    int s = (i / (D * H)) % S;
    int b = i / (D * H * S);
    y[((b * H + h) * S + s) * D + d] = x[i];
  }
}
void launch(float* y, const float* x, int B, int S, int H, int D) {
  int n = B * S * H * D;
  k<<<(n + 127) / 128, 128>>>(y, x, B, S, H, D);
}
