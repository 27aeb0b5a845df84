// Dropout: a hash of wrapping products and shifts decides, and two outputs share it.
// ARGS: out:f32[100] mask:s32[100] in:f32[100] n=100 p=0.25 seed=7
__global__ void k(float* out, int* mask, const float* in, int n, float p, unsigned seed) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n) return;
  unsigned h = seed ^ ((unsigned)i * 0x9E3779B9u);
  h ^= h >> 16; h *= 0x85EBCA6Bu; h ^= h >> 13; h = h * 1664525u + 1013904223u;
  float u = (h >> 8) * (1.0f / 16777216.0f);
  if (u >= p) { mask[i] = 1; out[i] = in[i] / (1.0f - p); }
  else { mask[i] = 0; out[i] = 0.0f; }
}
void launch(float* out, int* mask, const float* in, int n, float p, int seed) {
  k<<<(n + 127) / 128, 128>>>(out, mask, in, n, p, (unsigned)seed);
}
