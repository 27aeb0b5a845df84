// Programs that are right at the sizes a task lists for tests, and wrong elsewhere.
#include "base/format.h"
#include "tests/test.h"
#include "verify/judge.h"
#include "verify/verdict_text.h"

namespace ws::verify {
namespace {

// y = 2 x, element by element; GUARD, VALUE and BLOCKS are replaced.
std::string Scale(std::string_view index, std::string_view value, std::string_view blocks,
                  std::string_view before = "") {
  return Format(R"(
__global__ void k(float* y, const float* x, int n) {{
  int i = {};
  if (i < n) y[i] = {};
}}
extern "C" void launch(float* y, const float* x, int n) {{
  {}
  k<<<{}, 32>>>(y, x, n);
}}
)",
                index, value, before, blocks);
}
constexpr const char* kIndex = "blockIdx.x * blockDim.x + threadIdx.x";
constexpr const char* kBlocks = "(n + 31) / 32";
std::string Right() { return Scale(kIndex, "2.0f * x[i]", kBlocks); }

task::Task ScaleTask(std::vector<int64_t> tests, int64_t bench) {
  task::Task task;
  task.name = "scale";
  for (const int64_t n : tests) task.test_sizes.push_back({{"n", n}});
  task.bench_sizes.push_back({{{"n", bench}}, 1});
  for (const char* name : {"y", "x"}) {
    task::Arg& arg = task.args.emplace_back();
    arg.name = name;
    arg.role = name[0] == 'y' ? task::Role::kOutput : task::Role::kInput;
    arg.shape.push_back({"n"});
  }
  task::Arg& n = task.args.emplace_back();
  n.name = "n";
  n.role = task::Role::kScalar;
  n.ctype = "int";
  task.reference_file = task.baseline_file = "scale.cu";
  task.reference_text = task.baseline_text = Right();
  return task;
}

Verdict Check(const task::Task& task, const std::string& source) {
  const auto judge = Judge::Make(task, 1);
  EXPECT_TRUE(judge.ok()) << judge.error().message;
  return judge.value()->Check(source, "candidate.cu", {});
}

std::string Text(const Verdict& verdict) { return ToText(verdict, "candidate.cu"); }

TEST(OtherSizes, TheBenchSizeIsComparedInFull) {
  const Verdict verdict = Check(ScaleTask({1, 33, 64}, 100000), Right());
  ASSERT_EQ(verdict.outcome, Outcome::kAccepted) << Text(verdict);
  const auto& full = verdict.evidence.back().full_sizes;
  ASSERT_EQ(full.size(), 2U);
  EXPECT_EQ(full[0].sizes.at("n"), 100000);
  EXPECT_EQ(full[0].outputs, 100000U);
  EXPECT_EQ(full[0].compared, 100000U);
  EXPECT_GT(full[0].exact, 1000U);
  EXPECT_FALSE(full[1].is_listed);
  EXPECT_EQ(full[1].sizes.at("n"), 100001);
  EXPECT_EQ(full[1].compared, 100001U);
}

TEST(OtherSizes, ARemainderBesideTheBenchSizeAlone) {
  const task::Task task = ScaleTask({1, 33, 64}, 1 << 20);
  const Verdict verdict =
      Check(task, Scale(kIndex, "i >= 400000 && i >= n / 4 * 4 ? 0.0f : 2.0f * x[i]", kBlocks));
  ASSERT_EQ(verdict.outcome, Outcome::kRejected) << Text(verdict);
  EXPECT_EQ(verdict.witness.sizes.at("n"), (1 << 20) + 1);
}

// The sum of x[0 .. LAST).
std::string Sum(std::string_view last) {
  return Format(R"(
__global__ void k(float* y, const float* x, int n) {{
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < {}) atomicAdd(y, x[i]);
}}
extern "C" void launch(float* y, const float* x, int n) {{
  cudaMemset(y, 0, 4);
  k<<<(n + 255) / 256, 256>>>(y, x, n);
}}
)",
                last);
}

// Every block adds to the one output, which no sample of blocks can give.
TEST(OtherSizes, ASumOverAllBlocksHasItsToleranceToo) {
  task::Task task = ScaleTask({1, 33, 300}, 100000);
  task.args[0].shape = {{"1"}};
  task.reference_text = task.baseline_text = Sum("n");
  const Verdict right = Check(task, Sum("n"));
  ASSERT_EQ(right.outcome, Outcome::kAccepted) << Text(right);
  EXPECT_EQ(right.evidence.back().full_sizes[0].exact, 1U);
  const Verdict wrong = Check(task, Sum("(n < 90000 ? n : n - 256)"));
  ASSERT_EQ(wrong.outcome, Outcome::kRejected) << Text(wrong);
  EXPECT_GT(wrong.witness.sizes.at("n"), 90000);
}

TEST(OtherSizes, AKernelThatNoTestSizeLaunchesIsNamed) {
  const task::Task task = ScaleTask({1, 33, 64}, 1 << 22);
  const Verdict verdict = Check(task, Right() + R"(
__global__ void never(float* y) { y[0] = 1.0f; }
void other(float* y) { never<<<1, 1>>>(y); }
)");
  ASSERT_EQ(verdict.outcome, Outcome::kAccepted) << Text(verdict);
  EXPECT_NE(Text(verdict).find("no run at a test size launched never"), std::string::npos)
      << Text(verdict);
}

TEST(OtherSizes, WrongAtTheBenchSizeAlone) {
  const task::Task task = ScaleTask({1, 33, 64}, 100000);
  for (const char* value : {"n == 100000 ? 0.0f : 2.0f * x[i]",
                            // one element out of the sample
                            "n == 100000 && i == 77777 ? x[i] : 2.0f * x[i]",
                            "n == 100000 && i == 77777 ? 2.0f * x[i] + 1e-3f : 2.0f * x[i]",
                            "n == 100000 && i == 5 ? 1.0f / 0.0f : 2.0f * x[i]"}) {
    const Verdict verdict = Check(task, Scale(kIndex, value, kBlocks));
    ASSERT_EQ(verdict.outcome, Outcome::kRejected) << value << Text(verdict);
    EXPECT_EQ(verdict.witness.sizes.at("n"), 100000) << value;
    EXPECT_EQ(verdict.witness.output, "y");
  }
}

TEST(OtherSizes, ElementsNotWrittenAtTheBenchSize) {
  const task::Task task = ScaleTask({1, 33, 64}, 100000);
  const Verdict verdict =
      Check(task, Scale(kIndex, "2.0f * x[i]", "n == 100000 ? 3124 : (n + 31) / 32"));
  ASSERT_EQ(verdict.outcome, Outcome::kRejected) << Text(verdict);
  EXPECT_EQ(verdict.witness.index, std::vector<int64_t>{99968});
  EXPECT_EQ(verdict.witness.wrong_elements, 32U);
}

TEST(OtherSizes, AGridOfAtMost65535Blocks) {
  const task::Task task = ScaleTask({1, 33, 64}, 65535 * 32 + 40);
  const Verdict verdict =
      Check(task, Scale(kIndex, "2.0f * x[i]", "blocks",
                        "int blocks = (n + 31) / 32; if (blocks > 65535) blocks = 65535;"));
  ASSERT_EQ(verdict.outcome, Outcome::kRejected) << Text(verdict);
  EXPECT_EQ(verdict.witness.index, std::vector<int64_t>{65535 * 32});
}

TEST(OtherSizes, AnIndexThatOverflows) {
  const task::Task task = ScaleTask({1, 33, 64}, 70000);
  const Verdict verdict =
      Check(task, Scale("(unsigned short)(blockIdx.x * 32) + threadIdx.x", "2.0f * x[i]", kBlocks));
  EXPECT_EQ(verdict.outcome, Outcome::kRejected) << Text(verdict);
}

TEST(OtherSizes, AnOutOfBoundsAccessAtTheBenchSize) {
  const task::Task task = ScaleTask({1, 33, 64}, 100000);
  const Verdict verdict = Check(task, Scale(kIndex, "2.0f * x[n == 100000 ? i + 1 : i]", kBlocks));
  ASSERT_EQ(verdict.outcome, Outcome::kRejected) << Text(verdict);
  ASSERT_FALSE(verdict.findings.empty());
  EXPECT_EQ(verdict.findings[0].id, "out-of-bounds");
}

// Tests list multiples of the tile above 32, and ragged sizes below it.
TEST(OtherSizes, ARemainderThatNoTestSizeHas) {
  const task::Task task = ScaleTask({1, 5, 64, 128, 256}, 4096);
  const Verdict verdict = Check(task, Scale(kIndex, "2.0f * x[i]", "n < 32 ? 1 : n / 32"));
  ASSERT_EQ(verdict.outcome, Outcome::kRejected) << Text(verdict);
  EXPECT_LT(verdict.witness.sizes.empty() ? 0 : verdict.witness.sizes.at("n"), 300);
}

TEST(OtherSizes, ALimitBeyondTheTestSizes) {
  const task::Task task = ScaleTask({1, 33, 64}, 4096);
  const Verdict verdict = Check(task, Scale(kIndex, "i < 1024 ? 2.0f * x[i] : x[i]", kBlocks));
  ASSERT_EQ(verdict.outcome, Outcome::kRejected) << Text(verdict);
}

// The baseline reads four elements at a time: sizes must be multiples of four. What it does not
// take is no reason to reject another that does not.
TEST(OtherSizes, SizesThatTheBaselineDoesNotTakeAreLeftOut) {
  const std::string vector = R"(
__global__ void k(float4* y, const float4* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i * 4 < n) {
    float4 v = x[i];
    y[i] = make_float4(2.0f * v.x, 2.0f * v.y, 2.0f * v.z, 2.0f * v.w);
  }
}
extern "C" void launch(float* y, const float* x, int n) {
  k<<<(n + 127) / 128, 32>>>((float4*)y, (const float4*)x, n);
}
)";
  task::Task task = ScaleTask({4, 64, 512}, 8192);
  task.baseline_text = vector;
  const Verdict verdict = Check(task, vector);
  EXPECT_EQ(verdict.outcome, Outcome::kAccepted) << Text(verdict);
}

// The reference's work at the bench size is beyond what is spent: the verdict says so.
TEST(OtherSizes, WhatIsTooExpensiveIsSaid) {
  task::Task task = ScaleTask({1, 33, 64}, 100000);
  task.bench_sizes[0].sizes["n"] = int64_t{1} << 28;
  const Verdict verdict = Check(task, Right());
  ASSERT_EQ(verdict.outcome, Outcome::kAccepted) << Text(verdict);
  const auto& full = verdict.evidence.back().full_sizes;
  EXPECT_EQ(full[0].compared, 0U);
  EXPECT_NE(full[0].summary.find("not compared"), std::string::npos);
  EXPECT_NE(verdict.evidence.back().summary.find("not compared"), std::string::npos);
  EXPECT_NE(Text(verdict).find("but not compared at every bench size\n"), std::string::npos);
}

}  // namespace
}  // namespace ws::verify
