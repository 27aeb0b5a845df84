// EXPECT: 5 9 0 7 5 0 0 0
struct V {
  float x, y;
};
struct B {
  V lo, hi;
  int id;
};
__host__ __device__ void body(int i, double* o) {
  B b = {{1, 2}, {3, 4}, i};
  B c = {1, 2, 3, 4, i};
  B d = {{1}, {}, 7};
  c.hi.y += i;
  o[0] = b.lo.x + b.hi.y;
  o[1] = c.hi.y;
  o[2] = d.lo.y + d.hi.x;
  o[3] = d.id;
  o[4] = c.id;
}

__global__ void k(float* out) {
  double o[8] = {};
  body(5, o);
  for (int i = 0; i < 8; ++i) out[i] = o[i];
}
void launch(float* out) { k<<<1, 1>>>(out); }
