// Circular functions in double, those of multiples of pi, and inverse circular functions.

// --- reduction by pi / 2

// 64-bit words of 2 / pi after a word of zeros.
__device__ unsigned long long ws_pi_word(int i) {
  if (i < 8) {
    if (i == 0) return 0ull;
    if (i == 1) return 0xa2f9836e4e441529ull;
    if (i == 2) return 0xfc2757d1f534ddc0ull;
    if (i == 3) return 0xdb6295993c439041ull;
    if (i == 4) return 0xfe5163abdebbc561ull;
    if (i == 5) return 0xb7246e3a424dd2e0ull;
    if (i == 6) return 0x06492eea09d1921cull;
    return 0xfe1deb1cb129a73eull;
  }
  if (i < 14) {
    if (i == 8) return 0xe88235f52ebb4484ull;
    if (i == 9) return 0xe99c7026b45f7e41ull;
    if (i == 10) return 0x3991d639835339f4ull;
    if (i == 11) return 0x9c845f8bbdf9283bull;
    if (i == 12) return 0x1ff897ffde05980full;
    return 0xef2f118b5a0a6d1full;
  }
  if (i == 14) return 0x6d367ecf27cb09b7ull;
  if (i == 15) return 0x4f463f669e5fea2dull;
  if (i == 16) return 0x7527bac7ebe5f17bull;
  if (i == 17) return 0x3d0739f78a5292eaull;
  if (i == 18) return 0x6bfb5fb11f8d5d08ull;
  return 0x56033046fc7b6babull;
}
__device__ unsigned long long ws_pi_bits(int start) {
  int word = start >> 6;
  int shift = start & 63;
  unsigned long long high = ws_pi_word(word);
  return shift == 0 ? high : (high << shift) | (ws_pi_word(word + 1) >> (64 - shift));
}

// |x| 2 / pi modulo 4 in units of 2^-126, the upper or the lower word (Payne and Hanek); |x| is at
// least 2^29.
__device__ unsigned long long ws_turns(double x, int lower) {
  long long bits = __double_as_longlong(x) & 0x7fffffffffffffffll;
  unsigned long long m =
      (unsigned long long)((bits & 0x000fffffffffffffll) | 0x0010000000000000ll);
  int start = (int)(bits >> 52) - 1075 - 2 + 64;
  unsigned long long d1 = ws_pi_bits(start + 64);
  unsigned long long d2 = ws_pi_bits(start + 128);
  unsigned long long mid = m * d1;
  unsigned long long carry = __umul64hi(m, d2);
  unsigned long long low = mid + carry;
  if (lower) return low;
  return m * ws_pi_bits(start) + __umul64hi(m, d1) + (low < mid ? 1ull : 0ull);
}

// What a whole number of quarter turns leaves of |x|, at least 2^29: the result, or the part of it
// that a double loses.
__device__ double ws_reduce_turns(unsigned long long high, unsigned long long low, int lost) {
  high = high - (((high + 0x2000000000000000ull) >> 62) << 62);
  int negative = (high >> 63) != 0ull;
  if (negative) {
    high = ~high + (low == 0ull ? 1ull : 0ull);
    low = 0ull - low;
  }
  int shift = high == 0ull ? 64 : __clzll((long long)high);
  if (shift == 64) {
    high = low;
    low = 0ull;
  } else if (shift > 0) {
    high = (high << shift) | (low >> (64 - shift));
    low = low << shift;
  }
  double unit = __longlong_as_double((long long)(1023 - 62 - shift) << 52);
  double a = (double)(high >> 11) * 2048.0 * unit;
  double b = (double)(((high & 2047ull) << 42) | (low >> 22)) * (unit * 2.2737367544323206e-13);
  double r = a * 1.5707963267948966;
  double rest = fma(a, 1.5707963267948966, -r) + fma(a, 6.123233995736766e-17,
                                                     b * 1.5707963267948966);
  double sum = r + rest;
  double result = lost ? rest - (sum - r) : sum;
  return negative ? -result : result;
}

// --- sine, cosine and tangent

// Of r + low, |r| at most pi / 4.
__device__ double ws_sin_form(double r, double low) {
  double z = r * r;
  double q = -7.586692262094344e-13;
  q = fma(q, z, 1.6058531536611833e-10);
  q = fma(q, z, -2.5052106231927857e-08);
  q = fma(q, z, 2.7557319219337672e-06);
  q = fma(q, z, -0.00019841269841265063);
  q = fma(q, z, 0.008333333333333331);
  q = fma(q, z, -0.16666666666666666);
  return r + fma(q, z * r, low * fma(-0.5, z, 1.0));
}
__device__ double ws_cos_form(double r, double low) {
  double z = r * r;
  double q = 4.7458692024108734e-14;
  q = fma(q, z, -1.1470460841811526e-11);
  q = fma(q, z, 2.087675579079147e-09);
  q = fma(q, z, -2.7557319221401993e-07);
  q = fma(q, z, 2.4801587301584645e-05);
  q = fma(q, z, -0.0013888888888888887);
  q = fma(q, z, 0.041666666666666664);
  double h = 0.5 * z;
  double w = 1.0 - h;
  return w + (((1.0 - w) - h) + fma(q, z * z, -r * low));
}

// The sine (what = 0), cosine (1) or tangent (2).
__device__ double ws_circular(double x, int what) {
  double a = fabs(x);
  if (!(a < __longlong_as_double(0x7ff0000000000000ll))) {
    return __longlong_as_double(0x7ff8000000000000ll);
  }
  double r;
  double low;
  int k;
  if (a < 1073741824.0) {
    double t = fma(x, 0.6366197723675814, 6755399441055744.0);
    k = (int)__double_as_longlong(t);
    t = t - 6755399441055744.0;
    double y = fma(t, -1.5707963267948966, x);  // exact
    double p = t * 6.123233995736766e-17;
    r = y - p;
    double b = r - y;
    low = ((y - (r - b)) - (p + b)) - fma(t, 6.123233995736766e-17, -p);
    low = fma(t, 1.4973849048591698e-33, low);
  } else {
    unsigned long long turns = ws_turns(x, 0);
    unsigned long long rest = ws_turns(x, 1);
    k = (int)((turns + 0x2000000000000000ull) >> 62);
    r = ws_reduce_turns(turns, rest, 0);
    low = ws_reduce_turns(turns, rest, 1);
    if (x < 0.0) {
      r = -r;
      low = -low;
      k = -k;
    }
  }
  if (what == 2) {
    double s = ws_sin_form(r, low);
    double c = ws_cos_form(r, low);
    return (k & 1) ? -c / s : s / c;
  }
  k = k + what;
  double f = (k & 1) ? ws_cos_form(r, low) : ws_sin_form(r, low);
  return (k & 2) ? -f : f;
}

__device__ double sin(double x) { return x == 0.0 ? x : ws_circular(x, 0); }
__device__ double cos(double x) { return ws_circular(x, 1); }
__device__ double tan(double x) { return x == 0.0 ? x : ws_circular(x, 2); }

// The sine or cosine of pi x.
__device__ double ws_circular_pi(double x, int what) {
  if (!(fabs(x) < __longlong_as_double(0x7ff0000000000000ll))) {
    return __longlong_as_double(0x7ff8000000000000ll);
  }
  double y = fabs(x) < 9007199254740992.0 ? x : 0.0;  // beyond, all are even
  double n = rint(y + y);
  double t = fma(n, -0.5, y);
  int k = (int)(unsigned int)(unsigned long long)(long long)n + what;
  double r = t * 3.141592653589793;
  double low = fma(t, 3.141592653589793, -r) + t * 1.2246467991473532e-16;
  double f = (k & 1) ? ws_cos_form(r, low) : ws_sin_form(r, low);
  return (k & 2) ? -f : f;
}
__device__ double sinpi(double x) {
  double r = ws_circular_pi(x, 0);
  return r == 0.0 ? copysign(r, x) : r;
}
__device__ double cospi(double x) { return ws_circular_pi(x, 1) + 0.0; }
__device__ float sinpif(float x) { return (float)sinpi((double)x); }
__device__ float cospif(float x) { return (float)cospi((double)x); }

// --- inverse circular functions

// asin(a) = a + a z ws_asin_tail(z), z = a^2 at most 1/4.
__device__ double ws_asin_tail(double z) {
  double q = 0.02877844261259304;
  q = fma(q, z, -0.014881409392818066);
  q = fma(q, z, 0.017419357964884856);
  q = fma(q, z, 0.00545087818772055);
  q = fma(q, z, 0.010324318288744113);
  q = fma(q, z, 0.011478952690257387);
  q = fma(q, z, 0.013971235301124539);
  q = fma(q, z, 0.017352391265909227);
  q = fma(q, z, 0.022372173002005596);
  q = fma(q, z, 0.030381944137085216);
  q = fma(q, z, 0.04464285714637338);
  q = fma(q, z, 0.07499999999998425);
  q = fma(q, z, 0.16666666666666669);
  return q;
}

__device__ double asin(double x) {
  double a = fabs(x);
  if (!(a <= 1.0)) return __longlong_as_double(0x7ff8000000000000ll);
  double r;
  if (a < 0.5) {
    double z = a * a;
    r = fma(ws_asin_tail(z) * z, a, a);
  } else {  // pi/2 - 2 asin(sqrt((1 - a) / 2))
    double z = 0.5 * (1.0 - a);
    double s = sqrt(z);
    double s_low = s > 0.0 ? fma(-s, s, z) / (s + s) : 0.0;
    double w = fma(ws_asin_tail(z) * z, s, s_low);
    double v = 1.5707963267948966 - (s + s);
    double rest = (1.5707963267948966 - v) - (s + s);
    r = v + ((rest + 6.123233995736766e-17) - (w + w));
  }
  return copysign(r, x);
}

__device__ double acos(double x) {
  double a = fabs(x);
  if (!(a <= 1.0)) return __longlong_as_double(0x7ff8000000000000ll);
  if (a < 0.5) {
    double z = x * x;
    double v = 1.5707963267948966 - x;
    double rest = (1.5707963267948966 - v) - x;
    return v + ((rest + 6.123233995736766e-17) - ws_asin_tail(z) * z * x);
  }
  double z = 0.5 * (1.0 - a);
  double s = sqrt(z);
  double s_low = s > 0.0 ? fma(-s, s, z) / (s + s) : 0.0;
  double w = fma(ws_asin_tail(z) * z, s, s_low);
  if (x > 0.0) return 2.0 * (s + w);
  double v = 3.141592653589793 - (s + s);
  double rest = (3.141592653589793 - v) - (s + s);
  return v + ((rest + 1.2246467991473532e-16) - (w + w));
}

// The arc tangent of t in [0, 1].
__device__ double ws_atan_form(double t) {
  double z = t * t;
  double q = 1.806195461861215e-05;
  q = fma(q, z, -0.00019996189377901382);
  q = fma(q, z, 0.0010496035084968515);
  q = fma(q, z, -0.0034958859739163094);
  q = fma(q, z, 0.008368931178450162);
  q = fma(q, z, -0.015535152475414177);
  q = fma(q, z, 0.023696731580048622);
  q = fma(q, z, -0.031277189066996385);
  q = fma(q, z, 0.03749486812535247);
  q = fma(q, z, -0.04260356632601652);
  q = fma(q, z, 0.04737749579527779);
  q = fma(q, z, -0.052579733342841106);
  q = fma(q, z, 0.05881506877793656);
  q = fma(q, z, -0.06666564699289104);
  q = fma(q, z, 0.07692298971033217);
  q = fma(q, z, -0.09090908590891934);
  q = fma(q, z, 0.11111111093490827);
  q = fma(q, z, -0.14285714285384132);
  q = fma(q, z, 0.1999999999999753);
  q = fma(q, z, -0.3333333333333333);
  return fma(q * z, t, t);
}

__device__ double atan(double x) {
  double a = fabs(x);
  if (!(a == a)) return x + x;
  double r = ws_atan_form(a > 1.0 ? 1.0 / a : a);
  if (a > 1.0) r = 1.5707963267948966 - (r - 6.123233995736766e-17);
  return copysign(r, x);
}

__device__ double atan2(double y, double x) {
  if (!(x == x) || !(y == y)) return x + y;
  double a = fabs(x);
  double b = fabs(y);
  double most = a > b ? a : b;
  double t = (a > b ? b : a) / most;
  if (a == b) t = a == 0.0 ? 0.0 : 1.0;
  double r = ws_atan_form(t);
  int left = __double_as_longlong(x) < 0ll;
  if (b > a) {
    r = left ? r : -r;
    r = 1.5707963267948966 + (r + 6.123233995736766e-17);
  } else if (left) {
    r = 3.141592653589793 - (r - 1.2246467991473532e-16);
  }
  return copysign(r, y);
}

__device__ float asinf(float x) { return (float)asin((double)x); }
__device__ float acosf(float x) { return (float)acos((double)x); }
__device__ float atanf(float x) { return (float)atan((double)x); }
__device__ float atan2f(float y, float x) { return (float)atan2((double)y, (double)x); }
