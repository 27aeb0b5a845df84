// What a verdict says of a candidate that is one of its task's own programs, of a reference that
// fails, and of sizes around a candidate's constants.
#include "base/format.h"
#include "verify/judge_test.h"

namespace ws::verify {
namespace {

using task::DType;

std::string Kernel(std::string_view value, std::string_view blocks = "(n + 31) / 32") {
  return Format(R"(
__global__ void k(float* y, const float* x, int n) {{
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = {};
}}
void launch(float* y, const float* x, int n) {{ k<<<{}, 32>>>(y, x, n); }}
)",
                value, blocks);
}
task::Task ScaleTask(const std::string& reference, const std::string& baseline) {
  return TestTask({{"y", DType::kF32, {"n"}}, {"x", DType::kF32, {"n"}}}, {"n"},
                  {{{"n", 1}}, {{"n", 70}}}, {{"n", 900}}, reference, baseline);
}
bool Has(const Verdict& verdict, std::string_view id) {
  return std::ranges::find(verdict.findings, id, &RenderedFinding::id) != verdict.findings.end();
}

TEST(Itself, TheReferenceAsCandidateIsComparedWithItself) {
  const std::string right = Kernel("x[i] * 2.0f");
  const task::Task task = ScaleTask(right, Kernel("x[i] + x[i]"));
  // Comments and layout make no other program.
  const Verdict verdict = CheckQuickly(task, "// mine\n\n" + right);
  ASSERT_EQ(verdict.outcome, Outcome::kAccepted) << TextOf(verdict);
  EXPECT_TRUE(verdict.compared_with_itself);
  EXPECT_TRUE(Has(verdict, "compared-with-itself"));
  EXPECT_NE(TextOf(verdict).find("accepted through tested, compared with itself"),
            std::string::npos);
  EXPECT_NE(verdict.evidence.back().summary.find("compared with itself"), std::string::npos);
  EXPECT_EQ(ToJson(verdict)["compared_with_itself"], true);

  const Verdict baseline = CheckQuickly(task, task.baseline_text);
  EXPECT_FALSE(baseline.compared_with_itself);
  EXPECT_TRUE(Has(baseline, "is-baseline"));
  const Verdict other = CheckQuickly(task, Kernel("2.0f * x[i]", "n / 32 + 1"));
  EXPECT_FALSE(other.compared_with_itself || Has(other, "is-baseline")) << TextOf(other);
  EXPECT_EQ(other.evidence.back().summary.find("baseline itself"), std::string::npos);
}

TEST(Itself, AReferenceThatIsTheBaselineIsSaid) {
  const std::string right = Kernel("x[i] * 2.0f");
  const Verdict verdict = CheckQuickly(ScaleTask(right, right), Kernel("x[i] + x[i]"));
  ASSERT_EQ(verdict.outcome, Outcome::kAccepted) << TextOf(verdict);
  EXPECT_NE(verdict.evidence.back().summary.find("the reference is the baseline itself"),
            std::string::npos);
}

TEST(Itself, AFailingReferenceIsShownWhereItFails) {
  const task::Task task = ScaleTask(Kernel("x[i + 1] * 2.0f"), Kernel("x[i] + x[i]"));
  const auto judge = Judge::Make(task, 1);
  ASSERT_FALSE(judge.ok());
  const std::string& message = judge.error().message;
  EXPECT_NE(message.find("the reference fails at n=1"), std::string::npos) << message;
  EXPECT_NE(message.find("reference.cu:4:"), std::string::npos) << message;
  EXPECT_NE(message.find("\n    if (i < n) y[i] = x[i + 1] * 2.0f;\n"), std::string::npos)
      << message;
  EXPECT_NE(message.find("^\n"), std::string::npos) << message;
  EXPECT_NE(message.find("hint: compare the index"), std::string::npos) << message;
}

// Wrong at one size alone, which its own constant points at.
TEST(Itself, SizesAroundItsConstantsAreTried) {
  const task::Task task = ScaleTask(Kernel("x[i] * 2.0f"), Kernel("x[i] + x[i]"));
  for (const char* wrong : {"n == 613 ? x[i] : x[i] + x[i]", "n == 614 ? x[i] : x[i] + x[i]",
                            "n + 1 == 613 ? x[i] : x[i] + x[i]"}) {
    const Verdict verdict = CheckQuickly(task, Kernel(wrong));
    ASSERT_EQ(verdict.outcome, Outcome::kRejected) << wrong << TextOf(verdict);
    EXPECT_NEAR(static_cast<double>(verdict.witness.sizes.at("n")), 613, 1);
  }
}

// The launch in a finding is of the smallest size that shows it.
TEST(Itself, FindingsShowTheSmallestLaunch) {
  const task::Task task = TestTask({{"y", DType::kF32, {"n"}}, {"x", DType::kF32, {"n"}}}, {"n"},
                                   {{{"n", 1}}, {{"n", 200}}}, {{"n", 900}}, Kernel("x[i] * 2.0f"),
                                   Kernel("x[i] + x[i]"));
  const Verdict verdict = CheckQuickly(task, Kernel("n > 40 ? x[i + 1] : x[i] + x[i]"));
  ASSERT_EQ(verdict.outcome, Outcome::kRejected) << TextOf(verdict);
  ASSERT_TRUE(verdict.has_witness);
  EXPECT_LT(verdict.witness.sizes.at("n"), 60) << TextOf(verdict);
  EXPECT_EQ(verdict.findings[0].grid[0], 2U);
}

TEST(Itself, WitnessesOfWideIntegersAreExact) {
  const auto kernel = [](const char* value) {
    return Format(R"(
__global__ void k(long long* y, const float* x, int n) {{
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = {};
}}
void launch(long long* y, const float* x, int n) {{ k<<<(n + 31) / 32, 32>>>(y, x, n); }}
)",
                  value);
  };
  const task::Task task = TestTask({{"y", DType::kI64, {"n"}}, {"x", DType::kF32, {"n"}}}, {"n"},
                                   {{{"n", 1}}, {{"n", 70}}}, {{"n", 900}},
                                   kernel("(1ll << 60) + (x[i] > 0.0f ? i + 2 : 1)"));
  const Verdict verdict =
      CheckQuickly(task, kernel("(1ll << 60) + (x[i] > 0.0f ? i + 2 : 1) + (n == 900 && i == 7)"));
  ASSERT_EQ(verdict.outcome, Outcome::kRejected) << TextOf(verdict);
  const std::string text = TextOf(verdict);
  EXPECT_NE(text.find("y[7] is 11529215046068469"), std::string::npos) << text;
  EXPECT_EQ(verdict.witness.got.ToJson().get<int64_t>(),
            verdict.witness.expected.ToJson().get<int64_t>() + 1);
}

TEST(Itself, LaunchLimitsAreThoseOfTheArchitecture) {
  const task::Task task = ScaleTask(Kernel("x[i] * 2.0f"), Kernel("x[i] + x[i]"));
  const std::string large = R"(
extern __shared__ float s[];
__global__ void k(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  s[threadIdx.x] = i < n ? x[i] : 0.0f;
  if (i < n) y[i] = s[threadIdx.x] * 2.0f;
}
void launch(float* y, const float* x, int n) {
  cudaFuncSetAttribute(k, cudaFuncAttributeMaxDynamicSharedMemorySize, 80 * 1024);
  k<<<(n + 31) / 32, 32, 80 * 1024>>>(y, x, n);
}
)";
  EXPECT_EQ(CheckQuickly(task, large).outcome, Outcome::kAccepted);
  const Verdict verdict = CheckQuickly(task, large, {.shared_bytes_opt_in = 64 * 1024});
  EXPECT_EQ(verdict.outcome, Outcome::kRejected) << TextOf(verdict);
}

}  // namespace
}  // namespace ws::verify
