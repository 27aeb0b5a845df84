// Exponentials, logarithms, hyperbolic functions and the error function in double. A value is carried as a sum of two
// doubles up to the last rounding where CUDA's bound is one unit in the last place.

// --- e^x, log, tanh and erf

// 2^n for n in [-2044, 2046], in two factors so that subnormal results round once.
__device__ double ws_scale_double(double p, int n) {
  int low = n >> 1;
  p = p * __longlong_as_double((long long)(low + 1023) << 52);
  return p * __longlong_as_double((long long)(n - low + 1023) << 52);
}

// (e^r - 1 - r) / r^2 for |r| at most log(2) / 2.
__device__ double ws_exp_quotient(double r) {
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
  return q;
}

// e^r - 1 in the same range.
__device__ double ws_expm1_poly(double r) { return fma(ws_exp_quotient(r) * r, r, r); }

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

// --- further exponentials

// e^r - 1 - r in the range of ws_exp_quotient.
__device__ double ws_exp_tail(double r) { return ws_exp_quotient(r) * r * r; }

// 2^n e^(r + low) for |low| below 2^-53.
__device__ double ws_exp_form(double r, double low, int n) {
  return ws_scale_double(1.0 + (r + (ws_exp_tail(r) + low)), n);
}

__device__ double exp2(double x) {
  if (!(x == x)) return x + x;
  double c = x > 1100.0 ? 1100.0 : x;
  c = c < -1200.0 ? -1200.0 : c;
  double t = c + 6755399441055744.0;
  int n = (int)__double_as_longlong(t);
  double f = c - (t - 6755399441055744.0);
  double r = f * 0.6931471805599453;
  double low = fma(f, 0.6931471805599453, -r) + f * 2.3190468138462996e-17;
  return ws_exp_form(r, low, n);
}

__device__ double exp10(double x) {
  if (!(x == x)) return x + x;
  double c = x > 330.0 ? 330.0 : x;
  c = c < -360.0 ? -360.0 : c;
  double t = fma(c, 3.321928094887362, 6755399441055744.0);
  int n = (int)__double_as_longlong(t);
  t = t - 6755399441055744.0;
  double f = fma(t, -0.30102999554947019, c);  // log10(2) in parts; exact
  double g = t * 1.1451100898021838e-10;
  double r = (f - g) * 2.302585092994046;
  double low = fma(f - g, 2.302585092994046, -r) + f * -2.1707562233822494e-16;
  low = fma((f - (f - g)) - g, 2.302585092994046, low);
  return ws_exp_form(r, low, n);
}

__device__ float exp10f(float x) { return (float)exp10((double)x); }

__device__ double expm1(double x) {
  if (!(x == x)) return x + x;
  if (x == 0.0) return x;
  if (fabs(x) < 0.3) return x + ws_exp_tail(x);
  double c = x > 720.0 ? 720.0 : x;
  c = c < -50.0 ? -50.0 : c;
  double t = fma(c, 1.4426950408889634, 6755399441055744.0);
  int n = (int)__double_as_longlong(t);
  t = t - 6755399441055744.0;
  double r = fma(t, -6.93147180369123816490e-01, c);
  double low = t * -1.90821492927058770002e-10;
  double s = __longlong_as_double((long long)((n > 1024 ? 1024 : n) + 1022) << 52);  // 2^(n - 1)
  double high = r + low;
  low = low - (high - r);
  // 2^(n-1) (1 + high) - 1/2 without error, then the rest
  double base = s - 0.5;
  double u = high * s;
  double v = base + u;
  double b = v - base;
  double rest = (base - (v - b)) + (u - b);
  double half = v + fma(ws_exp_tail(high) + low * (1.0 + high), s, rest);
  return n > 1024 ? __longlong_as_double(0x7ff0000000000000ll) : half + half;
}

// --- further hyperbolic functions

// (e^a + sign e^-a) / 2 for a of at least 0.3, the exponential as a sum of two doubles.
__device__ double ws_cosh_form(double a, double sign) {
  if (!(a < 711.0)) return a + __longlong_as_double(0x7ff0000000000000ll);
  double t = fma(a, 1.4426950408889634, 6755399441055744.0);
  int n = (int)__double_as_longlong(t) - 1;
  t = t - 6755399441055744.0;
  double f = fma(t, -6.93147180369123816490e-01, a);
  double g = t * -1.90821492927058770002e-10;
  double r = f + g;
  double low = g - (r - f);
  double s = ws_exp_tail(r);
  double m = r + s;
  low = ((r - m) + s) + fma(low, r, low);
  double high = 1.0 + m;
  double rest = ((1.0 - high) + m) + low;
  double e = ws_scale_double(high, n);
  double e_low = ws_scale_double(rest, n);
  double result = e + fma(sign, 0.25 / e, e_low);
  return e < 1e308 ? result : e;
}

__device__ double sinh(double x) {
  double a = fabs(x);
  double r;
  if (a < 1.0) {
    double z = a * a;
    double q = 2.8445264169895285e-15;
    q = fma(q, z, 7.646625361656657e-13);
    q = fma(q, z, 1.6059048396350562e-10);
    q = fma(q, z, 2.505210836405804e-08);
    q = fma(q, z, 2.755731922404034e-06);
    q = fma(q, z, 0.00019841269841269773);
    q = fma(q, z, 0.008333333333333333);
    q = fma(q, z, 0.16666666666666666);
    r = fma(q * z, a, a);
  } else {
    r = ws_cosh_form(a, -1.0);
  }
  return copysign(r, x);
}

__device__ double cosh(double x) {
  double a = fabs(x);
  if (!(a < 0.34)) return ws_cosh_form(a, 1.0);
  return 1.0 + 0.5 * (ws_exp_tail(a) + ws_exp_tail(-a));
}

// --- further logarithms

// k (k1 + k2) + (s1 + s2) (log(1 + f) + low) for f in [-0.3, 0.42], to about 2^-64.
__device__ double ws_log_form(double f, double low, double dk, double k1, double k2, double s1,
                              double s2) {
  double d = 2.0 + f;
  double d_low = f - (d - 2.0);
  double s = f / d;
  double s_low = (fma(-s, d, f) - s * d_low) / d;
  // log(1 + f) = 2 s + s z (2/3 + z q), z = s^2
  double z = s * s;
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
  q = fma(q, z, 0.66666666666666663);
  double u = s * z * q;
  double s2x = s + s;
  double h = s2x + u;
  double h_low = (u - (h - s2x)) + (s_low + s_low) + low;
  // times the factor
  double p = h * s1;
  double p_low = fma(h, s1, -p) + fma(h, s2, h_low * s1);
  // plus the exponent's part, whose first product is exact
  double base = dk * k1;
  double l = base + p;
  double b = l - base;
  return l + (((base - (l - b)) + (p - b)) + fma(dk, k2, p_low));
}

// The bits of a positive normal number less those of sqrt(1/2): exponent and rest.
__device__ long long ws_log_bits(double a) {
  return __double_as_longlong(a) - 0x3fe6a09e667f3bcdll;
}
__device__ double ws_log_rest(long long bits) {
  return __longlong_as_double((bits & 0x000fffffffffffffll) + 0x3fe6a09e667f3bcdll) - 1.0;
}
__device__ double ws_log_special_double(double x) {
  if (x == 0.0) return __longlong_as_double((long long)0xfff0000000000000ull);
  return x > 0.0 ? x : __longlong_as_double(0x7ff8000000000000ll);
}

__device__ double log2(double x) {
  if (!(x > 0.0 && x < __longlong_as_double(0x7ff0000000000000ll))) return ws_log_special_double(x);
  int tiny = x < 2.2250738585072014e-308;
  long long bits = ws_log_bits(tiny ? x * 18014398509481984.0 : x);
  double k = (double)((int)(bits >> 52) - (tiny ? 54 : 0));
  return ws_log_form(ws_log_rest(bits), 0.0, k, 1.0, 0.0, 1.4426950408889634,
                     2.0355273740931033e-17);
}

__device__ double log10(double x) {
  if (!(x > 0.0 && x < __longlong_as_double(0x7ff0000000000000ll))) return ws_log_special_double(x);
  int tiny = x < 2.2250738585072014e-308;
  long long bits = ws_log_bits(tiny ? x * 18014398509481984.0 : x);
  double k = (double)((int)(bits >> 52) - (tiny ? 54 : 0));
  return ws_log_form(ws_log_rest(bits), 0.0, k, 0.30102999554947019, 1.1451100898021838e-10,
                     0.4342944819032518, 1.098319650216765e-17);
}

__device__ double log1p(double x) {
  if (!(x > -1.0 && x < __longlong_as_double(0x7ff0000000000000ll))) {
    return ws_log_special_double(x == -1.0 ? 0.0 : x);
  }
  if (fabs(x) < 1.1102230246251565e-16) return x;
  double f = x;
  double low = 0.0;
  double k = 0.0;
  if (x < -0.29 || x > 0.41) {
    double u = 1.0 + x;
    double c = x > 1.0 ? 1.0 - (u - x) : x - (u - 1.0);
    long long bits = ws_log_bits(u);
    k = (double)(int)(bits >> 52);
    f = ws_log_rest(bits);
    low = c / u;
  }
  return ws_log_form(f, low, k, 6.93147180369123816490e-01, 1.90821492927058770002e-10, 1.0, 0.0);
}

// --- inverse hyperbolic functions

__device__ double asinh(double x) {
  double a = fabs(x);
  if (!(a < __longlong_as_double(0x7ff0000000000000ll)) || a < 1e-9) return a < 1.0 ? x : x + x;
  double r;
  if (a > 268435456.0) {
    r = log(a) + 0.6931471805599453;
  } else {
    double z = a * a;
    r = log1p(a + z / (1.0 + sqrt(z + 1.0)));
  }
  return copysign(r, x);
}
__device__ float asinhf(float x) { return (float)asinh((double)x); }

__device__ double acosh(double x) {
  if (!(x >= 1.0)) return __longlong_as_double(0x7ff8000000000000ll);
  if (x > 268435456.0) return log(x) + 0.6931471805599453;
  double t = x - 1.0;
  return log1p(t + sqrt(t * (x + 1.0)));
}
__device__ float acoshf(float x) { return (float)acosh((double)x); }

__device__ double atanh(double x) {
  double a = fabs(x);
  if (!(a <= 1.0)) return __longlong_as_double(0x7ff8000000000000ll);
  if (a < 1e-9) return x;
  double t = a + a;
  double r = a == 1.0 ? __longlong_as_double(0x7ff0000000000000ll)
                      : 0.5 * log1p(fma(t, a / (1.0 - a), t));
  return copysign(r, x);
}
__device__ float atanhf(float x) { return (float)atanh((double)x); }
