// Every mutation operator plants its fault, and the judge finds what a sample of them plants. The
// whole run is tools/mutation.py.
#include <algorithm>
#include <fstream>
#include <set>

#include "base/cpu.h"
#include "base/format.h"
#include "tests/mutation/operator.h"
#include "tests/mutation/survivors.h"
#include "tests/mutation/trial.h"
#include "tests/test.h"

namespace ws::mutation {
namespace {

struct Planting {
  const char* op;
  const char* line;   // of a kernel with float* y, const float* x, int n, int m
  const char* after;  // one of the mutants' line
};

constexpr Planting kInKernels[] = {
    {"swap-add-sub", "int i = n + m;", "int i = n - m;"},
    {"swap-mul-div", "int i = n * m;", "int i = n / m;"},
    {"swap-div-rem", "int i = n % m;", "int i = n / m;"},
    {"swap-operands", "int i = n - m;", "int i = ((m) - (n));"},
    {"drop-operand", "int i = n + m;", "int i = (m);"},
    {"include-boundary", "bool b = n < m;", "bool b = n <= m;"},
    {"turn-comparison", "bool b = n >= m;", "bool b = n <= m;"},
    {"swap-equal", "bool b = n == m;", "bool b = n != m;"},
    {"swap-and-or", "bool b = n && m;", "bool b = ((n) || (m));"},
    {"drop-condition", "bool b = n || m;", "bool b = (m);"},
    {"swap-bit-operator", "int i = n & m;", "int i = ((n) | (m));"},
    {"shift-by-one", "n >>= 3;", "n >>= ((3) - 1);"},
    {"turn-shift", "int i = n << 3;", "int i = n >> 3;"},
    {"negate-condition", "if (n < m) y[0] = 1;", "if (!(n < m)) y[0] = 1;"},
    {"swap-branches", "int i = n < 0 ? 1 : 2;", "int i = n < 0 ? 2 : 1;"},
    {"overwrite-accumulator", "y[0] += 1;", "y[0] = 1;"},
    {"off-by-one", "int i = 16;", "int i = 15;"},
    {"double-constant", "int i = 16;", "int i = 32;"},
    {"nudge-constant", "float f = 0.5f;", "float f = (0.5f * 1.0009765625f);"},
    {"scale-constant", "float f = 0.5f;", "float f = (0.5f * 2);"},
    {"initial-value", "float f = 0.0f;", "float f = 1;"},
    {"swap-max-min", "y[0] = fmaxf(x[0], x[1]);", "y[0] = fminf(x[0], x[1]);"},
    {"other-function", "y[0] = expf(x[0]);", "y[0] = exp2f(x[0]);"},
    {"approximate-form", "y[0] = x[0] / x[1];", "y[0] = __fdividef(x[0], x[1]);"},
    {"drop-addend", "y[0] = fmaf(x[0], x[1], x[2]);", "y[0] = (x[0] * x[1]);"},
    {"swap-arguments", "y[0] = powf(x[0], x[1]);", "y[0] = powf(x[1], x[0]);"},
    {"plain-atomic", "atomicAdd(y, x[0]);", "(*(y) += (x[0]));"},
    {"atomic-overwrites", "atomicAdd(y, x[0]);", "atomicExch(y, x[0]);"},
    {"shuffle-distance", "y[0] = __shfl_down_sync(~0u, x[0], n);",
     "y[0] = __shfl_down_sync(~0u, x[0], (n) / 2);"},
    {"shuffle-kind", "y[0] = __shfl_down_sync(~0u, x[0], 4);",
     "y[0] = __shfl_up_sync(~0u, x[0], 4);"},
    {"membermask", "y[0] = __shfl_down_sync(~0u, x[0], 4);",
     "y[0] = __shfl_down_sync(0x0000ffffu, x[0], 4);"},
    {"drop-statement", "y[0] = 1;", ";"},
    {"drop-barrier", "__threadfence();", ";"},
    {"diverge-barrier", "__syncthreads();", "if (threadIdx.x % 2 == 0) __syncthreads();"},
    {"weaken-barrier", "__syncthreads();", "__syncwarp();"},
    {"drop-guard", "if (n < m) y[0] = 1;", "y[0] = 1;"},
    {"drop-branch", "if (n < m) y[0] = 1;", "if (n < m) {}"},
    {"return-early", "y[0] = 1;", "if (threadIdx.x == blockDim.x - 1) return;y[0] = 1;"},
    {"drop-jump", "if (n < m) return;", "if (n < m) ;"},
    {"loop-starts-late", "for (int i = 0; i < n; i++) y[i] = 1;",
     "for (int i = (0) + 1; i < n; i++) y[i] = 1;"},
    {"loop-ends-early", "for (int i = n; i > 0; i--) y[i] = 1;",
     "for (int i = n; i > (int)(0) + 1; i--) y[i] = 1;"},
    {"loop-goes-on", "for (int i = 0; i < n; i++) y[i] = 1;",
     "for (int i = 0; i < (int)(n) + 1; i++) y[i] = 1;"},
    {"loop-step", "for (int i = 0; i < n; i += m) y[i] = 1;",
     "for (int i = 0; i < n; i += 2 * (m)) y[i] = 1;"},
    {"swap-xy", "int i = threadIdx.x;", "int i = threadIdx.y;"},
    {"swap-level", "int i = blockDim.y;", "int i = gridDim.y;"},
    {"other-size", "y[n] = 1;", "y[m] = 1;"},
    {"other-pointer", "y[0] = z[0];", "z[0] = z[0];"},
    {"shift-index", "y[n] = 1;", "y[(n) + 1] = 1;"},
    {"other-component", "y[0] = v.z;", "y[0] = v.w;"},
    {"shared-smaller", "__shared__ float s[32];", "__shared__ float s[(32) - 1];"},
    {"narrow-to-half", "float f = x[n];", "float f = __half2float(__float2half(x[n]));"},
    {"narrow-integer", "y[(size_t)n * m] = 1;", "y[(int)(n) * m] = 1;"},
    {"drop-cast", "float f = (float)n / m;", "float f = (n) / m;"},
};

constexpr Planting kInLaunchers[] = {
    {"grid-fewer", "k<<<n, 32>>>(y, y, y, n, n);", "k<<<(n) - 1, 32>>>(y, y, y, n, n);"},
    {"grid-more", "dim3 g(n, 2); k<<<g, 32>>>(y, y, y, n, n);",
     "dim3 g(n, 2); k<<<dim3(g.x, g.y + 1, g.z), 32>>>(y, y, y, n, n);"},
    {"round-down", "int g = (n + 31) / 32;", "int g = (n) / 32;"},
    {"block-size", "k<<<1, n>>>(y, y, y, n, n);", "k<<<1, (n) * 2>>>(y, y, y, n, n);"},
    {"dynamic-shared", "k<<<1, 32, 64>>>(y, y, y, n, n);",
     "k<<<1, 32, (64) / 2>>>(y, y, y, n, n);"},
    {"drop-launch", "k<<<1, 32>>>(y, y, y, n, n);", ";"},
    {"drop-memory-call", "cudaMemset(y, 0, n);", ";"},
    {"short-memory-call", "cudaMemset(y, 0, n);", "cudaMemset(y, 0, (n) / 2);"},
    {"argument-offset", "k<<<1, 32>>>(y, y, y, n, n);", "k<<<1, 32>>>(y + 1, y, y, n, n);"},
};

std::string ProgramWith(const std::string& kernel_line, const std::string& launcher_line) {
  return "__global__ void k(float* y, const float* x, float* z, int n, int m) {\n"
         "  float4 v = {1, 2, 3, 4};\n  {\n" +
         kernel_line + "\n  }\n}\nvoid launch(float* y, int n) {\n" + launcher_line + "\n}\n";
}

void ExpectPlanted(const Planting& planting, const std::string& program) {
  const Subject subject("mutated.cu", program);
  ASSERT_TRUE(subject.ok()) << planting.op << "\n" << program;
  std::string seen;
  for (const Mutant& mutant : MakeMutants(subject)) {
    if (std::string_view(mutant.op->name) != planting.op) continue;
    if (mutant.after == planting.after) return;
    seen += "\n  " + mutant.after;
  }
  ADD_FAILURE() << planting.op << " does not plant\n  " << planting.after << "\nbut" << seen;
}

TEST(Mutation, EachOperatorPlantsItsFault) {
  std::set<std::string_view> covered;
  for (const Planting& planting : kInKernels) {
    covered.insert(planting.op);
    if (std::string_view(planting.op) == "return-early") continue;  // stands before all else
    ExpectPlanted(planting, ProgramWith(planting.line, ""));
  }
  for (const Planting& planting : kInLaunchers) {
    covered.insert(planting.op);
    ExpectPlanted(planting, ProgramWith("", planting.line));
  }
  ExpectPlanted({"return-early", "", "if (threadIdx.x == blockDim.x - 1) return;y[0] = 1;"},
                "__global__ void k(float* y) {\ny[0] = 1;\n}\n");
  for (const Operator& op : Operators()) EXPECT_TRUE(covered.contains(op.name)) << op.name;
  EXPECT_GE(covered.size(), 25u);
}

TEST(Mutation, MutantsCompileAndDifferFromEachOther) {
  std::ifstream file(test::RepoPath("tests/faults/optimised/rmsnorm.cu"));
  const Subject subject("rmsnorm.cu", std::string(std::istreambuf_iterator<char>(file), {}));
  ASSERT_TRUE(subject.ok());
  std::set<std::string> texts = {subject.source()};
  const std::vector<Mutant> mutants = MakeMutants(subject);
  EXPECT_GT(mutants.size(), 100u);
  for (const Mutant& mutant : mutants) {
    EXPECT_TRUE(texts.insert(mutant.source).second) << mutant.after;
    EXPECT_TRUE(Subject("mutant.cu", mutant.source).ok()) << mutant.after;
  }
}

TEST(Mutation, MacrosAndTemplatesAreMutatedWhereTheyAreUsed) {
  const Subject subject("m.cu",
                        "#define AT(i) y[(i) + 1]\n"
                        "template <int N>\n__global__ void k(float* y) { AT(N) = 2.0f; }\n"
                        "void launch(float* y) { k<3><<<1, 1>>>(y); }\n");
  ASSERT_TRUE(subject.ok());
  std::set<std::string> seen;
  for (const Mutant& mutant : MakeMutants(subject)) seen.insert(mutant.after);
  EXPECT_TRUE(seen.contains("__global__ void k(float* y) { y[(N) - 1] = 2.0f; }"));
  EXPECT_TRUE(seen.contains("void launch(float* y) { k<4><<<1, 1>>>(y); }"));
}

TEST(Mutation, SamplesAreSeededAndInOrder) {
  const Subject subject("m.cu", ProgramWith("y[n + m] = x[n * m] + x[n] + x[m];", ""));
  const auto lines = [&](uint64_t seed) {
    std::vector<std::string> all;
    for (const Mutant& m : Sample(MakeMutants(subject), 1, seed)) all.push_back(m.after);
    return all;
  };
  EXPECT_EQ(lines(1), lines(1));
  EXPECT_NE(lines(1), lines(2));
  EXPECT_LT(lines(1).size(), MakeMutants(subject).size());
}

TEST(Mutation, SameInstructionsAreNotJudged) {
  const std::string program = test::RepoPath("examples/transpose/naive.cu");
  std::ifstream file(program);
  const std::string source(std::istreambuf_iterator<char>(file), {});
  verify::JudgeOptions options;
  options.certify = false;
  auto bench = Bench::Make(test::RepoPath("examples/transpose"), program, source, options);
  ASSERT_TRUE(bench.ok()) << bench.error().message;
  Mutant mutant;
  mutant.op = Operators().data();
  mutant.source = source + "// the same\n";
  EXPECT_EQ(bench.value()->Try(mutant)["verdict"], "same-code");
  mutant.source = source + "__global__ void other() {}\n";
  EXPECT_EQ(bench.value()->Try(mutant)["verdict"], "accepted");
  EXPECT_EQ(bench.value()->Try(mutant)["verdict"], "same-code");
}

// What the judge, without certification, makes of one mutant of each operator.
class MutationSample : public testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(MutationSample, IsFoundOrKnownToBeHarmless) {
  const auto [task, program] = GetParam();
  std::ifstream file(test::RepoPath(program));
  const std::string source(std::istreambuf_iterator<char>(file), {});
  verify::JudgeOptions options;
  options.certify = false;
  options.jobs = static_cast<uint32_t>(CoreCount());
  auto bench = Bench::Make(test::RepoPath(task), test::RepoPath(program), source, options);
  ASSERT_TRUE(bench.ok()) << bench.error().message;
  const auto survivors = ReadSurvivors(test::RepoPath("tests/mutation/survivors.txt"));
  ASSERT_TRUE(survivors.ok()) << survivors.error().message;
  int found = 0, judged = 0;
  for (const Mutant& mutant : Sample(MakeMutants(bench.value()->subject()), 1, 1)) {
    const Json line = bench.value()->Try(mutant);
    const std::string verdict = line["verdict"];
    if (verdict == "same-code") continue;
    ++judged;
    EXPECT_NE(verdict, "failed") << mutant.after;
    if (verdict == "rejected") ++found;
    if (verdict != "accepted") continue;
    EXPECT_NE(FindSurvivor(survivors.value(), program, mutant), nullptr)
        << program << ":" << mutant.line << ": " << mutant.op->name << "\n- " << mutant.before
        << "\n+ " << mutant.after;
  }
  EXPECT_GE(judged, 20);
  EXPECT_GE(found * 100, judged * 75);
}

INSTANTIATE_TEST_SUITE_P(
    Programs, MutationSample,
    testing::Values(std::pair("examples/softmax", "examples/softmax/naive.cu"),
                    std::pair("examples/column_sums", "tests/faults/optimised/column_sums.cu"),
                    std::pair("examples/transpose", "tests/faults/optimised/transpose.cu")));

}  // namespace
}  // namespace ws::mutation
