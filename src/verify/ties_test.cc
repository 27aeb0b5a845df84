// Discrete results: near a tie both answers pass, at test sizes as at larger ones; elsewhere none
// but the right one does.
#include "base/format.h"
#include "task/element.h"
#include "verify/judge_test.h"
#include "verify/pool.h"

namespace ws::verify {
namespace {

using task::DType;

// The index of the largest of cols sums. In every third row column 1 repeats column 0 with its
// terms in another order: within tolerance of each other, and never equal for sure.
std::string ArgMax(std::string_view key, std::string_view update, std::string_view store) {
  return Format(R"(
__global__ void k(int* y, const float* x, int rows, int cols) {{
  int r = blockIdx.x * blockDim.x + threadIdx.x;
  if (r >= rows) return;
  const float* v = x + r * cols;
  float best = -1e30f;
  int at = 0;
  for (int c = 0; c < cols; ++c) {{
    float a = v[c == 1 && v[0] > 0.5f ? 0 : c];
    float s = {};
    {}
  }}
  {}
}}
void launch(int* y, const float* x, int rows, int cols) {{
  k<<<(rows + 31) / 32, 32>>>(y, x, rows, cols);
}}
)",
                key, update, store);
}
constexpr const char* kKey = "c == 1 ? (a * 0.3f + 0.7f) + 0.1f : (a * 0.3f + 0.1f) + 0.7f";
constexpr const char* kUpdate = "if (s > best) { best = s; at = c; }";
constexpr const char* kStore = "y[r] = at;";

task::Task ArgMaxTask(const std::string& reference) {
  return TestTask({{"y", DType::kI32, {"rows"}}, {"x", DType::kF32, {"rows", "cols"}}},
                  {"rows", "cols"}, {{{"rows", 5}, {"cols", 3}}, {{"rows", 33}, {"cols", 4}}},
                  {{"rows", 4096}, {"cols", 5}}, reference);
}

TEST(Ties, BothAnswersPassAtTestAndBenchSizes) {
  const task::Task task = ArgMaxTask(ArgMax(kKey, kUpdate, kStore));
  const std::string last = ArgMax(kKey, "if (s >= best - 1e-7f) { best = s; at = c; }", kStore);
  const Verdict verdict = CheckQuickly(task, last);
  ASSERT_EQ(verdict.outcome, Outcome::kAccepted) << TextOf(verdict);
  EXPECT_NE(verdict.evidence.back().summary.find("passed as ambiguous"), std::string::npos);
  EXPECT_EQ(verdict.evidence.back().full_sizes[0].compared, 4096U);
}

TEST(Ties, AWrongIndexIsRejectedAtTheBenchSizeAlone) {
  const task::Task task = ArgMaxTask(ArgMax(kKey, kUpdate, kStore));
  const std::string wrong =
      ArgMax(kKey, kUpdate, "y[r] = rows == 4096 && r == 3000 ? (at > 1 ? 0 : 2) : at;");
  const Verdict verdict = CheckQuickly(task, wrong);
  ASSERT_EQ(verdict.outcome, Outcome::kRejected) << TextOf(verdict);
  EXPECT_EQ(verdict.witness.sizes.at("rows"), 4096);
  EXPECT_EQ(verdict.witness.index, std::vector<int64_t>{3000});
}

// Many ambiguous elements stand before the wrong one.
TEST(Ties, AWrongIndexAmongManyTiesIsRejected) {
  const task::Task task = ArgMaxTask(ArgMax(kKey, kUpdate, kStore));
  const std::string wrong = ArgMax(kKey, "if (s >= best - 1e-7f) { best = s; at = c; }",
                                   "y[r] = rows == 4096 && r > 4000 && at > 1 ? at - 1 : at;");
  EXPECT_EQ(CheckQuickly(task, wrong).outcome, Outcome::kRejected);
}

// The same decisions through branches that cannot become selections, and through memory.
TEST(Ties, FollowsBranchesAndMemory) {
  const task::Task task = ArgMaxTask(ArgMax(kKey, kUpdate, kStore));
  for (const char* update :
       {"if (s > best) { for (int q = 0; q < 1 + (c & 1); ++q) { best = s; at = c; } }",
        "if (s > best) { best = s; y[r] = c; }"}) {
    const bool in_memory = std::string_view(update).find("y[r]") != std::string_view::npos;
    task::Task other = task;
    other.reference_text = ArgMax(kKey, update, in_memory ? "" : kStore);
    const std::string last = ArgMax(kKey, "if (s >= best - 1e-7f) { best = s; at = c; }", kStore);
    const Verdict verdict = CheckQuickly(other, last);
    EXPECT_EQ(verdict.outcome, Outcome::kAccepted) << update << TextOf(verdict);
    const std::string wrong = ArgMax(kKey, kUpdate, "y[r] = cols - 1 - at;");
    EXPECT_EQ(CheckQuickly(other, wrong).outcome, Outcome::kRejected) << update;
  }
}

// Rounding to whole numbers decides as well.
TEST(Ties, RoundingToWholeNumbersNearAHalf) {
  const auto quantise = [](std::string_view value) {
    return Format(R"(
__global__ void k(int* y, const float* x, int n) {{
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = __float2int_rn({});
}}
void launch(int* y, const float* x, int n) {{ k<<<(n + 31) / 32, 32>>>(y, x, n); }}
)",
                  value);
  };
  // Exactly between two whole numbers for every element of the family `ones`.
  const task::Task task =
      TestTask({{"y", DType::kI32, {"n"}}, {"x", DType::kF32, {"n"}}}, {"n"},
               {{{"n", 3}}, {{"n", 100}}}, {{"n", 200}}, quantise("x[i] * 2.4f + 0.1f"));
  EXPECT_EQ(CheckQuickly(task, quantise("fmaf(x[i], 2.4f, 0.1f)")).outcome, Outcome::kAccepted);
  EXPECT_EQ(CheckQuickly(task, quantise("x[i] * 2.4f + 0.15f")).outcome, Outcome::kRejected);
}

}  // namespace
}  // namespace ws::verify
