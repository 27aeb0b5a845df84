// Bessel functions of higher orders, by recurrence, and modified ones.

// --- higher orders

// J_n(a) for n of at least 2 and finite a > 0.
__device__ double ws_jn_positive(int n, double a) {
  double order = (double)n;
  double twice = 2.0 / a;
  if (order <= a) {
    double last = ws_j0_d(a);
    double now = ws_j1_positive(a);
    for (int k = 1; k < n; ++k) {
      double next = fma((double)k * twice, now, -last);
      last = now;
      now = next;
    }
    return now;
  }
  // (e a / 2 n)^n is an upper bound: nothing is left of less than 2^-1075.
  if (order * log(1.3591409142295225 * a / order) < -745.5) return 0.0;
  if (a < 1e-8) {  // the first term of the series
    double term = 1.0;
    for (int k = 1; k <= n && term != 0.0; ++k) term = term * (0.5 * a / (double)k);
    return term;
  }
  // Miller's algorithm: downwards from an order where J is as good as nothing; J0 + 2 J2 + 2 J4 ...
  // is 1.
  double above = 0.0;
  double now = 1.0;
  double sum = 0.0;
  double result = 0.0;
  long long start = ((long long)n + (long long)sqrt(160.0 * order) + 16ll) & ~1ll;
  for (long long k = start; k > 0ll; --k) {
    double below = fma((double)k * twice, now, -above);
    above = now;
    now = below;
    if (k == (long long)n) result = above;
    if ((k & 1ll) == 1ll) sum = sum + now;
    if (fabs(now) > 1e30) {
      now = now * 1e-30;
      above = above * 1e-30;
      sum = sum * 1e-30;
      result = result * 1e-30;
    }
  }
  return result / (2.0 * sum - now);
}
__device__ double ws_jn_id(int n, double x) {
  if (n < 0 || !(x == x)) return __longlong_as_double(0x7ff8000000000000ll);
  if (n == 0) return ws_j0_d(x);
  if (n == 1) return ws_j1_d(x);
  double a = fabs(x);
  double r = 0.0;
  if (a > 0.0 && a < __longlong_as_double(0x7ff0000000000000ll)) r = ws_jn_positive(n, a);
  return (n & 1) == 1 && __double_as_longlong(x) < 0ll ? -r : r;
}
__device__ double ws_yn_id(int n, double x) {
  if (n < 0) return __longlong_as_double(0x7ff8000000000000ll);
  if (n == 0) return ws_y0_d(x);
  if (n == 1) return ws_y1_d(x);
  if (!(x > 0.0 && x < __longlong_as_double(0x7ff0000000000000ll))) return ws_y_special(x);
  double least = __longlong_as_double((long long)0xfff0000000000000ull);
  double twice = 2.0 / x;
  double last = ws_y0_d(x);
  double now = ws_y1_d(x);
  for (int k = 1; k < n && now != least; ++k) {
    double next = (double)k * twice * now - last;
    last = now;
    now = next;
  }
  return now;
}
__device__ float ws_jnf_if(int n, float x) { return (float)ws_jn_id(n, (double)x); }
__device__ float ws_ynf_if(int n, float x) { return (float)ws_yn_id(n, (double)x); }
__device__ float ws_jn_if(int n, float x) { return ws_jnf_if(n, x); }
__device__ float ws_yn_if(int n, float x) { return ws_ynf_if(n, x); }

// On the host, where C has negative orders: J and Y of -n are those of n, with the sign of odd n.
__device__ double ws_jn_ld(long n, double x) {
  double r = ws_jn_id((int)(n < 0l ? -n : n), x);
  return n < 0l && (n & 1l) == 1l ? -r : r;
}
__device__ double ws_yn_ld(long n, double x) {
  double r = ws_yn_id((int)(n < 0l ? -n : n), x);
  return n < 0l && (n & 1l) == 1l ? -r : r;
}
__device__ float ws_jnf_lf(long n, float x) { return (float)ws_jn_ld(n, (double)x); }
__device__ float ws_ynf_lf(long n, float x) { return (float)ws_yn_ld(n, (double)x); }
__device__ float ws_jn_lf(long n, float x) { return ws_jnf_lf(n, x); }
__device__ float ws_yn_lf(long n, float x) { return ws_ynf_lf(n, x); }

// --- modified, first kind, orders 0 and 1

// (I0(x) - 1) / x^2 and I1(x) / x up to 8, s = x^2; e^-x sqrt(x) I0(x) and e^-x sqrt(x) I1(x) beyond,
// u = 16 / x - 1.
__device__ double ws_i0_near(double s) {
  double q = 8.67902981352033e-34;
  q = fma(q, s, 4.150989971755878e-31);
  q = fma(q, s, 3.9427700235024045e-28);
  q = fma(q, s, 2.5891413445642945e-25);
  q = fma(q, s, 1.4968537360644325e-22);
  q = fma(q, s, 7.242037068831104e-20);
  q = fma(q, s, 2.896910172910322e-17);
  q = fma(q, s, 9.385965503041405e-15);
  q = fma(q, s, 2.4028075725315426e-12);
  q = fma(q, s, 4.709502794630972e-10);
  q = fma(q, s, 6.781684027946062e-08);
  q = fma(q, s, 6.781684027770786e-06);
  q = fma(q, s, 0.000434027777777793);
  q = fma(q, s, 0.015624999999999986);
  q = fma(q, s, 0.25);
  return q;
}
__device__ double ws_i1_near(double s) {
  double q = 2.716505589516919e-35;
  q = fma(q, s, 1.3808181584914298e-32);
  q = fma(q, s, 1.408926251589232e-29);
  q = fma(q, s, 9.956969230500738e-27);
  q = fma(q, s, 6.2370206832638684e-24);
  q = fma(q, s, 3.2918259018287706e-21);
  q = fma(q, s, 1.448455537254395e-18);
  q = fma(q, s, 5.214425120919993e-16);
  q = fma(q, s, 1.5017547367976848e-13);
  q = fma(q, s, 3.3639305668982475e-11);
  q = fma(q, s, 5.651403356704746e-09);
  q = fma(q, s, 6.781684027764357e-07);
  q = fma(q, s, 5.42534722222271e-05);
  q = fma(q, s, 0.0026041666666666574);
  q = fma(q, s, 0.06250000000000001);
  q = fma(q, s, 0.5);
  return q;
}
__device__ double ws_i0_far(double u) {
  double q = -7.070965310897343e-11;
  q = fma(q, u, -1.9130889492600355e-11);
  q = fma(q, u, 5.182706395454486e-10);
  q = fma(q, u, 1.46247657898916e-10);
  q = fma(q, u, -1.7790204119901938e-09);
  q = fma(q, u, -5.55081021647814e-10);
  q = fma(q, u, 3.881093457974679e-09);
  q = fma(q, u, 1.4963252147269982e-09);
  q = fma(q, u, -6.188031240623966e-09);
  q = fma(q, u, -3.484457367151932e-09);
  q = fma(q, u, 7.579957963151673e-09);
  q = fma(q, u, 7.539859968896734e-09);
  q = fma(q, u, -5.468436253550365e-09);
  q = fma(q, u, -1.3403971961767277e-08);
  q = fma(q, u, -6.729783264381671e-09);
  q = fma(q, u, 7.55345346689805e-09);
  q = fma(q, u, 2.1545190705061397e-08);
  q = fma(q, u, 3.9326033553055166e-08);
  q = fma(q, u, 8.872253346800204e-08);
  q = fma(q, u, 2.973598425428124e-07);
  q = fma(q, u, 1.4838475474655618e-06);
  q = fma(q, u, 1.1143033791582271e-05);
  q = fma(q, u, 0.00013621607439232489);
  q = fma(q, u, 0.003360551983667854);
  q = fma(q, u, 0.4021765094450081);
  return q;
}
__device__ double ws_i1_far(double u) {
  double q = -2.000099300596016e-11;
  q = fma(q, u, 6.1526690887336e-11);
  q = fma(q, u, 1.437198860362683e-10);
  q = fma(q, u, -4.665860674839663e-10);
  q = fma(q, u, -4.850597272815226e-10);
  q = fma(q, u, 1.6602221863720581e-09);
  q = fma(q, u, 1.0794975733292206e-09);
  q = fma(q, u, -3.757015778762326e-09);
  q = fma(q, u, -1.9998548602136e-09);
  q = fma(q, u, 6.206273651626023e-09);
  q = fma(q, u, 3.808895019722539e-09);
  q = fma(q, u, -7.865003072763875e-09);
  q = fma(q, u, -7.819211628707525e-09);
  q = fma(q, u, 5.964454682528591e-09);
  q = fma(q, u, 1.4089185427690606e-08);
  q = fma(q, u, 6.737278159178519e-09);
  q = fma(q, u, -8.438929312480987e-09);
  q = fma(q, u, -2.337443159398245e-08);
  q = fma(q, u, -4.3127773899268534e-08);
  q = fma(q, u, -1.0001282970546034e-07);
  q = fma(q, u, -3.4838567503108097e-07);
  q = fma(q, u, -1.8349101356143685e-06);
  q = fma(q, u, -1.50385471973272e-05);
  q = fma(q, u, -0.00021923576383382654);
  q = fma(q, u, -0.009749577193235768);
  q = fma(q, u, 0.38939845902587233);
  return q;
}

// e^a p / sqrt(a) for a > 8.
__device__ double ws_i_far(double a, double p) {
  if (a > 800.0) return __longlong_as_double(0x7ff0000000000000ll);
  p = p / sqrt(a);
  if (a < 700.0) return exp(a) * p;
  return exp(a - 64.0) * p * 6.235149080811617e+27;  // e^64
}
__device__ double ws_cyl_bessel_i0_d(double x) {
  double a = fabs(x);
  if (!(a == a)) return x + x;
  if (a <= 8.0) return fma(ws_i0_near(a * a), a * a, 1.0);
  return ws_i_far(a, ws_i0_far(16.0 / a - 1.0));
}
__device__ double ws_cyl_bessel_i1_d(double x) {
  double a = fabs(x);
  if (!(a == a)) return x + x;
  double r = a <= 8.0 ? a * ws_i1_near(a * a) : ws_i_far(a, ws_i1_far(16.0 / a - 1.0));
  return copysign(r, x);
}
__device__ float ws_cyl_bessel_i0f_f(float x) { return (float)ws_cyl_bessel_i0_d((double)x); }
__device__ float ws_cyl_bessel_i1f_f(float x) { return (float)ws_cyl_bessel_i1_d((double)x); }
__device__ float ws_cyl_bessel_i0_f(float x) { return ws_cyl_bessel_i0f_f(x); }
__device__ float ws_cyl_bessel_i1_f(float x) { return ws_cyl_bessel_i1f_f(x); }
