// The math library, written in the dialect it serves: every machine that runs a program runs this
// code and gets the same bits. Only + - * /, fma, comparisons, conversions and bit casts are used.
// Functions and their bounds are listed in ir/math.def and docs/math.md; math_test.cc measures them.
// Names that begin with ws_ are the library's own.

// --- exponentials, float

// 2^n for n in [-252, 254], in two factors so that subnormal results round once.
__device__ float ws_scale(float p, int n) {
  int low = n >> 1;
  return p * __int_as_float((low + 127) << 23) * __int_as_float((n - low + 127) << 23);
}

// e^x * 2^shift; NaN stays NaN.
__device__ float ws_exp_shifted(float x, int shift) {
  float c = x > 90.0f ? 90.0f : x;
  c = c < -105.0f ? -105.0f : c;
  float t = fmaf(c, 1.442695041f, 12582912.0f);  // rounds to an integer in the low bits
  int n = __float_as_int(t) - 0x4b400000;
  t = t - 12582912.0f;
  float r = fmaf(t, -0.693145752f, c);
  r = fmaf(t, -1.42860677e-6f, r);
  float q = 0.000198910805f;
  q = fmaf(q, r, 0.00139337307f);
  q = fmaf(q, r, 0.00833331084f);
  q = fmaf(q, r, 0.0416664642f);
  q = fmaf(q, r, 0.166666667f);
  q = fmaf(q, r, 0.5f);
  float p = fmaf(q * r, r, r) + 1.0f;
  n = n + shift;
  n = n < -252 ? -252 : n;
  n = n > 254 ? 254 : n;
  return ws_scale(p, n);
}

__device__ float expf(float x) { return ws_exp_shifted(x, 0); }

__device__ float exp2f(float x) {
  float c = x > 130.0f ? 130.0f : x;
  c = c < -160.0f ? -160.0f : c;
  float t = c + 12582912.0f;
  int n = __float_as_int(t) - 0x4b400000;
  float f = c - (t - 12582912.0f);
  float q = 1.53037211e-5f;
  q = fmaf(q, f, 0.000154697557f);
  q = fmaf(q, f, 0.00133334784f);
  q = fmaf(q, f, 0.00961802553f);
  q = fmaf(q, f, 0.0555041091f);
  q = fmaf(q, f, 0.240226512f);
  q = fmaf(q, f, 0.693147181f);
  n = c == c ? n : 0;
  return ws_scale(fmaf(q, f, 1.0f), n);
}

__device__ float expm1f(float x) {
  float c = x > 89.0f ? 89.0f : x;
  c = c < -30.0f ? -30.0f : c;
  float t = fmaf(c, 1.442695041f, 12582912.0f);
  int n = __float_as_int(t) - 0x4b400000;
  t = t - 12582912.0f;
  float r = fmaf(t, -0.693145752f, c);
  r = fmaf(t, -1.42860677e-6f, r);
  if (x > 0.0f && x < 0.5f) {  // without a power of two there is no cancellation
    n = 0;
    r = x;
  }
  float q = 2.64211096e-5f;
  q = fmaf(q, r, 0.000198939783f);
  q = fmaf(q, r, 0.00138857947f);
  q = fmaf(q, r, 0.00833330274f);
  q = fmaf(q, r, 0.0416666818f);
  q = fmaf(q, r, 0.166666667f);
  q = fmaf(q, r, 0.5f);
  float m = fmaf(q * r, r, r);  // e^r - 1
  n = c == c ? n : 1;
  if (n == 0) return x == 0.0f ? x : m;
  float s = __int_as_float((n - 1 + 127) << 23);
  float half = fmaf(m, s, s - 0.5f);
  return half + half;
}

// --- logarithms, float

// The exponent of a positive normal number, chosen so that the rest lies in [2/3, 4/3), in units of
// 2^23.
__device__ int ws_log_exponent(float a) { return (__float_as_int(a) - 0x3f2aaaab) & -8388608; }

// log(1 + f) = f + f^2 * ws_log_tail(f) for f in [-1/3, 1/3].
__device__ float ws_log_tail(float f) {
  float r = -0.109471863f;
  r = fmaf(r, f, 0.119008815f);
  r = fmaf(r, f, -0.0969306465f);
  r = fmaf(r, f, 0.10781313f);
  r = fmaf(r, f, -0.125153039f);
  r = fmaf(r, f, 0.143021544f);
  r = fmaf(r, f, -0.166663592f);
  r = fmaf(r, f, 0.199996697f);
  r = fmaf(r, f, -0.250000017f);
  r = fmaf(r, f, 0.333333352f);
  return fmaf(r, f, -0.5f);
}

// Logarithms of zero, infinity, negative numbers and NaN.
__device__ float ws_log_special(float x) {
  if (x == 0.0f) return __int_as_float(0xff800000);
  return x > 0.0f ? x : __int_as_float(0x7fffffff);
}

__device__ float logf(float x) {
  if (!(x > 0.0f && x < __int_as_float(0x7f800000))) return ws_log_special(x);
  float i = 0.0f;
  float a = x;
  if (a < 1.17549435e-38f) {
    a = a * 8388608.0f;
    i = -23.0f;
  }
  int e = ws_log_exponent(a);
  float f = __int_as_float(__float_as_int(a) - e) - 1.0f;
  i = fmaf((float)e, 1.1920929e-7f, i);
  float r = fmaf(ws_log_tail(f), f * f, f);
  return fmaf(i, 0.693147182f, r);
}

__device__ float log2f(float x) {
  if (!(x > 0.0f && x < __int_as_float(0x7f800000))) return ws_log_special(x);
  float i = 0.0f;
  float a = x;
  if (a < 1.17549435e-38f) {
    a = a * 8388608.0f;
    i = -23.0f;
  }
  int e = ws_log_exponent(a);
  float f = __int_as_float(__float_as_int(a) - e) - 1.0f;
  i = fmaf((float)e, 1.1920929e-7f, i);
  float tail = ws_log_tail(f) * (f * f);
  float high = f * 1.44269502f;
  float low = fmaf(f, 1.44269502f, -high);
  low = fmaf(f, 1.92596299e-8f, low);
  low = fmaf(tail, 1.44269504f, low);
  float sum = i + high;
  low = low + (high - (sum - i));
  return sum + low;
}

__device__ float log10f(float x) {
  if (!(x > 0.0f && x < __int_as_float(0x7f800000))) return ws_log_special(x);
  float i = 0.0f;
  float a = x;
  if (a < 1.17549435e-38f) {
    a = a * 8388608.0f;
    i = -23.0f;
  }
  int e = ws_log_exponent(a);
  float f = __int_as_float(__float_as_int(a) - e) - 1.0f;
  i = fmaf((float)e, 1.1920929e-7f, i);
  float tail = ws_log_tail(f) * (f * f);
  float high = f * 0.434294492f;
  float low = fmaf(f, 0.434294492f, -high);
  low = fmaf(f, -1.01032228e-8f, low);
  low = fmaf(tail, 0.434294482f, low);
  low = fmaf(i, 4.60503906e-6f, low);
  float base = i * 0.301025391f;  // exact: twelve bits
  float sum = base + high;
  low = low + (high - (sum - base));
  return sum + low;
}

__device__ float log1pf(float x) {
  if (!(x > -1.0f && x < __int_as_float(0x7f800000))) {
    return x == -1.0f ? __int_as_float(0xff800000) : ws_log_special(x);
  }
  float u = x + 1.0f;
  int e = (__float_as_int(u) - 0x3f2aaaab) & -8388608;
  float m = __int_as_float(__float_as_int(x) - e);  // x * 2^-e
  if (e == 0) m = x;
  float c = fmaf(0.25f, __int_as_float(0x40800000 - e), -1.0f);
  float f = m + c;
  float rest = f - c;
  float f_low = (c - (f - rest)) + (m - rest);
  float i = (float)e * 1.1920929e-7f;
  float r = fmaf(ws_log_tail(f), f * f, f_low) + f;
  r = fmaf(i, 0.693147182f, r);
  return x == 0.0f ? x : r;
}

// --- circular functions, float

// |x| reduced to [-pi/4, pi/4]; the quadrant is added to *quadrant. Payne and Hanek's method for
// |x| of at least 2^16: the bits of 1/(2 pi) that matter times the significand.
__device__ unsigned int ws_turn_word(int i) {
  if (i == 0) return 0u;
  if (i == 1) return 0x28be60dbu;
  if (i == 2) return 0x9391054au;
  if (i == 3) return 0x7f09d5f4u;
  if (i == 4) return 0x7d4d3770u;
  if (i == 5) return 0x36d8a566u;
  if (i == 6) return 0x4f10e410u;
  return 0x7f9458eau;
}

// The fraction of x / (2 pi) as a 64-bit fixed-point number.
__device__ unsigned long long ws_turn_fraction(float x) {
  int bits = __float_as_int(x) & 0x7fffffff;
  unsigned long long m = (unsigned long long)((bits & 0x007fffff) | 0x00800000);
  int start = (bits >> 23) - 127 + 9;
  int word = start >> 5;
  int shift = start & 31;
  unsigned long long w0 = ws_turn_word(word);
  unsigned long long w1 = ws_turn_word(word + 1);
  unsigned long long w2 = ws_turn_word(word + 2);
  unsigned long long w3 = ws_turn_word(word + 3);
  unsigned long long high = (w0 << 32) | w1;
  unsigned long long low = (w2 << 32) | w3;
  if (shift > 0) {
    high = (high << shift) | (low >> (64 - shift));
    low = low << shift;
  }
  unsigned long long p = m * high + ((m * (low >> 32)) >> 32);
  return x < 0.0f ? 0ull - p : p;
}

__device__ float ws_reduce_large(float x) {
  unsigned long long p = ws_turn_fraction(x);
  unsigned long long q = (p + (1ull << 61)) >> 62;
  long long r = (long long)(p - (q << 62));
  return (float)((double)r * 3.4061215800556594e-19);  // 2 pi / 2^64
}

__device__ int ws_quadrant_large(float x) {
  return (int)((ws_turn_fraction(x) + (1ull << 61)) >> 62);
}

__device__ float ws_sin_poly(float a) {
  float s = a * a;
  float r = 2.86567956e-6f;
  r = fmaf(r, s, -1.98559923e-4f);
  r = fmaf(r, s, 8.33338592e-3f);
  r = fmaf(r, s, -1.66666672e-1f);
  return fmaf(r, a * s, a);
}

__device__ float ws_cos_poly(float a) {
  float s = a * a;
  float r = 2.44677067e-5f;
  r = fmaf(r, s, -1.38877297e-3f);
  r = fmaf(r, s, 4.16666567e-2f);
  r = fmaf(r, s, -0.5f);
  return fmaf(r, s, 1.0f);
}

// Small arguments: Cody and Waite with pi/2 in three parts.
__device__ float ws_reduce_small(float x, float k) {
  float r = fmaf(k, -1.57079601e+00f, x);
  r = fmaf(k, -3.13916473e-07f, r);
  return fmaf(k, -5.39030253e-15f, r);
}

__device__ float sinf(float x) {
  float magnitude = fabsf(x);
  if (!(magnitude < __int_as_float(0x7f800000))) return __int_as_float(0x7fffffff);
  float r;
  int k;
  if (magnitude < 65536.0f) {
    float t = fmaf(x, 0.636619747f, 12582912.0f);
    k = __float_as_int(t);
    r = ws_reduce_small(x, t - 12582912.0f);
  } else {
    r = ws_reduce_large(x);
    k = ws_quadrant_large(x);
  }
  float s = (k & 1) ? ws_cos_poly(r) : ws_sin_poly(r);
  s = (k & 2) ? -s : s;
  return x == 0.0f ? x : s;
}

__device__ float cosf(float x) {
  float magnitude = fabsf(x);
  if (!(magnitude < __int_as_float(0x7f800000))) return __int_as_float(0x7fffffff);
  float r;
  int k;
  if (magnitude < 65536.0f) {
    float t = fmaf(x, 0.636619747f, 12582912.0f);
    k = __float_as_int(t);
    r = ws_reduce_small(x, t - 12582912.0f);
  } else {
    r = ws_reduce_large(x);
    k = ws_quadrant_large(x);
  }
  float s = (k & 1) ? ws_sin_poly(r) : ws_cos_poly(r);
  return ((k + 1) & 2) ? -s : s;
}

__device__ float tanf(float x) {
  float magnitude = fabsf(x);
  if (!(magnitude < __int_as_float(0x7f800000))) return __int_as_float(0x7fffffff);
  float r;
  int k;
  if (magnitude < 65536.0f) {
    float t = fmaf(x, 0.636619747f, 12582912.0f);
    k = __float_as_int(t);
    r = ws_reduce_small(x, t - 12582912.0f);
  } else {
    r = ws_reduce_large(x);
    k = ws_quadrant_large(x);
  }
  float s = ws_sin_poly(r);
  float c = ws_cos_poly(r);
  float t = (k & 1) ? -c / s : s / c;
  return x == 0.0f ? x : t;
}

// --- hyperbolic functions, float

__device__ float tanhf(float x) {
  float a = fabsf(x);
  float r;
  if (a < 0.55f) {
    float s = a * a;
    r = -0.00661022782f;
    r = fmaf(r, s, 0.0213093887f);
    r = fmaf(r, s, -0.0539094288f);
    r = fmaf(r, s, 0.133331137f);
    r = fmaf(r, s, -0.33333332f);
    r = fmaf(r * s, a, a);
  } else {
    float e = ws_exp_shifted(a + a, 0);
    r = 1.0f - 2.0f / (e + 1.0f);
  }
  return __int_as_float(__float_as_int(r) | (__float_as_int(x) & 0x80000000));
}

__device__ float sinhf(float x) {
  float a = fabsf(x);
  float r;
  if (a < 1.0f) {
    float s = a * a;
    r = 2.80628026e-6f;
    r = fmaf(r, s, 0.00019838102f);
    r = fmaf(r, s, 0.00833333968f);
    r = fmaf(r, s, 0.166666666f);
    r = fmaf(r * s, a, a);
  } else {
    float e = ws_exp_shifted(a, -1);
    r = e - 0.25f / e;
  }
  return __int_as_float(__float_as_int(r) | (__float_as_int(x) & 0x80000000));
}

__device__ float coshf(float x) {
  float e = ws_exp_shifted(fabsf(x), -1);
  return e + 0.25f / e;
}

// --- the error function, float

__device__ float erff(float x) {
  float t = fabsf(x);
  float s = x * x;
  float r;
  if (t > 0.921875f) {
    r = fmaf(-1.72853470e-5f, t, 3.83197126e-4f);
    float u = fmaf(-3.88396438e-3f, t, 2.42546219e-2f);
    r = fmaf(r, s, u);
    r = fmaf(r, t, -1.06777877e-1f);
    r = fmaf(r, t, -6.34846687e-1f);
    r = fmaf(r, t, -1.28717512e-1f);
    r = fmaf(r, t, -t);
    r = t > 4.0f ? 1.0f : 1.0f - ws_exp_shifted(r, 0);
    r = __int_as_float(__float_as_int(r) | (__float_as_int(x) & 0x80000000));
  } else {
    r = -5.96761703e-4f;
    r = fmaf(r, s, 4.99119423e-3f);
    r = fmaf(r, s, -2.67681349e-2f);
    r = fmaf(r, s, 1.12819925e-1f);
    r = fmaf(r, s, -3.76125336e-1f);
    r = fmaf(r, s, 1.28379166e-1f);
    r = fmaf(r, x, x);
  }
  return r;
}

// --- remainder

// Exact: the significand of x is shifted up in pieces and reduced modulo that of y.
__device__ float fmodf(float x, float y) {
  int sign = __float_as_int(x) & 0x80000000;
  int ax = __float_as_int(x) & 0x7fffffff;
  int ay = __float_as_int(y) & 0x7fffffff;
  if (ax >= 0x7f800000 || ay > 0x7f800000 || ay == 0) return __int_as_float(0x7fffffff);
  if (ax < ay) return x;
  int ex = ax >> 23;
  int ey = ay >> 23;
  unsigned long long mx = (unsigned long long)(ax & 0x007fffff);
  unsigned long long my = (unsigned long long)(ay & 0x007fffff);
  if (ex == 0) {
    ex = 1;
  } else {
    mx = mx | 0x00800000ull;
  }
  if (ey == 0) {
    ey = 1;
  } else {
    my = my | 0x00800000ull;
  }
  int distance = ex - ey;
  unsigned long long r = mx % my;
  while (distance > 0) {
    int step = distance > 38 ? 38 : distance;
    r = (r << step) % my;
    distance = distance - step;
  }
  if (r == 0ull) return __int_as_float(sign);
  int e = ey;
  while (r < 0x00800000ull && e > 1) {
    r = r << 1;
    e = e - 1;
  }
  int bits = (int)(unsigned int)r;
  if (r >= 0x00800000ull) bits = (bits & 0x007fffff) | (e << 23);
  return __int_as_float(bits | sign);
}
