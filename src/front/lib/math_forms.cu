// Functions with pointers, integers and halves in their signatures. A builtin of this kind calls
// the function `ws_`, its name, `_` and the letters of its arguments in builtins.def, p for *.

__device__ void ws_sincosf_fpfpf(float x, float* s, float* c) {
  *s = sinf(x);
  *c = cosf(x);
}
__device__ void ws_sincos_dpdpd(double x, double* s, double* c) {
  *s = sin(x);
  *c = cos(x);
}
__device__ void ws_sincospif_fpfpf(float x, float* s, float* c) {
  *s = sinpif(x);
  *c = cospif(x);
}
__device__ void ws_sincospi_dpdpd(double x, double* s, double* c) {
  *s = sinpi(x);
  *c = cospi(x);
}

// --- parts of numbers

__device__ double ws_ldexp_di(double x, int n) {
  n = n < -2200 ? -2200 : n;
  n = n > 2200 ? 2200 : n;
  if (n > 1023) {
    x = x * 8.98846567431158e+307;  // 2^1023
    n = n - 1023;
    if (n > 1023) {
      x = x * 8.98846567431158e+307;
      n = n - 1023;
      n = n > 1023 ? 1023 : n;
    }
  } else if (n < -1022) {  // by steps that leave a rounding for the last
    x = x * 2.004168360008973e-292;  // 2^-969
    n = n + 969;
    if (n < -1022) {
      x = x * 2.004168360008973e-292;
      n = n + 969;
      n = n < -1022 ? -1022 : n;
    }
  }
  return x * __longlong_as_double((long long)(n + 1023) << 52);
}
__device__ float ws_ldexpf_fi(float x, int n) {
  n = n < -400 ? -400 : n;
  n = n > 400 ? 400 : n;
  return (float)((double)x * __longlong_as_double((long long)(n + 1023) << 52));
}
__device__ double ws_scalbln_dl(double x, long n) {
  return ws_ldexp_di(x, (int)(n < -2200l ? -2200l : (n > 2200l ? 2200l : n)));
}
__device__ float ws_scalblnf_fl(float x, long n) {
  return ws_ldexpf_fi(x, (int)(n < -400l ? -400l : (n > 400l ? 400l : n)));
}

// The exponent of a finite number but zero.
__device__ int ws_exponent(double x) {
  long long bits = __double_as_longlong(x) & 0x7fffffffffffffffll;
  if (bits < 0x0010000000000000ll) return 11 - __clzll(bits) - 1023 + 1;
  return (int)(bits >> 52) - 1023;
}
__device__ double ws_logb_d(double x) {
  double a = fabs(x);
  if (a == 0.0) return __longlong_as_double((long long)0xfff0000000000000ull);
  if (!(a < __longlong_as_double(0x7ff0000000000000ll))) return a + a;
  return (double)ws_exponent(x);
}
__device__ float ws_logbf_f(float x) { return (float)ws_logb_d((double)x); }
__device__ int ws_ilogb_d(double x) {
  double a = fabs(x);
  if (a == 0.0 || !(a == a)) return -2147483647 - 1;
  if (a == __longlong_as_double(0x7ff0000000000000ll)) return 2147483647;
  return ws_exponent(x);
}
__device__ int ws_ilogbf_f(float x) { return ws_ilogb_d((double)x); }

__device__ double ws_frexp_dpi(double x, int* e) {
  *e = 0;
  if (x == 0.0 || !(fabs(x) < __longlong_as_double(0x7ff0000000000000ll))) return x + x;
  int n = ws_exponent(x) + 1;
  *e = n;
  return ws_ldexp_di(x, -n);
}
__device__ float ws_frexpf_fpi(float x, int* e) { return (float)ws_frexp_dpi((double)x, e); }

__device__ double ws_modf_dpd(double x, double* whole) {
  double t = trunc(x);
  *whole = t;
  return copysign(t == x ? 0.0 : x - t, x);
}
__device__ float ws_modff_fpf(float x, float* whole) {
  float t = truncf(x);
  *whole = t;
  return copysignf(t == x ? 0.0f : x - t, x);
}

__device__ double ws_remquo_ddpi(double x, double y, int* quotient) {
  int q = (int)ws_nearest_remainder(x, y, 1);
  *quotient = (__double_as_longlong(x) ^ __double_as_longlong(y)) < 0ll ? -q : q;
  return ws_nearest_remainder(x, y, 0);
}
__device__ float ws_remquof_ffpi(float x, float y, int* quotient) {
  return (float)ws_remquo_ddpi((double)x, (double)y, quotient);
}

__device__ double ws_nextafter_dd(double x, double y) {
  if (!(x == x) || !(y == y)) return x + y;
  if (x == y) return y;
  if (x == 0.0) return copysign(4.940656458412465e-324, y);
  long long bits = __double_as_longlong(x);
  return __longlong_as_double((y > x) == (x > 0.0) ? bits + 1ll : bits - 1ll);
}
__device__ float ws_nextafterf_ff(float x, float y) {
  if (!(x == x) || !(y == y)) return x + y;
  if (x == y) return y;
  if (x == 0.0f) return copysignf(1.4012984643e-45f, y);
  int bits = __float_as_int(x);
  return __int_as_float((y > x) == (x > 0.0f) ? bits + 1 : bits - 1);
}

__device__ long ws_lroundf_f(float x) { return (long)roundf(x); }
__device__ long ws_lround_d(double x) { return (long)round(x); }
__device__ long long ws_llroundf_f(float x) { return (long long)roundf(x); }
__device__ long long ws_llround_d(double x) { return (long long)round(x); }

__device__ float ws___frsqrt_rn_f(float x) { return (float)(1.0 / sqrt((double)x)); }

// --- integers

__device__ unsigned int ws___sad_iiu(int x, int y, unsigned int z) {
  return (x > y ? (unsigned int)x - (unsigned int)y : (unsigned int)y - (unsigned int)x) + z;
}
__device__ unsigned int ws___usad_uuu(unsigned int x, unsigned int y, unsigned int z) {
  return (x > y ? x - y : y - x) + z;
}
__device__ int ws___hadd_ii(int x, int y) { return (x & y) + ((x ^ y) >> 1); }
__device__ int ws___rhadd_ii(int x, int y) { return (x | y) - ((x ^ y) >> 1); }
__device__ unsigned int ws___uhadd_uu(unsigned int x, unsigned int y) {
  return (x & y) + ((x ^ y) >> 1);
}
__device__ unsigned int ws___urhadd_uu(unsigned int x, unsigned int y) {
  return (x | y) - ((x ^ y) >> 1);
}
__device__ unsigned int ws___funnelshift_lc_uuu(unsigned int low, unsigned int high,
                                                unsigned int shift) {
  unsigned long long both = ((unsigned long long)high << 32) | (unsigned long long)low;
  return (unsigned int)((both << (shift < 32u ? shift : 32u)) >> 32);
}
__device__ unsigned int ws___funnelshift_rc_uuu(unsigned int low, unsigned int high,
                                                unsigned int shift) {
  unsigned long long both = ((unsigned long long)high << 32) | (unsigned long long)low;
  return (unsigned int)(both >> (shift < 32u ? shift : 32u));
}

// Byte i of x, with its sign or without.
__device__ int ws_signed_byte(int x, int i) { return (int)((unsigned int)x << (24 - 8 * i)) >> 24; }
__device__ unsigned int ws_byte(unsigned int x, int i) { return (x >> (8 * i)) & 255u; }

__device__ int ws___dp4a_iii(int a, int b, int c) {
  return c + ws_signed_byte(a, 0) * ws_signed_byte(b, 0) +
         ws_signed_byte(a, 1) * ws_signed_byte(b, 1) + ws_signed_byte(a, 2) * ws_signed_byte(b, 2) +
         ws_signed_byte(a, 3) * ws_signed_byte(b, 3);
}
__device__ unsigned int ws___dp4a_uuu(unsigned int a, unsigned int b, unsigned int c) {
  return c + ws_byte(a, 0) * ws_byte(b, 0) + ws_byte(a, 1) * ws_byte(b, 1) +
         ws_byte(a, 2) * ws_byte(b, 2) + ws_byte(a, 3) * ws_byte(b, 3);
}
__device__ int ws___dp2a_lo_iii(int a, int b, int c) {
  return c + ((int)((unsigned int)a << 16) >> 16) * ws_signed_byte(b, 0) +
         (a >> 16) * ws_signed_byte(b, 1);
}
__device__ int ws___dp2a_hi_iii(int a, int b, int c) {
  return c + ((int)((unsigned int)a << 16) >> 16) * ws_signed_byte(b, 2) +
         (a >> 16) * ws_signed_byte(b, 3);
}
__device__ unsigned int ws___dp2a_lo_uuu(unsigned int a, unsigned int b, unsigned int c) {
  return c + (a & 65535u) * ws_byte(b, 0) + (a >> 16) * ws_byte(b, 1);
}
__device__ unsigned int ws___dp2a_hi_uuu(unsigned int a, unsigned int b, unsigned int c) {
  return c + (a & 65535u) * ws_byte(b, 2) + (a >> 16) * ws_byte(b, 3);
}

// --- the float overloads of bare names
__device__ void ws_sincos_fpfpf(float a, float* b, float* c) { ws_sincosf_fpfpf(a, b, c); }
__device__ void ws_sincospi_fpfpf(float a, float* b, float* c) { ws_sincospif_fpfpf(a, b, c); }
__device__ float ws_ldexp_fi(float a, int b) { return ws_ldexpf_fi(a, b); }
__device__ float ws_scalbnf_fi(float a, int b) { return ws_ldexpf_fi(a, b); }
__device__ float ws_scalbn_fi(float a, int b) { return ws_ldexpf_fi(a, b); }
__device__ double ws_scalbn_di(double a, int b) { return ws_ldexp_di(a, b); }
__device__ float ws_scalbln_fl(float a, long b) { return ws_scalblnf_fl(a, b); }
__device__ float ws_logb_f(float a) { return ws_logbf_f(a); }
__device__ int ws_ilogb_f(float a) { return ws_ilogbf_f(a); }
__device__ float ws_frexp_fpi(float a, int* b) { return ws_frexpf_fpi(a, b); }
__device__ float ws_modf_fpf(float a, float* b) { return ws_modff_fpf(a, b); }
__device__ float ws_remquo_ffpi(float a, float b, int* c) { return ws_remquof_ffpi(a, b, c); }
__device__ float ws_nextafter_ff(float a, float b) { return ws_nextafterf_ff(a, b); }
__device__ long ws_lround_f(float a) { return ws_lroundf_f(a); }
__device__ long long ws_llround_f(float a) { return ws_llroundf_f(a); }
