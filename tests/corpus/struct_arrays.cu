// EXPECT: 1.25 10 4 2.25 19 2 0 0
struct P {
  int k;
  float v;
};
__host__ __device__ void body(int i, double* o) {
  P a[6] = {{1, 2.f}, {3, 4.f}};
  P b[3];
  for (int j = 0; j < 3; ++j) {
    b[j].k = j * i;
    b[j].v = j + 0.25f;
  }
  a[2] = b[1];
  a[3] = b[i % 3];
  P* p = a;
  p += 2;
  o[0] = p->v;
  o[1] = (p + 1)->k;
  o[2] = a[5].k + a[1].v;
  o[3] = p[1].v;
  int s = 0;
  for (const P* q = a; q != a + 6; ++q) s += q->k;
  o[4] = s;
  o[5] = &a[3] - &a[1];
}

__global__ void k(float* out) {
  double o[8] = {};
  body(5, o);
  for (int i = 0; i < 8; ++i) out[i] = o[i];
}
void launch(float* out) { k<<<1, 1>>>(out); }
