// Techniques on source text: what they write, and what they leave alone.
#include <memory>

#include "base/format.h"
#include "target/cuda/technique.h"
#include "tests/test.h"

namespace ws::target::cuda {
namespace {

std::unique_ptr<front::Compiled> Compiled(const std::string& text) {
  auto program = front::CompileText("test.cu", text);
  EXPECT_TRUE(program->ok()) << diag::ToText(program->diagnostics()) << text;
  return program;
}

// All steps of one technique; each result compiles.
std::vector<TextMove> MovesOf(const std::string& technique, const std::string& text,
                              const char* arch = "sm_90") {
  const auto program = Compiled(text);
  std::vector<TextMove> list;
  for (TextMove& move : TextMoves({*program, "launch", arch, Limit::kUnknown})) {
    for (const auto& [name, value] : move.parameters) {
      EXPECT_FALSE(MeaningOf(*move.technique, name).empty()) << technique << " " << name;
    }
    if (technique != move.technique->name) continue;
    Compiled(move.source);
    list.push_back(std::move(move));
  }
  return list;
}

bool Has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

const char* const kRows = R"(// Sums of squares.
#define kBlock 128  // threads
__global__ void rows(float* out, float* x, int cols) {
  float sum = 0.0f;
  for (int i = threadIdx.x; i < cols; i += blockDim.x) {
    float v = x[blockIdx.x * cols + i];  // an element
    sum += v * v;
  }
  atomicAdd(&out[blockIdx.x], sum);
}
void launch(float* out, float* x, int n, int cols) { rows<<<n, kBlock>>>(out, x, cols); }
)";

TEST(TextTechniqueTest, SaysWhichPointersAreOnlyRead) {
  const auto moves = MovesOf("read_only_loads", kRows);
  ASSERT_EQ(moves.size(), 1u);
  EXPECT_TRUE(Has(moves[0].source, "float* __restrict__ out, const float* __restrict__ x"))
      << moves[0].source;
  EXPECT_TRUE(Has(moves[0].source, "// Sums of squares.")) << "comments stay";
  EXPECT_TRUE(MovesOf("read_only_loads", moves[0].source).empty()) << "there is no second time";
}

TEST(TextTechniqueTest, TakesNoPointerForReadOnlyThatIsCopied) {
  const auto moves = MovesOf("read_only_loads", R"(
__global__ void k(float* x) { float* p = x; p[threadIdx.x] = 1.0f; }
void launch(float* x) { k<<<1, 32>>>(x); })");
  ASSERT_EQ(moves.size(), 1u);
  EXPECT_FALSE(Has(moves[0].source, "const float")) << moves[0].source;
}

TEST(TextTechniqueTest, GivesTurnsOfALoopAccumulatorsOfTheirOwn) {
  const auto moves = MovesOf("independent_accumulators", kRows);
  ASSERT_EQ(moves.size(), 3u);
  const std::string& two = moves[0].source;
  EXPECT_TRUE(Has(two, "float sum_1 = 0;")) << two;
  EXPECT_TRUE(Has(two, "const int i_1 = i + 1 * (blockDim.x);")) << two;
  EXPECT_TRUE(Has(two, "sum_1 += v * v;")) << two;
  EXPECT_TRUE(Has(two, "sum += sum_1;")) << two;
}

TEST(TextTechniqueTest, LeavesLoopsAloneThatCarryMoreThanSums) {
  for (const char* body :
       {"sum = sum * x[i] + 1;", "if (x[i] > 3) break; sum += x[i];", "sum += x[i]; x[i] = sum;",
        "sum += x[i]; __syncthreads();", "sum += x[i]; ++i;", "last = x[i]; sum += last;"}) {
    EXPECT_TRUE(MovesOf("independent_accumulators", Format(R"(
__global__ void k(float* out, float* x, int n) {{
  float sum = 0, last = 0;
  for (int i = 0; i < n; ++i) {{ {} }}
  out[threadIdx.x] = sum + last;
}}
void launch(float* out, float* x, int n) {{ k<<<1, 32>>>(out, x, n); }})",
                                                           body))
                    .empty())
        << body;
  }
}

TEST(TextTechniqueTest, AggregatesAtomics) {
  const auto moves = MovesOf("aggregated_atomics", kRows);
  ASSERT_EQ(moves.size(), 1u);
  EXPECT_TRUE(Has(moves[0].source, "float sum_2 = sum;")) << moves[0].source;
  EXPECT_TRUE(MovesOf("aggregated_atomics", moves[0].source).empty()) << "there is no second time";
  const std::string counts = R"(
__global__ void k(int* h, const int* x, int n) { atomicAdd(&h[x[threadIdx.x]], n); }
void launch(int* h, const int* x, int n) { k<<<1, 32>>>(h, x, n); })";
  ASSERT_EQ(MovesOf("aggregated_atomics", counts).size(), 1u);
  EXPECT_TRUE(MovesOf("aggregated_atomics", counts, "sm_75").empty()) << "no __reduce_add_sync";
  EXPECT_TRUE(MovesOf("aggregated_atomics", R"(
__global__ void k(int* h, int* old) { *old = atomicAdd(h, 1); }
void launch(int* h, int* old) { k<<<1, 32>>>(h, old); })")
                  .empty())
      << "the old value is used";
}

TEST(TextTechniqueTest, ReducesStrength) {
  const auto moves = MovesOf("strength_reduction", R"(
__global__ void k(float* y, const float* x) {
  float v = x[threadIdx.x];
  y[threadIdx.x] = powf(v, 2.0f) + 1.0f / sqrtf(v) + v / 3.0f + v * 0.5;
}
void launch(float* y, const float* x) { k<<<1, 32>>>(y, x); })");
  ASSERT_EQ(moves.size(), 4u);
  EXPECT_TRUE(Has(moves[0].source, "((v) * (v)) + 1.0f")) << moves[0].source;
  EXPECT_TRUE(Has(moves[1].source, "rsqrtf(v)")) << moves[1].source;
  EXPECT_TRUE(Has(moves[2].source, "v * (1.0f / 3.0f)")) << moves[2].source;
  EXPECT_TRUE(Has(moves[3].source, "v * 0.5f")) << moves[3].source;
}

TEST(TextTechniqueTest, EvaluatesNothingTwiceThatMayChange) {
  EXPECT_TRUE(MovesOf("strength_reduction", R"(
__global__ void k(float* y, volatile float* x) { y[0] = powf(x[threadIdx.x], 2.0f); }
void launch(float* y, float* x) { k<<<1, 32>>>(y, x); })")
                  .empty());
}

TEST(TextTechniqueTest, KnowsFastFunctions) {
  const auto moves = MovesOf("fast_math", R"(
__global__ void k(float* y, const float* x) { y[0] = expf(x[0]) / x[1] + sin(x[2]); }
void launch(float* y, const float* x) { k<<<1, 32>>>(y, x); })");
  ASSERT_EQ(moves.size(), 2u);
  EXPECT_TRUE(Has(moves[0].source, "__expf(x[0]) / x[1] + __sinf(x[2])")) << moves[0].source;
  EXPECT_TRUE(Has(moves[1].source, "__fdividef(expf(x[0]), x[1])")) << moves[1].source;
  EXPECT_TRUE(MovesOf("fast_math", R"(
__global__ void k(double* y, const double* x) { y[0] = exp(x[0]) / x[1]; }
void launch(double* y, const double* x) { k<<<1, 32>>>(y, x); })")
                  .empty())
      << "they are of float alone";
}

TEST(TextTechniqueTest, ChangesTheBlockWhereverItIsWritten) {
  bool found = false;
  for (const TextMove& move : MovesOf("adaptive_block_size", kRows)) {
    found |= Has(move.source, "#define kBlock 256\n");
  }
  EXPECT_TRUE(found);
  found = false;
  for (const TextMove& move : MovesOf("adaptive_block_size", R"(
__global__ void k(float* x, int n) {
  __shared__ float part[64];
  part[threadIdx.x] = x[0];
}
void launch(float* x, int n) { k<<<(n + 63) / 64, 64>>>(x, n); })")) {
    found |= Has(move.source, "part[256]") && Has(move.source, "<<<(n + 255) / 256, 256>>>");
  }
  EXPECT_TRUE(found);
  EXPECT_TRUE(MovesOf("adaptive_block_size", R"(
__global__ void k(float* x, int n) { x[threadIdx.x] = 1; }
void launch(float* x, int n) { k<<<1, n>>>(x, n); })")
                  .empty())
      << "there is no constant";
}

}  // namespace
}  // namespace ws::target::cuda
