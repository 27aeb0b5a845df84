// <cuComplex.h> in the dialect: complex numbers as vectors of two.

typedef float2 cuFloatComplex;

__host__ __device__ inline cuFloatComplex make_cuFloatComplex(float r, float i) {
  cuFloatComplex z;
  z.x = r;
  z.y = i;
  return z;
}
__host__ __device__ inline float cuCrealf(cuFloatComplex z) { return z.x; }
__host__ __device__ inline float cuCimagf(cuFloatComplex z) { return z.y; }
__host__ __device__ inline cuFloatComplex cuConjf(cuFloatComplex z) { return make_cuFloatComplex(z.x, -z.y); }
__host__ __device__ inline cuFloatComplex cuCaddf(cuFloatComplex a, cuFloatComplex b) {
  return make_cuFloatComplex(a.x + b.x, a.y + b.y);
}
__host__ __device__ inline cuFloatComplex cuCsubf(cuFloatComplex a, cuFloatComplex b) {
  return make_cuFloatComplex(a.x - b.x, a.y - b.y);
}
__host__ __device__ inline cuFloatComplex cuCmulf(cuFloatComplex a, cuFloatComplex b) {
  return make_cuFloatComplex(a.x * b.x - a.y * b.y, a.x * b.y + a.y * b.x);
}
__host__ __device__ inline cuFloatComplex cuCfmaf(cuFloatComplex a, cuFloatComplex b, cuFloatComplex c) {
  const float real = a.x * b.x + c.x;
  const float imag = a.x * b.y + c.y;
  return make_cuFloatComplex(-(a.y * b.y) + real, a.y * b.x + imag);
}
// Both are scaled by the divisor's size, so that nothing overflows on the way.
__host__ __device__ inline cuFloatComplex cuCdivf(cuFloatComplex a, cuFloatComplex b) {
  const float scale = 1.0f / (fabsf(b.x) + fabsf(b.y));
  const float ar = a.x * scale, ai = a.y * scale, br = b.x * scale, bi = b.y * scale;
  const float over = 1.0f / (br * br + bi * bi);
  return make_cuFloatComplex((ar * br + ai * bi) * over, (ai * br - ar * bi) * over);
}
__host__ __device__ inline float cuCabsf(cuFloatComplex z) { return hypotf(z.x, z.y); }

typedef double2 cuDoubleComplex;

__host__ __device__ inline cuDoubleComplex make_cuDoubleComplex(double r, double i) {
  cuDoubleComplex z;
  z.x = r;
  z.y = i;
  return z;
}
__host__ __device__ inline double cuCreal(cuDoubleComplex z) { return z.x; }
__host__ __device__ inline double cuCimag(cuDoubleComplex z) { return z.y; }
__host__ __device__ inline cuDoubleComplex cuConj(cuDoubleComplex z) { return make_cuDoubleComplex(z.x, -z.y); }
__host__ __device__ inline cuDoubleComplex cuCadd(cuDoubleComplex a, cuDoubleComplex b) {
  return make_cuDoubleComplex(a.x + b.x, a.y + b.y);
}
__host__ __device__ inline cuDoubleComplex cuCsub(cuDoubleComplex a, cuDoubleComplex b) {
  return make_cuDoubleComplex(a.x - b.x, a.y - b.y);
}
__host__ __device__ inline cuDoubleComplex cuCmul(cuDoubleComplex a, cuDoubleComplex b) {
  return make_cuDoubleComplex(a.x * b.x - a.y * b.y, a.x * b.y + a.y * b.x);
}
__host__ __device__ inline cuDoubleComplex cuCfma(cuDoubleComplex a, cuDoubleComplex b, cuDoubleComplex c) {
  const double real = a.x * b.x + c.x;
  const double imag = a.x * b.y + c.y;
  return make_cuDoubleComplex(-(a.y * b.y) + real, a.y * b.x + imag);
}
// Both are scaled by the divisor's size, so that nothing overflows on the way.
__host__ __device__ inline cuDoubleComplex cuCdiv(cuDoubleComplex a, cuDoubleComplex b) {
  const double scale = 1.0 / (fabs(b.x) + fabs(b.y));
  const double ar = a.x * scale, ai = a.y * scale, br = b.x * scale, bi = b.y * scale;
  const double over = 1.0 / (br * br + bi * bi);
  return make_cuDoubleComplex((ar * br + ai * bi) * over, (ai * br - ar * bi) * over);
}
__host__ __device__ inline double cuCabs(cuDoubleComplex z) { return hypot(z.x, z.y); }

typedef cuFloatComplex cuComplex;

__host__ __device__ inline cuComplex make_cuComplex(float r, float i) {
  return make_cuFloatComplex(r, i);
}
__host__ __device__ inline cuDoubleComplex cuComplexFloatToDouble(cuFloatComplex z) {
  return make_cuDoubleComplex((double)z.x, (double)z.y);
}
__host__ __device__ inline cuFloatComplex cuComplexDoubleToFloat(cuDoubleComplex z) {
  return make_cuFloatComplex((float)z.x, (float)z.y);
}
