// Bessel functions measured against values of mpmath and against the C library.
#include "front/lib/math_test.h"

namespace ws {
namespace {

// Bounds are those of the CUDA C++ Programming Guide, "Mathematical Functions": orders 0 and 1 in
// units of the last place below 8, an absolute error elsewhere; modified ones everywhere in units.
TEST(Bessel, DoublesKeepCudasBounds) {
  enum Kind { J, Y, I };
  const struct {
    Kind kind;
    int order;
    double x;
    long double value;
  } rows[] = {
#define VALUE(kind, order, x, value) {kind, order, x, value},
#include "front/lib/math_bessel_values.def"
#undef VALUE
  };
  Worst near[3];
  double far = 0, high = 0;
  for (const auto& [kind, order, x, value] : rows) {
    double got = 0;
    if (kind == I) {
      got = order == 0 ? lib::ws_cyl_bessel_i0_d(x) : lib::ws_cyl_bessel_i1_d(x);
    } else {
      got = kind == J ? lib::ws_jn_id(order, x) : lib::ws_yn_id(order, x);
    }
    if (kind == I || (order < 2 && x < 8)) {
      const double ulps = Ulps(got, value);
      if (ulps > near[kind].ulps) near[kind] = {ulps, x, static_cast<long double>(order)};
    } else if (kind == J || x > 1.5 * order) {
      double& worst = order < 2 ? far : high;
      worst = std::max(worst, static_cast<double>(std::fabs(got - value)));
    }
  }
  Report("j0 j1", near[J], 7);
  Report("y0 y1", near[Y], 7);
  Report("cyl_bessel_i", near[I], 6);
  printf("Bessel beyond 8: absolute error %.3g; higher orders %.3g\n", far, high);
  EXPECT_LE(far, 5e-12);
  EXPECT_LE(high, 1e-12);
}

TEST(Bessel, FloatsKeepCudasBounds) {
  const auto near = [](auto f) {
    return [f](auto x) { return std::fabs(x) < 8 ? f(x) : decltype(f(x))(0); };
  };
  MeasureF("j0f", near(lib::j0f), near(j0l), 9, -8, 8);
  MeasureF("j1f", near(lib::j1f), near(j1l), 9, -8, 8);
  MeasureF("y0f", near(lib::y0f), near(y0l), 9, 0, 8);
  MeasureF("y1f", near(lib::y1f), near(y1l), 9, 0, 8);
  double worst = 0, worst_n = 0, below = 0;
  Rng rng(12);
  for (int i = 0; i < 20000; ++i) {
    const float x = static_cast<float>(8 + rng.Unit() * (i % 2 == 0 ? 100 : 1e6));
    worst = std::max({worst, std::fabs(lib::j0f(x) - ::j0(x)), std::fabs(lib::j1f(x) - ::j1(x)),
                      std::fabs(lib::y0f(x) - ::y0(x)), std::fabs(lib::y1f(x) - ::y1(x))});
    const int n = 2 + static_cast<int>(rng.Next() % 127);
    const float z = static_cast<float>(rng.Unit() * 3 * n);
    worst_n = std::max(worst_n, std::fabs(lib::ws_jnf_if(n, z) - ::jn(n, z)));
    if (z < n) {
      below = std::max(below, Ulps(lib::ws_ynf_if(n, z), ynl(n, z)) / std::ceil(2 + 2.5 * n));
    } else {
      worst_n = std::max(worst_n, std::fabs(lib::ws_ynf_if(n, z) - ::yn(n, z)));
    }
  }
  printf(
      "float Bessel beyond 8: absolute error %.3g; jnf, ynf %.3g; ynf below n: %.3g of its bound\n",
      worst, worst_n, below);
  EXPECT_LE(worst, 2.2e-6);
  EXPECT_LE(worst_n, 2.2e-6);
  EXPECT_LE(below, 1);
}

TEST(Bessel, SpecialValues) {
  const double inf = INFINITY;
  EXPECT_EQ(lib::ws_j0_d(inf), 0);
  EXPECT_TRUE(std::signbit(lib::ws_j1_d(-inf)));
  EXPECT_TRUE(std::signbit(lib::ws_j1_d(-0.0)));
  EXPECT_TRUE(std::isnan(lib::ws_j1_d(NAN)));
  EXPECT_EQ(lib::ws_y0_d(0.0), -inf);
  EXPECT_EQ(lib::ws_y1_d(-0.0), -inf);
  EXPECT_EQ(lib::ws_y1_d(1e-320), -inf);
  EXPECT_EQ(lib::ws_y0_d(inf), 0);
  EXPECT_TRUE(std::isnan(lib::ws_y0_d(-1.0)));
  // CUDA: NaN for negative orders; C on the host: by reflection.
  EXPECT_TRUE(std::isnan(lib::ws_jn_id(-3, 1.0)));
  EXPECT_TRUE(std::isnan(lib::ws_yn_id(-3, 1.0)));
  EXPECT_EQ(lib::ws_jn_ld(-3, 1.0), -lib::ws_jn_id(3, 1.0));
  EXPECT_EQ(lib::ws_yn_ld(-4, 1.0), lib::ws_yn_id(4, 1.0));
  EXPECT_EQ(lib::ws_jn_id(5, -2.0), -lib::ws_jn_id(5, 2.0));
  EXPECT_EQ(lib::ws_jn_id(3, inf), 0);
  EXPECT_EQ(lib::ws_jn_id(2147483647, 5.0), 0);
  EXPECT_EQ(lib::ws_jn_id(3, 1e-300), 0);
  EXPECT_EQ(lib::ws_yn_id(3, 0.0), -inf);
  EXPECT_EQ(lib::ws_yn_id(3, 1e-200), -inf);
  EXPECT_EQ(lib::ws_yn_id(2147483647, 5.0), -inf);
  EXPECT_EQ(lib::ws_cyl_bessel_i0_d(-inf), inf);
  EXPECT_EQ(lib::ws_cyl_bessel_i1_d(-1000.0), -inf);
  EXPECT_TRUE(std::signbit(lib::ws_cyl_bessel_i1_d(-0.0)));
  EXPECT_TRUE(std::isnan(lib::ws_cyl_bessel_i0_d(NAN)));
}

TEST(Math, LengthsOfArrays) {
  Rng rng(15);
  Worst n, rn, nf, rnf;
  for (int i = 0; i < 20000; ++i) {
    double p[9];
    float pf[9];
    const int count = 1 + static_cast<int>(rng.Next() % 9);
    const double scale = std::ldexp(1.0, static_cast<int>(rng.Next() % 1800) - 900);
    long double sum = 0, sum_f = 0;
    for (int k = 0; k < count; ++k) {
      p[k] = (rng.Unit() * 2 - 1) * scale;
      pf[k] = static_cast<float>(rng.Unit() * 2 - 1);
      sum += static_cast<long double>(p[k]) * p[k];
      sum_f += static_cast<long double>(pf[k]) * pf[k];
    }
    n.ulps = std::max(n.ulps, Ulps(lib::ws_norm_ikd(count, p), sqrtl(sum)));
    rn.ulps = std::max(rn.ulps, Ulps(lib::ws_rnorm_ikd(count, p), 1 / sqrtl(sum)));
    nf.ulps = std::max(nf.ulps, Ulps(lib::ws_normf_ikf(count, pf), sqrtl(sum_f)));
    rnf.ulps = std::max(rnf.ulps, Ulps(lib::ws_rnormf_ikf(count, pf), 1 / sqrtl(sum_f)));
  }
  Report("norm", n, 2);
  Report("rnorm", rn, 2);
  Report("normf", nf, 1);
  Report("rnormf", rnf, 1);
  const double special[] = {1, INFINITY, NAN};
  EXPECT_EQ(lib::ws_norm_ikd(3, special), double{INFINITY});
  EXPECT_EQ(lib::ws_rnorm_ikd(3, special), 0);
  EXPECT_TRUE(std::isnan(lib::ws_norm_ikd(1, special + 2)));
  EXPECT_EQ(lib::ws_norm_ikd(0, special), 0);
  EXPECT_EQ(lib::ws_rnorm_ikd(0, special), double{INFINITY});
  const double most[] = {1e308, 1e308, -1e308};
  EXPECT_EQ(lib::ws_norm_ikd(3, most), lib::norm3d(1e308, 1e308, 1e308));
}

}  // namespace
}  // namespace ws
