// EXPECT: 5 1 11 10 16 4 0 0
struct XY {
  float x, y;
};
struct Tri {
  XY p[3];
  int c;
};
__host__ __device__ void body(int i, double* o) {
  XY a = {1.f, float(i)};
  a = {a.y, a.x};
  o[0] = a.x;
  o[1] = a.y;
  Tri t = {{{1, 2}, {3, 4}, {5, 6}}, i};
  Tri u = {1, 2, 3, 4, 5, 6, 7};
  Tri v = {a, {9.f}, {}, 2};
  o[2] = t.p[2].y + t.c;
  o[3] = u.p[1].x + u.c;
  o[4] = v.p[0].x + v.p[1].x + v.p[1].y + v.c;
  for (int k = 0; k < 3; ++k) {
    XY& q = t.p[k];
    q.x += 1;
  }
  o[5] = t.p[1].x;
}

__global__ void k(float* out) {
  double o[8] = {};
  body(5, o);
  for (int i = 0; i < 8; ++i) out[i] = o[i];
}
void launch(float* out) { k<<<1, 1>>>(out); }
