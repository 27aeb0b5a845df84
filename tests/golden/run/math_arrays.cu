// Lengths of arrays and Bessel functions; on the host C's meaning of negative orders.
// RUN: run %s --front native
#include <cmath>
#include <cstdio>
__global__ void k() {
  const double d[3] = {3.0, 4.0, 12.0};
  const float f[2] = {3.0f, 4.0f};
  printf("%g %g %g %g\n", norm(3, d), rnorm(2, d), normf(2, f), rnormf(2, f));
  printf("%.15g %.15g %.15g %.15g\n", j0(2.0), j1(2.0), y0(2.0), y1(2.0));
  printf("%.15g %.15g %.7g %.7g\n", jn(3, 2.0), yn(3, 2.0), jnf(3, 2.0f), ynf(3, 2.0f));
  printf("%.15g %.15g %.7g %.7g\n", cyl_bessel_i0(2.0), cyl_bessel_i1(-2.0), cyl_bessel_i0f(2.0f),
         cyl_bessel_i1f(2.0f));
  printf("%d %g\n", isnan(jn(-3, 2.0)), fdivide(1.0, 8.0));
  __barrier_sync(0);
  __barrier_sync_count(3, 32);
}
int main() {
  k<<<1, 1>>>();
  cudaDeviceSynchronize();
  printf("%.15g %.15g %.15g\n", jn(-3, 2.0), yn(-4, 2.0), j0(2.0));
}
// STDOUT:
// 13 0.2 5 0.2
// 0.223890779141236 0.576724807756873 0.510375672649745 -0.107032431540938
// 0.128943249474402 -1.12778377684043 0.1289432 -1.127784
// 2.27958530233607 -1.59063685463733 2.279585 1.590637
// 1 0.125
// -0.128943249474402 -2.7659432263306 0.223890779141236
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
