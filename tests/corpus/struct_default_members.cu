// EXPECT: 9 5.5 12 3 11 0 0 0
struct Cfg {
  int n = 4;
  float s = 0.5f;
  float w[3] = {1, 2};
  float4 v = make_float4(1, 2, 3, 4);
  bool on = true;
};
struct Outer {
  Cfg c;
  int z = -1;
};
__host__ __device__ void body(int i, double* o) {
  Cfg a;
  Cfg b{i};
  Cfg c = {.s = 3.f, .on = false};
  Outer d;
  Outer e{{7}, 2};
  o[0] = a.n + a.w[1] + a.w[2] + a.v.z;
  o[1] = b.n + b.s;
  o[2] = c.n * c.s + c.on;
  o[3] = d.c.n + d.z;
  o[4] = e.c.n + e.z + e.c.w[1];
}

__global__ void k(float* out) {
  double o[8] = {};
  body(5, o);
  for (int i = 0; i < 8; ++i) out[i] = o[i];
}
void launch(float* out) { k<<<1, 1>>>(out); }
