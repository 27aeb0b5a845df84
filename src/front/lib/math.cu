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

// --- double precision

// 2^n for n in [-2044, 2046], in two factors so that subnormal results round once.
__device__ double ws_scale_double(double p, int n) {
  int low = n >> 1;
  p = p * __longlong_as_double((long long)(low + 1023) << 52);
  return p * __longlong_as_double((long long)(n - low + 1023) << 52);
}

// e^r - 1 for |r| at most log(2) / 2.
__device__ double ws_expm1_poly(double r) {
  double q = 2.09147553258932022e-9;
  q = fma(q, r, 2.51053127296221018e-8);
  q = fma(q, r, 2.75572734787185805e-7);
  q = fma(q, r, 2.75572551700008874e-6);
  q = fma(q, r, 2.48015873256774619e-5);
  q = fma(q, r, 1.98412698750022788e-4);
  q = fma(q, r, 1.38888888888837112e-3);
  q = fma(q, r, 8.33333333332608312e-3);
  q = fma(q, r, 4.16666666666666698e-2);
  q = fma(q, r, 1.6666666666666671e-1);
  q = fma(q, r, 0.5);
  return fma(q * r, r, r);
}

// e^(x + low) for |low| tiny beside x.
__device__ double ws_exp_sum(double x, double low) {
  double c = x > 720.0 ? 720.0 : x;
  c = c < -760.0 ? -760.0 : c;
  if (!(x == x)) return x;
  double t = fma(c, 1.4426950408889634, 6755399441055744.0);
  int n = (int)__double_as_longlong(t);
  t = t - 6755399441055744.0;
  double r = fma(t, -6.93147180369123816490e-01, c);
  r = fma(t, -1.90821492927058770002e-10, r);
  return ws_scale_double(ws_expm1_poly(r + low) + 1.0, n);
}

__device__ double exp(double x) { return ws_exp_sum(x, 0.0); }

// fdlibm's method: log(1 + f) through s = f / (2 + f).
__device__ double log(double x) {
  if (!(x > 0.0 && x < __longlong_as_double(0x7ff0000000000000ll))) {
    if (x == 0.0) return __longlong_as_double((long long)0xfff0000000000000ull);
    return x > 0.0 ? x : __longlong_as_double(0x7ff8000000000000ll);
  }
  double a = x;
  int k = 0;
  if (a < 2.2250738585072014e-308) {
    a = a * 18014398509481984.0;  // 2^54
    k = -54;
  }
  long long bits = __double_as_longlong(a) - 0x3fe6a09e667f3bcdll;  // sqrt(1/2)
  k = k + (int)(bits >> 52);
  double m = __longlong_as_double((bits & 0x000fffffffffffffll) + 0x3fe6a09e667f3bcdll);
  double f = m - 1.0;
  double s = f / (2.0 + f);
  double z = s * s;
  double w = z * z;
  double t1 = w * fma(w, fma(w, 1.531383769920937332e-01, 2.222219843214978396e-01),
                      3.999999999940941908e-01);
  double t2 = z * fma(w, fma(w, fma(w, 1.479819860511658591e-01, 1.818357216161805012e-01),
                             2.857142874366239149e-01),
                      6.666666666666735130e-01);
  double r = t1 + t2;
  double hfsq = 0.5 * f * f;
  double dk = (double)k;
  return dk * 6.93147180369123816490e-01 -
         ((hfsq - (s * (hfsq + r) + dk * 1.90821492927058770002e-10)) - f);
}

__device__ double tanh(double x) {
  double a = fabs(x);
  double r;
  if (a < 0.55) {
    double s = a * a;
    r = 7.87427434515847429e-6;
    r = fma(r, s, -3.37208011201393295e-5);
    r = fma(r, s, 9.4551330529003341e-5);
    r = fma(r, s, -2.38472724801419338e-4);
    r = fma(r, s, 5.89905296949244595e-4);
    r = fma(r, s, -1.45581909715134614e-3);
    r = fma(r, s, 3.59212676996263412e-3);
    r = fma(r, s, -8.86323546314680003e-3);
    r = fma(r, s, 2.18694885340739077e-2);
    r = fma(r, s, -5.39682539682203745e-2);
    r = fma(r, s, 1.33333333333333121e-1);
    r = fma(r, s, -3.33333333333333333e-1);
    r = fma(r * s, a, a);
  } else {
    // 1 - 2 / (e^2a + 1), with the low parts carried along
    double c = a > 20.0 ? 20.0 : a;
    double t = fma(c + c, 1.4426950408889634, 6755399441055744.0);
    int n = (int)__double_as_longlong(t);
    t = t - 6755399441055744.0;
    double f = fma(t, -6.93147180369123816490e-01, c + c);
    double m = ws_expm1_poly(fma(t, -1.90821492927058770002e-10, f));
    double p = m + 1.0;
    double e = ws_scale_double(p, n);
    double e_low = ws_scale_double(m - (p - 1.0), n);
    double d = e + 1.0;
    double d_low = (1.0 - (d - e)) + e_low;
    double q = 2.0 / d;
    double q_low = (fma(-q, d, 2.0) - q * d_low) / d;
    r = 1.0 - q;
    r = r + (((1.0 - r) - q) - q_low);
    r = a == a ? r : a;
  }
  return __longlong_as_double(__double_as_longlong(r) |
                              (__double_as_longlong(x) & (long long)0x8000000000000000ull));
}

__device__ double erf(double x) {
  double a = fabs(x);
  double r;
  if (a < 1.0) {
    double s = a * a;
    r = -4.23094582427538063e-12;
    r = fma(r, s, 8.70904512903962783e-11);
    r = fma(r, s, -1.21645600572794039e-9);
    r = fma(r, s, 1.47924012094041016e-8);
    r = fma(r, s, -1.63646421581675341e-7);
    r = fma(r, s, 1.64620454414684126e-6);
    r = fma(r, s, -1.49256475675193318e-5);
    r = fma(r, s, 1.20553329028887354e-4);
    r = fma(r, s, -8.5483270219348296e-4);
    r = fma(r, s, 5.22397762542329831e-3);
    r = fma(r, s, -2.68661706451298408e-2);
    r = fma(r, s, 1.12837916709551202e-1);
    r = fma(r, s, -3.76126389031837524e-1);
    r = fma(r, s, 1.28379167095512574e-1);
    r = fma(r, a, a);
  } else {
    double c = a > 6.0 ? 6.0 : a;  // beyond, 1 is the nearest double
    double t = (c - 2.5) / (c + 2.5);
    double q = 2.38171909549095075e-8;
    q = fma(q, t, 4.28251733618162853e-7);
    q = fma(q, t, 5.1819424677035887e-7);
    q = fma(q, t, -1.5436009856378387e-6);
    q = fma(q, t, -4.21181986746568358e-6);
    q = fma(q, t, 2.59862887759794858e-6);
    q = fma(q, t, 2.26978421145705811e-5);
    q = fma(q, t, 6.2678512673060951e-6);
    q = fma(q, t, -1.13522048616056221e-4);
    q = fma(q, t, -8.84794814689028185e-5);
    q = fma(q, t, 6.32124306066163785e-4);
    q = fma(q, t, 4.91865835764954449e-4);
    q = fma(q, t, -4.38207833786724726e-3);
    q = fma(q, t, 9.31892816008780036e-4);
    q = fma(q, t, 3.2760893268559603e-2);
    q = fma(q, t, -1.02967056038532312e-1);
    q = fma(q, t, 1.57629919023220517e-1);
    q = fma(q, t, -9.90245395736022527e-2);
    q = fma(q, t, -1.22356763082404313e-1);
    q = fma(q, t, 1.26483818436686148);
    double s = c * c;
    double low = fma(c, c, -s);
    r = 1.0 - ws_exp_sum(-s, -low) * q / (1.0 + 2.0 * c);
    r = a == a ? r : a;
  }
  return __longlong_as_double(__double_as_longlong(r) |
                              (__double_as_longlong(x) & (long long)0x8000000000000000ull));
}

// --- powers

// Of y as an exponent: 0 no integer, 1 odd, 2 even.
__device__ int ws_parity(double y) {
  double a = fabs(y);
  if (a >= 9007199254740992.0) return 2;
  long long i = (long long)a;
  if ((double)i != a) return 0;
  return (i & 1ll) != 0ll ? 1 : 2;
}

// x^y where x or y is zero, one, infinite or NaN, or x is negative without y being an integer.
// Returns whether it is such a case in the sign of a second call; see pow.
__device__ int ws_pow_is_special(double x, double y) {
  double inf = __longlong_as_double(0x7ff0000000000000ll);
  if (x == 1.0 || y == 0.0 || !(x == x) || !(y == y)) return 1;
  if (x == 0.0 || fabs(x) == inf || fabs(y) == inf) return 1;
  return x < 0.0 && ws_parity(y) == 0 ? 1 : 0;
}

__device__ double ws_pow_special(double x, double y) {
  double inf = __longlong_as_double(0x7ff0000000000000ll);
  double nan = __longlong_as_double(0x7ff8000000000000ll);
  if (x == 1.0 || y == 0.0) return 1.0;
  if (!(x == x) || !(y == y)) return nan;
  double a = fabs(x);
  if (fabs(y) == inf) {
    if (a == 1.0) return 1.0;
    return (a > 1.0) == (y > 0.0) ? inf : 0.0;
  }
  if (a == 0.0 || a == inf) {
    double r = (a == 0.0) == (y > 0.0) ? 0.0 : inf;
    int negative = __double_as_longlong(x) < 0ll && ws_parity(y) == 1;
    return negative ? -r : r;
  }
  return nan;
}

// The logarithm to about 2^-64, as a sum of two doubles, then one exponential.
__device__ double pow(double x, double y) {
  if (ws_pow_is_special(x, y)) return ws_pow_special(x, y);
  double a = fabs(x);
  int k = 0;
  if (a < 2.2250738585072014e-308) {
    a = a * 18014398509481984.0;
    k = -54;
  }
  long long bits = __double_as_longlong(a) - 0x3fe6a09e667f3bcdll;
  k = k + (int)(bits >> 52);
  double m = __longlong_as_double((bits & 0x000fffffffffffffll) + 0x3fe6a09e667f3bcdll);
  double f = m - 1.0;
  double d = m + 1.0;
  double d_low = m - (d - 1.0);
  double s = f / d;
  double s_low = (fma(-s, d, f) - s * d_low) / d;
  // log(m) = 2 s + s z (2/3 + z q), z = s^2
  double z = s * s;
  double z_low = fma(s, s, -z) + 2.0 * s * s_low;
  double q = 0.0740740740740740741;
  q = fma(q, z, 0.08);
  q = fma(q, z, 0.0869565217391304348);
  q = fma(q, z, 0.0952380952380952381);
  q = fma(q, z, 0.105263157894736842);
  q = fma(q, z, 0.117647058823529412);
  q = fma(q, z, 0.133333333333333333);
  q = fma(q, z, 0.153846153846153846);
  q = fma(q, z, 0.181818181818181818);
  q = fma(q, z, 0.222222222222222222);
  q = fma(q, z, 0.285714285714285714);
  q = fma(q, z, 0.4);
  q = q * z;
  double c = 0.66666666666666663 + q;
  double c_low = (q - (c - 0.66666666666666663)) + 3.7007434154171884e-17;
  double p = z * c;
  double p_low = fma(z, c, -p) + (z * c_low + z_low * c);
  double u = s * p;
  double u_low = fma(s, p, -u) + (s * p_low + s_low * p);
  double s2 = s + s;
  double h = s2 + u;
  double h_low = (u - (h - s2)) + (u_low + (s_low + s_low));
  // + k log(2), whose leading part times k is exact
  double dk = (double)k;
  double base = dk * 6.93147180369123816490e-01;
  double l = base + h;
  double b = l - base;
  double l_low = ((base - (l - b)) + (h - b)) + (h_low + dk * 1.90821492927058770002e-10);
  double t = l + l_low;
  l_low = l_low - (t - l);
  l = t;
  double e = y * l;
  double e_low = fma(y, l, -e) + y * l_low;
  if (!(fabs(e) < 800.0)) e_low = 0.0;
  double r = ws_exp_sum(e, e_low);
  return x < 0.0 && ws_parity(y) == 1 ? -r : r;
}

// Through double: half a unit and a little.
__device__ float powf(float x, float y) {
  double dx = (double)x;
  double dy = (double)y;
  if (ws_pow_is_special(dx, dy)) return (float)ws_pow_special(dx, dy);
  double r = ws_exp_sum(dy * log(fabs(dx)), 0.0);
  return (float)(dx < 0.0 && ws_parity(dy) == 1 ? -r : r);
}
