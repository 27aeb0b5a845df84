// EXPECT: 11 18.5 14 10 9.5 3 7 0
struct Z {
  int a;
  float b = 1.5f;
  int c;
  __host__ __device__ Z(int x, float y, int w) : a(x), b(y), c(w) {}
  __host__ __device__ Z(int x) : Z(x, 2.f, 3) { c += 1; }
  __host__ __device__ Z() : a(9), c(8) {}
};
struct Y {
  Z z;
  int k;
  __host__ __device__ Y(int q) : z(q), k(q * 2) {}
  __host__ __device__ Y() : k(1) {}
};
__host__ __device__ void body(int i, double* o) {
  Z a(i);
  Z b;
  Y y(i);
  Y w;
  Z arr[3];
  o[0] = a.a + a.b + a.c;
  o[1] = b.a + b.b + b.c;
  o[2] = y.z.c + y.k;
  o[3] = w.z.a + w.k;
  o[4] = arr[2].b + arr[0].c;
  Z d{1, 2.f, 3};
  o[5] = d.a + d.b;
  Z* p = &arr[1];
  *p = Z(7);
  o[6] = arr[1].a;
}

__global__ void k(float* out) {
  double o[8] = {};
  body(5, o);
  for (int i = 0; i < 8; ++i) out[i] = o[i];
}
void launch(float* out) { k<<<1, 1>>>(out); }
