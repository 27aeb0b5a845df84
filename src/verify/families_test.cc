// Adversarial families of inputs: which are tried, and what they find.
#include <cmath>

#include "base/format.h"
#include "verify/judge_test.h"

namespace ws::verify {
namespace {

using task::DType;

std::string Map(std::string_view value) {
  return Format(R"(
__global__ void k(float* y, const float* x, int n) {{
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) {{ float v = x[i]; y[i] = {}; }}
}}
void launch(float* y, const float* x, int n) {{ k<<<(n + 31) / 32, 32>>>(y, x, n); }}
)",
                value);
}
task::Task MapTask(std::string_view value) {
  return TestTask({{"y", DType::kF32, {"n"}}, {"x", DType::kF32, {"n"}}}, {"n"},
                  {{{"n", 1}}, {{"n", 70}}, {{"n", 300}}}, {{"n", 1000}}, Map(value));
}

TEST(Families, NanMeetsNanAndInfinitiesTheirSign) {
  const task::Task task = MapTask("v * 0.5f");
  for (const char* wrong : {"v != v ? 0.0f : v * 0.5f", "fminf(fmaxf(v, -1e30f), 1e30f) * 0.5f",
                            "(v > 1e38f || v < -1e38f) ? fabsf(v) : v * 0.5f"}) {
    const Verdict verdict = CheckQuickly(task, Map(wrong));
    ASSERT_EQ(verdict.outcome, Outcome::kRejected) << wrong << TextOf(verdict);
    const bool special = verdict.witness.family == task::Family::kNan ||
                         verdict.witness.family == task::Family::kInfinite;
    EXPECT_TRUE(special) << TextOf(verdict);
  }
  EXPECT_EQ(CheckQuickly(task, Map("v / 2.0f")).outcome, Outcome::kAccepted);
}

TEST(Families, DenormalsAreNotFlushed) {
  const task::Task task = MapTask("v * 0.5f");
  const Verdict verdict = CheckQuickly(task, Map("fabsf(v) < 1.17e-38f ? 0.0f : v * 0.5f"));
  ASSERT_EQ(verdict.outcome, Outcome::kRejected) << TextOf(verdict);
  EXPECT_EQ(verdict.witness.family, task::Family::kDenormal);
}

// fmaxf(NaN, 0) is 0, and so is one of the two orders of a comparison.
TEST(Families, OrdersWithNanGoEitherWay) {
  const task::Task task = MapTask("v > 0.0f ? v : 0.0f");
  for (const char* right : {"fmaxf(v, 0.0f)", "v < 0.0f ? 0.0f : v", "v <= 0.0f ? 0.0f : v"}) {
    const Verdict verdict = CheckQuickly(task, Map(right));
    EXPECT_EQ(verdict.outcome, Outcome::kAccepted) << right << TextOf(verdict);
  }
}

// A row's sum: an infinity reaches one result from each of many inputs, a normalised row each
// result from any input.
std::string RowKernel(std::string_view body) {
  return Format(R"(
__global__ void k(float* y, const float* x, int rows, int cols) {{
  int r = blockIdx.x * blockDim.x + threadIdx.x;
  if (r >= rows) return;
  {}
}}
void launch(float* y, const float* x, int rows, int cols) {{
  k<<<(rows + 31) / 32, 32>>>(y, x, rows, cols);
}}
)",
                body);
}

TEST(Families, WhatSpreadsIsLeftOutByName) {
  const std::string softmax = RowKernel(R"(
  float m = -INFINITY, s = 0;
  for (int c = 0; c < cols; ++c) m = fmaxf(m, x[r * cols + c]);
  for (int c = 0; c < cols; ++c) s += expf(x[r * cols + c] - m);
  for (int c = 0; c < cols; ++c) y[r * cols + c] = expf(x[r * cols + c] - m) / s;)");
  const std::string online = RowKernel(R"(
  float m = -INFINITY, s = 0;
  for (int c = 0; c < cols; ++c) {
    float v = x[r * cols + c], n = fmaxf(m, v);
    s = s * expf(m - n) + expf(v - n);
    m = n;
  }
  for (int c = 0; c < cols; ++c) y[r * cols + c] = expf(x[r * cols + c] - m) / s;)");
  const task::Task task =
      TestTask({{"y", DType::kF32, {"rows", "cols"}}, {"x", DType::kF32, {"rows", "cols"}}},
               {"rows", "cols"}, {{{"rows", 3}, {"cols", 40}}, {{"rows", 7}, {"cols", 65}}},
               {{"rows", 16}, {"cols", 64}}, softmax);
  const Verdict verdict = CheckQuickly(task, online);
  ASSERT_EQ(verdict.outcome, Outcome::kAccepted) << TextOf(verdict);
  std::string left_out;
  for (const auto& [family, why] : verdict.evidence.back().left_out) left_out += family + " ";
  EXPECT_EQ(left_out, "infinite nan ");
  EXPECT_NE(verdict.evidence.back().summary.find("inputs left out: infinite (each reaches"),
            std::string::npos)
      << verdict.evidence.back().summary;
}

// What a maximum leaves out shows in a softmax only where it is far above all others.
TEST(Families, SpikesFindAMaximumThatLeavesOutAnElement) {
  const auto softmax = [](std::string_view first, std::string_view last, bool of_columns) {
    const std::string_view at = of_columns ? "c * rows + r" : "r * cols + c";
    return RowKernel(Format(R"(
  float m = -INFINITY, s = 0;
  for (int c = {1}; c < {2}; ++c) m = fmaxf(m, x[{0}]);
  if (cols == 1) m = x[r];
  for (int c = 0; c < cols; ++c) s += expf(x[{0}] - m);
  for (int c = 0; c < cols; ++c) y[{0}] = expf(x[{0}] - m) / s;)",
                            at, first, last));
  };
  for (const bool of_columns : {false, true}) {
    const std::vector<const char*> shape =
        of_columns ? std::vector{"cols", "rows"} : std::vector{"rows", "cols"};
    const task::Task task =
        TestTask({{"y", DType::kF32, shape}, {"x", DType::kF32, shape}}, {"rows", "cols"},
                 {{{"rows", 3}, {"cols", 40}}, {{"rows", 7}, {"cols", 65}}},
                 {{"rows", 16}, {"cols", 64}}, softmax("0", "cols", of_columns));
    for (const auto& [first, last] : {std::pair{"0", "cols - 1"}, std::pair{"1", "cols"}}) {
      const Verdict verdict = CheckQuickly(task, softmax(first, last, of_columns));
      ASSERT_EQ(verdict.outcome, Outcome::kRejected) << TextOf(verdict);
      EXPECT_TRUE(std::isnan(verdict.witness.got.number())) << TextOf(verdict);
    }
  }
}

// Where all values lie on one side, an extreme that begins at some number is that number.
TEST(Families, AnExtremeThatBeginsAtANumber) {
  const auto extreme = [](std::string_view begin, std::string_view op) {
    return RowKernel(Format(R"(
  float m = {};
  for (int c = 0; c < cols; ++c) m = {}(m, x[r * cols + c]);
  for (int c = 0; c < cols; ++c) y[r * cols + c] = m;)",
                            begin, op));
  };
  for (const auto& [right, wrong, op] : {std::tuple{"-INFINITY", "-10000.0f", "fmaxf"},
                                         std::tuple{"INFINITY", "9999.0f", "fminf"}}) {
    const task::Task task =
        TestTask({{"y", DType::kF32, {"rows", "cols"}}, {"x", DType::kF32, {"rows", "cols"}}},
                 {"rows", "cols"}, {{{"rows", 3}, {"cols", 40}}}, {{"rows", 16}, {"cols", 64}},
                 extreme(right, op));
    EXPECT_EQ(CheckQuickly(task, extreme(right, op)).outcome, Outcome::kAccepted);
    EXPECT_EQ(CheckQuickly(task, extreme(wrong, op)).outcome, Outcome::kRejected) << op;
  }
}

// A variance as the difference of two means is right as far as values scatter around zero, or not
// much further from it than they scatter.
TEST(Families, OneSidedValuesAllowTheUsualVariances) {
  const auto normalise = [](std::string_view variance) {
    return RowKernel(Format(R"(
  float sum = 0, squares = 0, deviations = 0;
  for (int c = 0; c < cols; ++c) sum += x[r * cols + c];
  const float mean = sum / cols;
  for (int c = 0; c < cols; ++c) {{
    const float v = x[r * cols + c];
    squares += v * v;
    deviations += (v - mean) * (v - mean);
  }}
  const float scale = rsqrtf({} + 1e-5f);
  for (int c = 0; c < cols; ++c) y[r * cols + c] = (x[r * cols + c] - mean) * scale;)",
                            variance));
  };
  const task::Task task =
      TestTask({{"y", DType::kF32, {"rows", "cols"}}, {"x", DType::kF32, {"rows", "cols"}}},
               {"rows", "cols"}, {{{"rows", 3}, {"cols", 40}}, {{"rows", 7}, {"cols", 600}}},
               {{"rows", 16}, {"cols", 64}}, normalise("deviations / cols"));
  for (const char* variance : {"deviations / cols", "fmaxf(squares / cols - mean * mean, 0.0f)"}) {
    const Verdict verdict = CheckQuickly(task, normalise(variance));
    EXPECT_EQ(verdict.outcome, Outcome::kAccepted) << TextOf(verdict);
    for (const auto& [family, why] : verdict.evidence.back().left_out) {
      EXPECT_TRUE(family != "below" && family != "above") << why;
    }
  }
}

// One row alone has an outlier at its last and at its first place.
TEST(Families, SpikesOfASingleLine) {
  const auto softmax = [](std::string_view first, std::string_view last) {
    return Format(R"(
__global__ void k(float* y, const float* x, int n) {{
  float m = x[0], s = 0;
  if (n > 1) m = x[1];
  for (int c = {}; c < {}; ++c) m = fmaxf(m, x[c]);
  for (int c = 0; c < n; ++c) s += expf(x[c] - m);
  for (int c = 0; c < n; ++c) y[c] = expf(x[c] - m) / s;
}}
void launch(float* y, const float* x, int n) {{ k<<<1, 1>>>(y, x, n); }}
)",
                  first, last);
  };
  const task::Task task = TestTask({{"y", DType::kF32, {"n"}}, {"x", DType::kF32, {"n"}}}, {"n"},
                                   {{{"n", 1}}, {{"n", 70}}}, {{"n", 100}}, softmax("0", "n"));
  EXPECT_EQ(CheckQuickly(task, softmax("0", "n - 1")).outcome, Outcome::kRejected);
  EXPECT_EQ(CheckQuickly(task, softmax("1", "n")).outcome, Outcome::kRejected);
}

// Sums behind an outlier round in its units; another order of additions is right all the same.
TEST(Families, SpikesAllowAnyOrderOfSums) {
  const auto dot = [](std::string_view loop) {
    return RowKernel(
        Format("float s = 0, t = 0;\n{}\nfor (int c = 0; c < cols; ++c) "
               "y[r * cols + c] = s + t;",
               loop));
  };
  const task::Task task =
      TestTask({{"y", DType::kF32, {"rows", "cols"}}, {"x", DType::kF32, {"rows", "cols"}}},
               {"rows", "cols"}, {{{"rows", 3}, {"cols", 40}}, {{"rows", 64}, {"cols", 257}}},
               {{"rows", 16}, {"cols", 64}},
               dot("for (int c = 0; c < cols; ++c) s += x[r * cols + c] * 1.37f;"));
  for (const char* loop : {"for (int c = cols; c-- > 0;) s = fmaf(x[r * cols + c], 1.37f, s);",
                           "for (int c = 0; c < cols; c += 2) { s += x[r * cols + c] * 1.37f; "
                           "if (c + 1 < cols) t += x[r * cols + c + 1] * 1.37f; }"}) {
    const Verdict verdict = CheckQuickly(task, dot(loop));
    EXPECT_EQ(verdict.outcome, Outcome::kAccepted) << TextOf(verdict);
    for (const auto& [family, why] : verdict.evidence.back().left_out) {
      EXPECT_FALSE(family.starts_with("spikes")) << why;
    }
  }
}

TEST(Families, OverflowOfTheReferenceIsLeftOutByName) {
  const task::Task task = MapTask("expf(v) * expf(v)");
  const Verdict verdict = CheckQuickly(task, Map("expf(v + v)"));
  ASSERT_EQ(verdict.outcome, Outcome::kAccepted) << TextOf(verdict);
  bool named = false;
  for (const auto& [family, why] : verdict.evidence.back().left_out) {
    named |= family == "large" && why == "the reference overflows";
  }
  EXPECT_TRUE(named) << TextOf(verdict);
}

}  // namespace
}  // namespace ws::verify
