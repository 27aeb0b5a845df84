// EXPECT: 17 102 12 9 4 13 8 0
struct S {
  float x;
  float a[2];
};
__host__ __device__ void bump(S& s, float d) {
  s.x += d;
  s.a[1] = d;
}
__host__ __device__ void bump(S* s) { s->x *= 2; }
__host__ __device__ float get(const S& s) { return s.x + s.a[1]; }
__host__ __device__ float byval(S s) {
  s.x = 100;
  return s.x + s.a[0];
}
__host__ __device__ void body(int i, double* o) {
  S s = {1.f, {2.f, 3.f}};
  bump(s, i);
  bump(&s);
  o[0] = get(s);
  o[1] = byval(s);
  o[2] = s.x;
  S& r = s;
  r.a[0] = 9;
  const S& c = r;
  o[3] = c.a[0];
  float& f = s.x;
  f = 4;
  o[4] = s.x;
  auto t = s;
  t.x = 0;
  o[5] = s.x + t.a[0];
  auto& u = s;
  u.x = 8;
  o[6] = s.x;
}

__global__ void k(float* out) {
  double o[8] = {};
  body(5, o);
  for (int i = 0; i < 8; ++i) out[i] = o[i];
}
void launch(float* out) { k<<<1, 1>>>(out); }
