// Causal attention, one thread per query: loops as long as the row, a maximum, a sum and a vector
// carried together.
// ARGS: o:f32[20] q:f32[20] k:f32[20] v:f32[20] n=5
__global__ void attend(float* o, const float* q, const float* k, const float* v, int n) {
  const int kWidth = 4;
  int row = blockIdx.x * blockDim.x + threadIdx.x;
  if (row >= n) return;
  float acc[kWidth] = {};
  float m = -INFINITY, s = 0.0f;
  for (int j = 0; j <= row; ++j) {
    float dot = 0.0f;
    for (int d = 0; d < kWidth; ++d) dot += q[row * kWidth + d] * k[j * kWidth + d];
    float n = fmaxf(m, dot);
    float scale = expf(m - n);
    float p = expf(dot - n);
    s = s * scale + p;
    for (int d = 0; d < kWidth; ++d) acc[d] = acc[d] * scale + p * v[j * kWidth + d];
    m = n;
  }
  for (int d = 0; d < kWidth; ++d) o[row * kWidth + d] = acc[d] / s;
}
void launch(float* o, const float* q, const float* k, const float* v, int n) {
  attend<<<(n + 31) / 32, 32>>>(o, q, k, v, n);
}
