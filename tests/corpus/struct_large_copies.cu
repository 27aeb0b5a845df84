// EXPECT: 2982 2951 30 120 0 0 0 0
struct Big {
  float d[100];
  int n;
  char c;
};
__host__ __device__ float sum(Big b) {
  float s = 0;
  for (int i = 0; i < 100; ++i) s += b.d[i];
  return s + b.n;
}
__host__ __device__ void body(int i, double* o) {
  Big a;
  for (int k = 0; k < 100; ++k) a.d[k] = k * 0.5f + i;
  a.n = 7;
  a.c = 'x';
  Big b = a;
  b.d[50] = -1;
  Big c[2];
  c[i & 1] = b;
  c[1 - (i & 1)] = a;
  o[0] = sum(a);
  o[1] = sum(b);
  o[2] = c[0].d[50];
  o[3] = c[1].c;
}

__global__ void k(float* out) {
  double o[8] = {};
  body(5, o);
  for (int i = 0; i < 8; ++i) out[i] = o[i];
}
void launch(float* out) { k<<<1, 1>>>(out); }
