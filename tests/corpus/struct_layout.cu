// EXPECT: 24 12 16 48 32 16 1608 24
struct A {
  char c;
  double d;
  char e;
};
struct B2 {
  char c;
  short s;
  int i;
  char z;
};
struct __align__(16) D {
  float f;
};
struct E {
  A a;
  char t;
  D d;
};
struct F {
  char a[5];
  long long q;
  float2 v;
};
__host__ __device__ void body(int i, double* o) {
  o[0] = sizeof(A);
  o[1] = sizeof(B2);
  o[2] = sizeof(D);
  o[3] = sizeof(E);
  o[4] = offsetof(E, d);
  o[5] = offsetof(F, v);
  o[6] = alignof(D) * 100 + alignof(A);
  o[7] = sizeof(F);
}

__global__ void k(float* out) {
  double o[8] = {};
  body(5, o);
  for (int i = 0; i < 8; ++i) out[i] = o[i];
}
void launch(float* out) { k<<<1, 1>>>(out); }
