// A transposed convolution: continue around inner loops that go on with the sum.
// ARGS: o:f32[32] x:f32[24] w:f32[54] ci=3 co=2 h=2 w_in=4 k=3 st=1 oh=4 ow=4
// NESTS: 1
__global__ void conv(float* o, const float* x, const float* w, int ci, int co, int h, int w_in, int k,
                     int st, int oh, int ow) {
  int idx = blockIdx.x * blockDim.x + threadIdx.x;
  if (idx >= co * oh * ow) return;
  int px = idx % ow;
  int py = (idx / ow) % oh;
  int oc = idx / (ow * oh);
  float value = 0.0f;
  for (int i = 0; i < k; i++) {
    int y_num = py + 1 - i;
    if (y_num < 0 || y_num % st != 0) continue;
    int y_in = y_num / st;
    if (y_in >= h) continue;
    for (int j = 0; j < k; j++) {
      int x_num = px + 1 - j;
      if (x_num < 0 || x_num % st != 0) continue;
      int x_in = x_num / st;
      if (x_in >= w_in) continue;
      for (int ic = 0; ic < ci; ic++) {
        value += x[(ic * h + y_in) * w_in + x_in] * w[((ic * co + oc) * k + i) * k + j];
      }
    }
  }
  o[idx] = value;
}
void launch(float* o, const float* x, const float* w, int ci, int co, int h, int w_in, int k, int st,
            int oh, int ow) {
  conv<<<(co * oh * ow + 63) / 64, 64>>>(o, x, w, ci, co, h, w_in, k, st, oh, ow);
}
