// EXPECT: 12 15 -5 200 -2 1 5 1
enum Mode : unsigned char { kA = 1, kB = 200 };
enum class Op { Add, Sub = 5, Mul };
enum class Small : short { X = -3, Y };
struct R {
  Mode m;
  Op op;
  Small s;
};
__host__ __device__ int apply(Op o, int a, int b) {
  switch (o) {
    case Op::Add:
      return a + b;
    case Op::Sub:
      return a - b;
    case Op::Mul:
      return a * b;
  }
  return -1;
}
__host__ __device__ void body(int i, double* o) {
  R r = {kB, Op::Mul, Small::Y};
  o[0] = sizeof(R);
  o[1] = apply(r.op, i, 3);
  o[2] = apply(i % 2 == 0 ? Op::Add : Op::Sub, i, 10);
  o[3] = r.m;
  o[4] = static_cast<int>(r.s);
  o[5] = r.op == Op::Mul;
  o[6] = (int)Op::Sub;
  Op z = static_cast<Op>(5);
  o[7] = z == Op::Sub;
}

__global__ void k(float* out) {
  double o[8] = {};
  body(5, o);
  for (int i = 0; i < 8; ++i) out[i] = o[i];
}
void launch(float* out) { k<<<1, 1>>>(out); }
