// EXPECT: 9 126 0 0 1.09951163e+12 1 16 -115
struct H {
  unsigned char u;
  signed char s;
  unsigned short us;
  bool b;
  long long l;
};
__host__ __device__ void body(int i, double* o) {
  H h = {(unsigned char)(250 + i), (signed char)(120 + i), 65535, i > 3, 1LL << 40};
  h.u += 10;
  h.s += 1;
  h.us++;
  h.b = !h.b;
  h.l -= i;
  o[0] = h.u;
  o[1] = h.s;
  o[2] = h.us;
  o[3] = h.b;
  o[4] = h.l;
  H g = h;
  g.b |= true;
  o[5] = g.b + h.b;
  o[6] = sizeof(H);
  ++g.u;
  g.s--;
  o[7] = g.u - g.s;
}

__global__ void k(float* out) {
  double o[8] = {};
  body(5, o);
  for (int i = 0; i < 8; ++i) out[i] = o[i];
}
void launch(float* out) { k<<<1, 1>>>(out); }
