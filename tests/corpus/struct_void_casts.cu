// EXPECT: 7.5 1.5 0 0 0 0 0 0
struct Hdr {
  int n;
  float f;
};
__host__ __device__ float rd(const void* p) {
  const Hdr* h = static_cast<const Hdr*>(p);
  return h->n + h->f;
}
__host__ __device__ void wr(void* p, int k) {
  Hdr* h = (Hdr*)p;
  h[k].n = k;
  h[k].f = 0.5f * k;
}
__host__ __device__ void body(int i, double* o) {
  double mem[8];
  Hdr* h = reinterpret_cast<Hdr*>(mem);
  for (int k = 0; k < 8; ++k) wr(mem, k);
  o[0] = rd(h + i % 8);
  o[1] = h[3].f;
}

__global__ void k(float* out) {
  double o[8] = {};
  body(5, o);
  for (int i = 0; i < 8; ++i) out[i] = o[i];
}
void launch(float* out) { k<<<1, 1>>>(out); }
