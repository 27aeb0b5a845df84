// Error functions and gamma functions.

// --- error functions

// e^(x^2) erfc(x) for x of at least 0.
__device__ double ws_erfcx_form(double x) {
  if (x > 1e9) return 0.5641895835477563 / x;
  double t = (x - 4.0) / (x + 4.0);
  double q = 4.335744696880128e-11;
  q = fma(q, t, -1.37212432109558e-10);
  q = fma(q, t, -5.47796315403793e-10);
  q = fma(q, t, 1.7887492189077536e-09);
  q = fma(q, t, 3.979908209935334e-09);
  q = fma(q, t, -1.470518755238763e-08);
  q = fma(q, t, -2.1917128684776733e-08);
  q = fma(q, t, 1.1009041560728304e-07);
  q = fma(q, t, 7.89343963476142e-08);
  q = fma(q, t, -8.249127434964572e-07);
  q = fma(q, t, 2.909062968371427e-07);
  q = fma(q, t, 5.709201212226352e-06);
  q = fma(q, t, -1.1220753452725425e-05);
  q = fma(q, t, -2.4398942309069806e-05);
  q = fma(q, t, 0.00015062130746391778);
  q = fma(q, t, -0.0001992567764579197);
  q = fma(q, t, -0.0007577732195352293);
  q = fma(q, t, 0.005031969992810925);
  q = fma(q, t, -0.01619773406595253);
  q = fma(q, t, 0.03716751553591141);
  q = fma(q, t, -0.0663303658116485);
  q = fma(q, t, 0.09373283499843951);
  q = fma(q, t, -0.10103906603632504);
  q = fma(q, t, 0.06809705425469036);
  q = fma(q, t, 0.015379652102620042);
  q = fma(q, t, -0.1396211168405625);
  q = fma(q, t, 1.2329951186255526);
  return q / fma(2.0, x, 1.0);
}

// e^-(h + low)^2 for |low| tiny beside h.
__device__ double ws_gauss(double h, double low) {
  double s = h * h;
  return ws_exp_sum(-s, -fma(h, h, -s) - 2.0 * h * low);
}

// erfc(h + low).
__device__ double ws_erfc_form(double h, double low) {
  if (!(h == h)) return h + h;
  if (fabs(h) < 0.5) return 1.0 - erf(h + low);
  double c = fabs(h) > 30.0 ? 30.0 : fabs(h);
  double r = ws_gauss(c, h < 0.0 ? -low : low) * ws_erfcx_form(c);
  return h < 0.0 ? 2.0 - r : r;
}

__device__ double erfc(double x) { return ws_erfc_form(x, 0.0); }
__device__ float erfcf(float x) { return (float)ws_erfc_form((double)x, 0.0); }

__device__ double erfcx(double x) {
  if (!(x == x)) return x + x;
  if (x >= 0.0) return ws_erfcx_form(x);
  double c = x < -27.0 ? 27.0 : -x;
  double s = c * c;
  double e = ws_exp_sum(s, fma(c, c, -s));
  return e + (e - ws_erfcx_form(c));
}
__device__ float erfcxf(float x) { return (float)erfcx((double)x); }

__device__ double normcdf(double x) {
  double c = x > 60.0 ? 60.0 : x;
  c = c < -60.0 ? -60.0 : c;
  double h = c * -0.7071067811865476;
  double low = fma(c, -0.7071067811865476, -h) + c * 4.833646656726457e-17;
  return 0.5 * ws_erfc_form(h, low);
}
__device__ float normcdff(float x) { return (float)normcdf((double)x); }

// The x with erfc(x) = y, for y in (0, 1/2]: a polynomial in sqrt(-log y), then Newton's method on
// log erfc.
__device__ double ws_erfc_inverse(double y) {
  double l = log(y);
  double s = sqrt(-l);
  double x;
  if (s < 10.25) {
    x = -4.2351944686970506e-12;
    x = fma(x, s, 3.8290825574360043e-10);
    x = fma(x, s, -1.5876655393375663e-08);
    x = fma(x, s, 4.0022888816402186e-07);
    x = fma(x, s, -6.856415112399652e-06);
    x = fma(x, s, 8.452735315434847e-05);
    x = fma(x, s, -0.0007747275091635131);
    x = fma(x, s, 0.005378520279330672);
    x = fma(x, s, -0.028554957116369694);
    x = fma(x, s, 0.11622390629304422);
    x = fma(x, s, -0.36121355061883564);
    x = fma(x, s, 0.8472399546934448);
    x = fma(x, s, -1.4643586617633884);
    x = fma(x, s, 1.7718824397863444);
    x = fma(x, s, -0.2898597630051041);
    x = fma(x, s, 0.04067524473120164);
  } else {
    x = 4.363209720273867e-11;
    x = fma(x, s, -6.678746789056311e-09);
    x = fma(x, s, 4.4320673122104565e-07);
    x = fma(x, s, -1.669738881978872e-05);
    x = fma(x, s, 0.00039278009884116834);
    x = fma(x, s, -0.005983148825060784);
    x = fma(x, s, 1.0596492329587652);
    x = fma(x, s, -0.40637576126884434);
  }
  for (int i = 0; i < 2; ++i) {
    double e = ws_erfcx_form(x);
    double d;
    if (y > 1e-290) {
      double c = ws_gauss(x, 0.0) * e;
      d = (c - y) / y;
      d = d - 0.5 * d * d;
    } else {
      d = (log(e) - x * x) - l;
    }
    x = fma(d * e, 0.886226925452758, x);
  }
  return x;
}

__device__ double erfinv(double x) {
  double a = fabs(x);
  if (!(a <= 1.0)) return __longlong_as_double(0x7ff8000000000000ll);
  if (a == 1.0) return copysign(__longlong_as_double(0x7ff0000000000000ll), x);
  double r;
  if (a <= 0.5) {
    double z = a * a;
    double q = 0.09629746432498297;
    q = fma(q, z, -0.012997861912331194);
    q = fma(q, z, 0.0510135101685552);
    q = fma(q, z, 0.0400911726048578);
    q = fma(q, z, 0.05204524815445876);
    q = fma(q, z, 0.0649380362312607);
    q = fma(q, z, 0.08655297407461739);
    q = fma(q, z, 0.12755615861674535);
    q = fma(q, z, 0.23201366666187084);
    q = fma(q, z, 0.8862269254525987);
    r = q * a;
    r = r - (erf(r) - a) * (0.886226925452758 * exp(r * r));
    if (a < 1e-8) r = a * 0.886226925452758;
  } else {
    r = ws_erfc_inverse(1.0 - a);
  }
  return copysign(r, x);
}
__device__ float erfinvf(float x) { return (float)erfinv((double)x); }

__device__ double erfcinv(double x) {
  if (!(x >= 0.0 && x <= 2.0)) return __longlong_as_double(0x7ff8000000000000ll);
  if (x >= 0.5 && x <= 1.5) return erfinv(1.0 - x) + 0.0;
  double y = x > 1.0 ? 2.0 - x : x;
  double r = y == 0.0 ? __longlong_as_double(0x7ff0000000000000ll) : ws_erfc_inverse(y);
  return x > 1.0 ? -r : r;
}
__device__ float erfcinvf(float x) { return (float)erfcinv((double)x); }

__device__ double normcdfinv(double x) { return -1.4142135623730951 * erfcinv(x + x) + 0.0; }
__device__ float normcdfinvf(float x) { return (float)normcdfinv((double)x); }

// --- gamma functions

// (log gamma(x) - (x - 1/2) log x + x - log(2 pi) / 2) x for x of at least 10.
__device__ double ws_stirling(double x) {
  double w = 1.0 / (x * x);
  double q = -0.023489406946994133;
  q = fma(q, w, 0.006317285683331599);
  q = fma(q, w, -0.001916761853054555);
  q = fma(q, w, 0.0008417473113462528);
  q = fma(q, w, -0.0005952380863359743);
  q = fma(q, w, 0.0007936507936397283);
  q = fma(q, w, -0.0027777777777777727);
  q = fma(q, w, 0.08333333333333333);
  return q;
}

__device__ double ws_lgamma_form(double t) {
  double q = 8.344307450508202e-07;
  q = fma(q, t, -1.2862608455646582e-06);
  q = fma(q, t, -2.1544799958136953e-06);
  q = fma(q, t, 3.3161754548873765e-06);
  q = fma(q, t, 4.1631066210943436e-06);
  q = fma(q, t, -6.417955524029342e-06);
  q = fma(q, t, -2.494431834123839e-06);
  q = fma(q, t, 3.8184130704832415e-06);
  q = fma(q, t, 5.172796614617428e-06);
  q = fma(q, t, -8.033138526709955e-06);
  q = fma(q, t, 5.6302499685073176e-06);
  q = fma(q, t, -8.879129346122533e-06);
  q = fma(q, t, 1.7111204116752935e-05);
  q = fma(q, t, -2.698928301274022e-05);
  q = fma(q, t, 4.168389399434212e-05);
  q = fma(q, t, -6.617027313572359e-05);
  q = fma(q, t, 0.00010563976535688824);
  q = fma(q, t, -0.00016891915124753136);
  q = fma(q, t, 0.0002712751519308925);
  q = fma(q, t, -0.00043799212224924437);
  q = fma(q, t, 0.0007115224158103085);
  q = fma(q, t, -0.0011644147169758302);
  q = fma(q, t, 0.001922916132252499);
  q = fma(q, t, -0.003212074064809667);
  q = fma(q, t, 0.005446457844782875);
  q = fma(q, t, -0.009425622448827779);
  q = fma(q, t, 0.016797098631183744);
  q = fma(q, t, -0.03130848750100616);
  q = fma(q, t, 0.06291140107456496);
  q = fma(q, t, -0.1459598959143061);
  q = fma(q, t, 0.4831289505409809);
  return q;
}

// For x > 0.
__device__ double ws_lgamma_positive(double x) {
  if (x >= 12.0) {
    if (x > 2.6e305) return __longlong_as_double(0x7ff0000000000000ll);
    return fma(x - 0.5, log(x) - 1.0, ws_stirling(x) / x + 0.4189385332046727);
  }
  double z = x;
  double p = 1.0;
  while (z >= 2.3) {
    z = z - 1.0;
    p = p * z;
  }
  double r;
  if (z < 0.7) {
    r = z * (z - 1.0) * ws_lgamma_form(z - 0.5) - log(z);
  } else {
    r = (z - 1.0) * (z - 2.0) * ws_lgamma_form(z - 1.5);
  }
  return p > 1.0 ? log(p) + r : r;
}

__device__ double lgamma(double x) {
  if (!(x == x)) return x + x;
  double a = fabs(x);
  double inf = __longlong_as_double(0x7ff0000000000000ll);
  if (a == inf || a == 0.0) return inf;
  if (x > 0.0) return ws_lgamma_positive(x) + 0.0;  // no -0 at 1
  if (a < 1e-18) return -log(a);
  double s = fabs(sinpi(x));
  if (s == 0.0) return inf;
  return log(3.141592653589793 / (a * s)) - ws_lgamma_positive(a);
}
__device__ float lgammaf(float x) { return (float)lgamma((double)x); }

__device__ double tgamma(double x) {
  double inf = __longlong_as_double(0x7ff0000000000000ll);
  double nan = __longlong_as_double(0x7ff8000000000000ll);
  if (x == 0.0) return copysign(inf, x);
  if (!(x > -inf)) return nan;
  if (x > 180.0) return inf;
  double a = fabs(x);
  if (x < 0.0 && a == floor(a)) return nan;
  if (a < 12.0) {
    double z = x;
    double p = 1.0;
    while (z >= 2.0) {
      z = z - 1.0;
      p = p * z;
    }
    double d = 1.0;
    while (z < 1.0) {
      d = d * z;
      z = z + 1.0;
    }
    double t = z - 1.5;
    double q = -0.00025303807808043895;
    q = fma(q, t, 0.00037955491879486174);
    q = fma(q, t, -0.00022139952612051456);
    q = fma(q, t, 0.0003320885800907498);
    q = fma(q, t, -0.0007046879722466143);
    q = fma(q, t, 0.0010569633457018935);
    q = fma(q, t, -0.0015159595901781905);
    q = fma(q, t, 0.002273514062024839);
    q = fma(q, t, -0.003423629338262631);
    q = fma(q, t, 0.005132883760616497);
    q = fma(q, t, -0.007690139287816347);
    q = fma(q, t, 0.011522407277990318);
    q = fma(q, t, -0.017222447013020576);
    q = fma(q, t, 0.02583761230507782);
    q = fma(q, t, -0.03800193543217766);
    q = fma(q, t, 0.058610303633145476);
    q = fma(q, t, -0.07752305230182892);
    q = fma(q, t, 0.1446453590475836);
    q = fma(q, t, -0.10729480456475984);
    q = fma(q, t, 0.4148134536882826);
    q = fma(q, t, 0.032338397448885);
    q = fma(q, t, 0.886226925452758);
    return q * p / d;
  }
  // Stirling's formula, the power in two factors
  double c = a > 190.0 ? 190.0 : a;
  double p = pow(c, 0.5 * c - 0.25);
  double e = ws_exp_sum(-c, ws_stirling(c) / c) * 2.5066282746310007;
  if (x > 0.0) return p * e * p;
  return -3.141592653589793 / (a * sinpi(a)) / (p * e) / p;
}
__device__ float tgammaf(float x) { return (float)tgamma((double)x); }
