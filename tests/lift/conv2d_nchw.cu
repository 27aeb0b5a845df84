// Two-dimensional convolution over NCHW, one thread per output element, decomposed flat index.
// ARGS: y:f32[96] x:f32[150] w:f32[108] N=2 C=3 H=5 W=5 K=4 R=3
__global__ void conv(float* out, const float* in, const float* w, int N, int C, int H, int W, int K, int R) {
  int OH = H - R + 1;
  int OW = W - R + 1;
  int idx = blockIdx.x * blockDim.x + threadIdx.x;
  int total = N * K * OH * OW;
  if (idx >= total) return;
  int ow = idx % OW;
  int oh = (idx / OW) % OH;
  int k = (idx / (OW * OH)) % K;
  int n = idx / (OW * OH * K);
  float sum = 0.0f;
  for (int c = 0; c < C; ++c)
    for (int r = 0; r < R; ++r)
      for (int s = 0; s < R; ++s)
        sum += in[((n * C + c) * H + oh + r) * W + ow + s] * w[((k * C + c) * R + r) * R + s];
  out[idx] = sum;
}
void launch(float* out, const float* in, const float* w, int N, int C, int H, int W, int K, int R) {
  int total = N * K * (H - R + 1) * (W - R + 1);
  conv<<<(total + 255) / 256, 256>>>(out, in, w, N, C, H, W, K, R);
}
