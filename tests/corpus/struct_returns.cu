// EXPECT: 10 7 3 1 9 0 0 0
struct Pair {
  float a;
  int b;
};
__host__ __device__ Pair best(Pair x, Pair y) {
  if (x.a < y.a || (x.a == y.a && x.b > y.b)) return y;
  return x;
}
__host__ __device__ Pair make(float a, int b) {
  Pair p;
  p.a = a;
  p.b = b;
  return p;
}
__host__ __device__ void body(int i, double* o) {
  Pair p = {-1e30f, -1};
  for (int k = 0; k < 10; ++k) p = best(p, make((k * 7 + i) % 11, k));
  o[0] = p.a;
  o[1] = p.b;
  o[2] = make(2.f, 3).b;
  o[3] = best({1.f, 2}, {1.f, 1}).b;
  Pair q = i > 5 ? p : make(9.f, 9);
  o[4] = q.b;
}

__global__ void k(float* out) {
  double o[8] = {};
  body(5, o);
  for (int i = 0; i < 8; ++i) out[i] = o[i];
}
void launch(float* out) { k<<<1, 1>>>(out); }
