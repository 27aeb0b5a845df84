// References whose values come back to themselves on several ways: magnitudes and counts of
// roundings explode there, and the deviation of the error decides (verify/compare.h).
#include "base/format.h"
#include "verify/judge_test.h"

namespace ws::verify {
namespace {

using task::DType;

std::string LayerNorm(std::string_view statistics) {
  return Format(R"(
__device__ void combine(float& n, float& mean, float& m2, float n2, float mean2, float m22) {{
  float all = n + n2;
  if (all == 0.0f) return;
  float d = mean2 - mean, w = n2 / all;
  mean += d * w;
  m2 += m22 + d * d * n * w;
  n = all;
}}
__global__ void k(float* y, const float* x, int rows, int cols) {{
  const float* row = x + (long long)blockIdx.x * cols;
  int lane = threadIdx.x;
  float mean = 0.0f, m2 = 0.0f;
  {}
  float scale = rsqrtf(m2 / cols + 1e-5f);
  for (int c = lane; c < cols; c += 32) {{
    y[(long long)blockIdx.x * cols + c] = (row[c] - mean) * scale;
  }}
}}
void launch(float* y, const float* x, int rows, int cols) {{ k<<<rows, 32>>>(y, x, rows, cols); }}
)",
                statistics);
}
// Welford's means of a lane's columns, merged by halves.
std::string Merged(std::string_view merge) {
  return LayerNorm(Format(R"(
  float n = 0.0f;
  for (int c = lane; c < cols; c += 32) {{
    n += 1.0f;
    float d = row[c] - mean;
    mean += d / n;
    m2 += d * (row[c] - mean);
  }}
  for (int off = 16; off > 0; off /= 2) {{
    float n2 = __shfl_down_sync(~0u, n, off), mean2 = __shfl_down_sync(~0u, mean, off);
    float m22 = __shfl_down_sync(~0u, m2, off);
    {}
  }}
  mean = __shfl_sync(~0u, mean, 0);
  m2 = __shfl_sync(~0u, m2, 0);)",
                          merge));
}
constexpr const char* kMerge = "combine(n, mean, m2, n2, mean2, m22);";
// Every lane for itself: as many steps as there are columns.
constexpr const char* kSerial = R"(
  for (int c = 0; c < cols; ++c) {
    float d = row[c] - mean;
    mean += d / (c + 1);
    m2 += d * (row[c] - mean);
  })";
constexpr const char* kTwoPasses = R"(
  for (int c = 0; c < cols; ++c) mean += row[c];
  mean /= cols;
  for (int c = 0; c < cols; ++c) m2 += (row[c] - mean) * (row[c] - mean);)";

task::Task TaskOf(std::string reference) {
  return TestTask(
      {{"y", DType::kF32, {"rows", "cols"}}, {"x", DType::kF32, {"rows", "cols"}}},
      {"rows", "cols"},
      {{{"rows", 1}, {"cols", 12}}, {{"rows", 5}, {"cols", 75}}, {{"rows", 3}, {"cols", 300}}},
      {{"rows", 16}, {"cols", 256}}, std::move(reference));
}

TEST(Deviation, JudgesWhatWelfordsReferenceSays) {
  for (const std::string& reference : {Merged(kMerge), LayerNorm(kSerial)}) {
    const task::Task task = TaskOf(reference);
    for (const std::string& right : {reference, LayerNorm(kTwoPasses), Merged(kMerge)}) {
      const Verdict verdict = CheckQuickly(task, right);
      EXPECT_EQ(verdict.outcome, Outcome::kAccepted) << TextOf(verdict);
    }
    // A variance that is too small, and one without the difference of the means.
    const std::string wrong = Merged("combine(n, mean, m2, n2, mean2, m22); m2 *= 0.99f;");
    EXPECT_EQ(CheckQuickly(task, wrong).outcome, Outcome::kRejected);
    EXPECT_EQ(CheckQuickly(task, Merged("combine(n, mean, m2, n2, mean, m22);")).outcome,
              Outcome::kRejected);
  }
}

// What cancels at once in the reference's order may be rounded in another one.
TEST(Deviation, AllowsForOrdersInWhichLessCancels) {
  const std::string pairs = LayerNorm(R"(
  for (int c = 0; c + 1 < cols; c += 2) mean += row[c] + row[c + 1];
  if (cols % 2 != 0) mean += row[cols - 1];
  m2 = cols;)");
  const std::string by_ones = LayerNorm(R"(
  for (int c = 0; c < cols; ++c) mean += row[c];
  m2 = cols;)");
  const Verdict verdict = CheckQuickly(TaskOf(pairs), by_ones);
  EXPECT_EQ(verdict.outcome, Outcome::kAccepted) << TextOf(verdict);
}

}  // namespace
}  // namespace ws::verify
