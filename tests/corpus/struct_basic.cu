// EXPECT: 2.5 3.5 10 2.5 20 0 0 0
struct S {
  float m;
  int n;
  float a[3];
};
__host__ __device__ void body(int i, double* o) {
  S s;
  s.m = i * 0.5f;
  s.n = i;
  s.a[0] = 1;
  s.a[1] = 2;
  s.a[2] = s.m;
  S t = s;
  t.m += 1;
  S* p = &t;
  p->n *= 2;
  o[0] = s.m;
  o[1] = t.m;
  o[2] = t.n;
  o[3] = t.a[i % 3];
  o[4] = sizeof(S);
}

__global__ void k(float* out) {
  double o[8] = {};
  body(5, o);
  for (int i = 0; i < 8; ++i) out[i] = o[i];
}
void launch(float* out) { k<<<1, 1>>>(out); }
