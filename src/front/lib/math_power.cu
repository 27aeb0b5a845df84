// Powers, roots, lengths and remainders.

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

// --- cube roots

// The cube root of x or, if `inverse`, one divided by it.
__device__ double ws_cube_root(double x, int inverse) {
  double a = fabs(x);
  if (!(a > 0.0 && a < __longlong_as_double(0x7ff0000000000000ll))) return inverse ? 1.0 / x : x + x;
  int e = 0;
  if (a < 2.2250738585072014e-308) {
    a = a * 18014398509481984.0;
    e = -54;
  }
  long long bits = __double_as_longlong(a);
  e = e + (int)(bits >> 52) - 1022;
  int q = (e + 3072) / 3 - 1024;
  int rest = e - 3 * q;
  // a = m 8^q with m in [1/2, 4)
  double m = __longlong_as_double((bits & 0x000fffffffffffffll) | 0x3fe0000000000000ll);
  double t = 0.12884498312209705;
  t = fma(t, m, -0.6136044246352457);
  t = fma(t, m, 1.2486801266159304);
  t = fma(t, m, -1.461354191385334);
  t = fma(t, m, 1.3203099421465034);
  t = fma(t, m, 0.37712437321255043);
  if (rest == 1) t = t * 1.2599210498948732;
  if (rest == 2) t = t * 1.5874010519681996;
  m = m * (double)(1 << rest);
  double h = t * t;
  t = t - fma(t, h, -m) / (3.0 * h);
  h = t * t;
  double c = fma(t, h, -m) + t * fma(t, t, -h);
  c = -c / (3.0 * h);
  double r = t + c;
  if (inverse) {
    r = 1.0 / t;
    r = fma(r, fma(-t, r, 1.0) - r * c, r);
    q = -q;
  }
  return copysign(r * __longlong_as_double((long long)(q + 1023) << 52), x);
}

__device__ double cbrt(double x) { return ws_cube_root(x, 0); }
__device__ double rcbrt(double x) { return ws_cube_root(x, 1); }
__device__ float cbrtf(float x) { return (float)ws_cube_root((double)x, 0); }
__device__ float rcbrtf(float x) { return (float)ws_cube_root((double)x, 1); }

// --- lengths

// The length of a vector or, if `inverse`, one divided by it: the sum of squares of components
// brought near one, as a sum of two doubles.
__device__ double ws_length(double x, double y, double z, double w, int inverse) {
  double inf = __longlong_as_double(0x7ff0000000000000ll);
  x = fabs(x);
  y = fabs(y);
  z = fabs(z);
  w = fabs(w);
  if (x == inf || y == inf || z == inf || w == inf) return inverse ? 0.0 : inf;
  double most = fmax(fmax(x, y), fmax(z, w));
  if (!(x + y + z + w == x + y + z + w)) return __longlong_as_double(0x7ff8000000000000ll);
  if (most == 0.0) return inverse ? inf : 0.0;
  int e = 2046 - (int)(__double_as_longlong(most) >> 52);
  e = e < 1 ? 1 : e;
  e = e > 2045 ? 2045 : e;
  double scale = __longlong_as_double((long long)e << 52);
  x = x * scale;
  y = y * scale;
  z = z * scale;
  w = w * scale;
  double h = x * x;
  double low = fma(x, x, -h);
  double p = y * y;
  double s = h + p;
  double b = s - h;
  low = low + fma(y, y, -p) + ((h - (s - b)) + (p - b));
  h = s;
  p = z * z;
  s = h + p;
  b = s - h;
  low = low + fma(z, z, -p) + ((h - (s - b)) + (p - b));
  h = s;
  p = w * w;
  s = h + p;
  b = s - h;
  low = low + fma(w, w, -p) + ((h - (s - b)) + (p - b));
  double r = sqrt(s);
  double c = (fma(-r, r, s) + low) / (r + r);
  if (inverse) {
    double q = 1.0 / r;
    q = fma(q, fma(-r, q, 1.0) - q * c, q);
    return q * scale;
  }
  return (r + c) * __longlong_as_double((long long)(2046 - e) << 52);
}

__device__ double hypot(double x, double y) { return ws_length(x, y, 0.0, 0.0, 0); }
__device__ double rhypot(double x, double y) { return ws_length(x, y, 0.0, 0.0, 1); }
__device__ double norm3d(double x, double y, double z) { return ws_length(x, y, z, 0.0, 0); }
__device__ double rnorm3d(double x, double y, double z) { return ws_length(x, y, z, 0.0, 1); }
__device__ double norm4d(double x, double y, double z, double w) {
  return ws_length(x, y, z, w, 0);
}
__device__ double rnorm4d(double x, double y, double z, double w) {
  return ws_length(x, y, z, w, 1);
}

// The square of a length of floats, infinite if a component is.
__device__ double ws_square(float x, float y, float z, float w) {
  float inf = __int_as_float(0x7f800000);
  if (fabsf(x) == inf || fabsf(y) == inf || fabsf(z) == inf || fabsf(w) == inf) return (double)inf;
  double dx = (double)x;
  double dy = (double)y;
  double dz = (double)z;
  double dw = (double)w;
  return fma(dx, dx, fma(dy, dy, fma(dz, dz, dw * dw)));
}
__device__ float hypotf(float x, float y) { return (float)sqrt(ws_square(x, y, 0.0f, 0.0f)); }
__device__ float rhypotf(float x, float y) {
  return (float)(1.0 / sqrt(ws_square(x, y, 0.0f, 0.0f)));
}
__device__ float norm3df(float x, float y, float z) {
  return (float)sqrt(ws_square(x, y, z, 0.0f));
}
__device__ float rnorm3df(float x, float y, float z) {
  return (float)(1.0 / sqrt(ws_square(x, y, z, 0.0f)));
}
__device__ float norm4df(float x, float y, float z, float w) {
  return (float)sqrt(ws_square(x, y, z, w));
}
__device__ float rnorm4df(float x, float y, float z, float w) {
  return (float)(1.0 / sqrt(ws_square(x, y, z, w)));
}

// The length of an array or, if `inverse`, one divided by it: like ws_length.
__device__ double ws_array_length(int count, const double* p, int inverse) {
  double inf = __longlong_as_double(0x7ff0000000000000ll);
  double most = 0.0;
  double all = 0.0;
  for (int i = 0; i < count; ++i) {
    most = fmax(most, fabs(p[i]));
    all = all + p[i];
  }
  if (most == inf) return inverse ? 0.0 : inf;
  if (!(all == all)) return __longlong_as_double(0x7ff8000000000000ll);
  if (most == 0.0) return inverse ? inf : 0.0;
  int e = 2046 - (int)(__double_as_longlong(most) >> 52);
  e = e < 1 ? 1 : e;
  e = e > 2045 ? 2045 : e;
  double scale = __longlong_as_double((long long)e << 52);
  double s = 0.0;
  double low = 0.0;
  for (int i = 0; i < count; ++i) {
    double x = p[i] * scale;
    double q = x * x;
    double sum = s + q;
    double b = sum - s;
    low = low + fma(x, x, -q) + ((s - (sum - b)) + (q - b));
    s = sum;
  }
  double r = sqrt(s);
  r = r + (fma(-r, r, s) + low) / (r + r);
  if (inverse) return 1.0 / r * scale;
  return r * __longlong_as_double((long long)(2046 - e) << 52);
}
__device__ double ws_norm_ikd(int count, const double* p) { return ws_array_length(count, p, 0); }
__device__ double ws_rnorm_ikd(int count, const double* p) { return ws_array_length(count, p, 1); }

__device__ double ws_array_squares(int count, const float* p) {
  double sum = 0.0;
  double inf = __longlong_as_double(0x7ff0000000000000ll);
  double most = 0.0;
  for (int i = 0; i < count; ++i) {
    double x = (double)p[i];
    most = fmax(most, fabs(x));
    sum = fma(x, x, sum);
  }
  return most == inf ? inf : sum;
}
__device__ float ws_normf_ikf(int count, const float* p) {
  return (float)sqrt(ws_array_squares(count, p));
}
__device__ float ws_rnormf_ikf(int count, const float* p) {
  return (float)(1.0 / sqrt(ws_array_squares(count, p)));
}

// --- remainders: exact

__device__ double fmod(double x, double y) {
  long long sign = __double_as_longlong(x) & (long long)0x8000000000000000ull;
  long long ax = __double_as_longlong(x) & 0x7fffffffffffffffll;
  long long ay = __double_as_longlong(y) & 0x7fffffffffffffffll;
  if (ax >= 0x7ff0000000000000ll || ay > 0x7ff0000000000000ll || ay == 0ll) {
    return __longlong_as_double(0x7ff8000000000000ll);
  }
  if (ax < ay) return x;
  int ex = (int)(ax >> 52);
  int ey = (int)(ay >> 52);
  unsigned long long mx = (unsigned long long)(ax & 0x000fffffffffffffll);
  unsigned long long my = (unsigned long long)(ay & 0x000fffffffffffffll);
  if (ex == 0) {
    ex = 1;
  } else {
    mx = mx | 0x0010000000000000ull;
  }
  if (ey == 0) {
    ey = 1;
  } else {
    my = my | 0x0010000000000000ull;
  }
  int distance = ex - ey;
  unsigned long long r = mx % my;
  while (distance > 0 && r != 0ull) {
    int step = distance > 11 ? 11 : distance;
    r = (r << step) % my;
    distance = distance - step;
  }
  if (r == 0ull) return __longlong_as_double(sign);
  int shift = __clzll((long long)r) - 11;
  shift = shift > ey - 1 ? ey - 1 : shift;
  r = r << shift;
  long long bits = (long long)r;
  if (r >= 0x0010000000000000ull) {
    bits = (bits & 0x000fffffffffffffll) | ((long long)(ey - shift) << 52);
  }
  return __longlong_as_double(bits | sign);
}

// x - n y for the integer n nearest x / y, or the lowest three bits of |n|.
__device__ double ws_nearest_remainder(double x, double y, int want_quotient) {
  double a = fabs(x);
  double b = fabs(y);
  double inf = __longlong_as_double(0x7ff0000000000000ll);
  if (!(a < inf) || !(b == b) || b == 0.0) {
    return want_quotient ? 0.0 : __longlong_as_double(0x7ff8000000000000ll);
  }
  double scale = 1.0;
  if (b >= 1e300 && b < inf && a > 0.25 * b) {  // room for multiples of y; exact
    scale = 1099511627776.0;  // 2^40
    a = a * 9.094947017729282e-13;
    b = b * 9.094947017729282e-13;
  }
  double r = b < 1e300 ? fmod(a, 8.0 * b) : a;
  int q = 0;
  if (b < 1e300) {
    if (r >= 4.0 * b) {
      r = r - 4.0 * b;
      q = 4;
    }
    if (r >= 2.0 * b) {
      r = r - 2.0 * b;
      q = q + 2;
    }
    if (r >= b) {
      r = r - b;
      q = q + 1;
    }
    if (r > b - r || (r == b - r && (q & 1) != 0)) {
      r = r - b;
      q = q + 1;
    }
  }
  if (want_quotient) return (double)(q & 7);
  r = r * scale;
  return r == 0.0 ? copysign(0.0, x) : (x < 0.0 ? -r : r);
}

__device__ double remainder(double x, double y) { return ws_nearest_remainder(x, y, 0); }
__device__ float remainderf(float x, float y) {
  return (float)ws_nearest_remainder((double)x, (double)y, 0);
}
