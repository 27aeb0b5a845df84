#include "task/draft.h"

#include "base/format.h"
#include "task/array_use.h"
#include "task/launchers.h"
#include "task/shape_fit.h"
#include "tests/test.h"

namespace ws::task {
namespace {

TEST(FitShape, FindsTheSimplestExpression) {
  const std::vector<Sizes> sizes = {
      {{"m", 1}, {"n", 12}}, {{"m", 33}, {"n", 44}}, {{"m", 200}, {"n", 211}}};
  const auto fit = [&](auto extent) {
    std::vector<uint64_t> extents;
    for (const Sizes& s : sizes) extents.push_back(extent(s.at("m"), s.at("n")));
    return Format("{}", Join(FitShape(extents, sizes, {"m", "n"}), ","));
  };
  EXPECT_EQ(fit([](int64_t, int64_t) { return 7; }), "7");
  EXPECT_EQ(fit([](int64_t m, int64_t n) { return m * n; }), "m,n");
  EXPECT_EQ(fit([](int64_t, int64_t n) { return n * n; }), "n,n");
  EXPECT_EQ(fit([](int64_t m, int64_t) { return m * 12; }), "m,12");
  EXPECT_EQ(fit([](int64_t, int64_t n) { return n + 1; }), "n + 1");
  EXPECT_EQ(fit([](int64_t m, int64_t n) { return (m * n + 255) / 256; }), "ceil_div(m * n, 256)");
  EXPECT_EQ(fit([](int64_t m, int64_t n) { return m * m * m + n; }), "");
}

// The draft of `source` after running it.
std::string Drafted(const std::string& source) {
  const auto program = Program::Compile(source, "k.cu");
  EXPECT_TRUE(program->ok());
  auto draft = DraftTask(*program, "k.cu", "k", "");
  if (!draft.ok()) return draft.error().message + "\n" + draft.error().hint;
  TakeElements(draft.value(), ObserveElements(*program, draft.value().task));
  Refine(draft.value(), ObserveUse(*program, draft.value().task, draft.value().size_names));
  return ToText(draft.value());
}

testing::AssertionResult InOrder(const std::string& text, const std::vector<std::string>& parts) {
  size_t at = 0;
  for (const std::string& part : parts) {
    at = text.find(part, at);
    if (at == std::string::npos) return testing::AssertionFailure() << part << " in\n" << text;
  }
  return testing::AssertionSuccess();
}

TEST(Draft, PointersThatAreOnlyReadAreInputs) {
  const std::string text = Drafted(R"(
__global__ void mm(float* a, float* b, float* c, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x, j = blockIdx.y;
  if (i >= n) return;
  float s = 0;
  for (int k = 0; k < n; ++k) s += a[j * n + k] * b[k * n + i];
  c[j * n + i] = s;
}
void mm_launch(float* a, float* b, float* c, int n) {
  mm<<<dim3((n + 31) / 32, n), 32>>>(a, b, c, n);
}
)");
  EXPECT_TRUE(InOrder(text, {"name = \"a\"\nrole = \"input\"", "shape = [\"n\", \"n\"]",
                             "name = \"b\"\nrole = \"input\"", "shape = [\"n\", \"n\"]",
                             "name = \"c\"\nrole = \"output\"", "shape = [\"n\", \"n\"]"}));
  // Comparing 4096^3 products would be too dear.
  EXPECT_NE(text.find("at larger sizes not every output"), std::string::npos) << text;
}

TEST(Draft, KernelsSayWhatVoidPointersPointTo) {
  const std::string text = Drafted(R"(
#include <cuda_fp16.h>
__global__ void pick(const half2* x, const long long* which, half* y, int n) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = __low2half(x[which[i] % n]);
}
__global__ void view(const unsigned* bits, const float* x) {}
void launch(void* y, void* x, void* which, void* spare, void* both, int n) {
  pick<<<(n + 127) / 128, 128>>>((const half2*)x, static_cast<long long*>(which), (half*)y, n);
  view<<<1, 1>>>((const unsigned*)both, (const float*)both + 1);
}
)");
  const std::string open = "dtype = \"f32\"  # CHECK: neither the pointer nor the kernels";
  EXPECT_TRUE(InOrder(text, {"name = \"y\"", "dtype = \"f16\"\nshape = [\"n\"]", "name = \"x\"",
                             "dtype = \"f16\"\n", "name = \"which\"", "dtype = \"i64\"\n",
                             "integers(0, 2)", "name = \"spare\"", open, "name = \"both\"", open}));
}

TEST(Draft, AStreamIsNoSize) {
  const std::string text = Drafted(R"(
__global__ void twice(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = 2.0f * x[i];
}
void launch(float* y, const float* x, int n, cudaStream_t stream) {
  twice<<<(n + 127) / 128, 128, 0, stream>>>(y, x, n);
}
)");
  EXPECT_TRUE(InOrder(text, {"name = \"stream\"", "role = \"scalar\"", "value = 0", "{ n = 1 }"}));
}

TEST(Draft, CrossedSizesKeepNoOrder) {
  Draft draft;
  draft.size_names = {"a", "b", "c"};
  draft.task.test_sizes = {{{"a", 1}, {"b", 12}, {"c", 23}}, {{"a", 17}, {"b", 28}, {"c", 39}}};
  Cross(draft);
  EXPECT_EQ(draft.task.test_sizes[0].at("a"), 1);
  EXPECT_EQ(draft.task.test_sizes[1].at("a"), 39);
  EXPECT_EQ(draft.task.test_sizes[1].at("b"), 28);
  EXPECT_EQ(draft.task.test_sizes[1].at("c"), 17);
}

TEST(Draft, CoarseSizesStayDifferent) {
  Draft draft;
  draft.size_names = {"a", "b"};
  draft.task.test_sizes = {{{"a", 1}, {"b", 12}}, {{"a", 33}, {"b", 44}}};
  Coarsen(draft, 32);
  EXPECT_EQ(draft.task.test_sizes[0], (Sizes{{"a", 32}, {"b", 64}}));
  EXPECT_EQ(draft.task.test_sizes[1], (Sizes{{"a", 64}, {"b", 96}}));
}

TEST(Draft, WhatIsUpdatedIsInOutAndWhatIsSetFirstIsOutput) {
  const std::string text = Drafted(R"(
__global__ void add(float* y, const float* x, int* bins, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n) return;
  y[i] += x[i];
  atomicAdd(&bins[i % 8], 1);
}
void launch(float* y, const float* x, int* bins, int n) {
  cudaMemset(bins, 0, 16 * sizeof(int));
  add<<<(n + 63) / 64, 64>>>(y, x, bins, n);
}
)");
  EXPECT_TRUE(InOrder(
      text, {"name = \"y\"\nrole = \"inout\"  # CHECK: its old content", "\"n\"",
             "name = \"x\"\nrole = \"input\"\n", "\"n\"", "name = \"bins\"\nrole = \"output\"\n",
             "shape = [\"16\"]", "bench = [{ n = 16777216 }]  # 128 MiB of arguments"}));
}

TEST(Draft, PartialStoresKeepOldContent) {
  const std::string text = Drafted(R"(
__global__ void even(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n && x[i] > 0.0f) y[i] = x[i];
}
void launch(float* y, const float* x, int n) { even<<<(n + 63) / 64, 64>>>(y, x, n); }
)");
  EXPECT_NE(text.find("name = \"y\"\nrole = \"inout\""), std::string::npos) << text;
}

TEST(Draft, BenchSizesOfThreeDimensionsAreChosenByBytes) {
  const std::string text = Drafted(R"(
__global__ void scale(float* y, const float* x, long long n) {
  long long i = (long long)blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = 2.0f * x[i];
}
void launch(float* y, const float* x, int a, int b, int c, int radius) {
  long long n = (long long)a * b * c;
  scale<<<(n + 255) / 256, 256>>>(y, x, n);
}
)");
  EXPECT_NE(text.find("bench = [{ a = 256, b = 256, c = 256, radius = 32 }]  # 128 MiB"),
            std::string::npos)
      << text;
}

TEST(Draft, TestsSpanSeveralBlocks) {
  const std::string kernel = R"(
__global__ void scale(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = 2.0f * x[i];
}
)";
  const auto last_test = [&](const std::string& launch) {
    const auto program = Program::Compile(
        kernel + "void launch(float* y, const float* x, int n) { " + launch + " }", "k.cu");
    auto draft = DraftTask(*program, "k.cu", "k", "");
    SpreadTests(*program, draft.value().task, draft.value().size_names);
    return draft.value().task.test_sizes[2].at("n");
  };
  EXPECT_EQ(last_test("scale<<<(n + 31) / 32, 32>>>(y, x, n);"), 64);
  EXPECT_EQ(last_test("scale<<<(n + 255) / 256, 256>>>(y, x, n);"), 1000);
  EXPECT_EQ(last_test("scale<<<(n + 1023) / 1024, 1024>>>(y, x, n);"), 4100);
  EXPECT_EQ(last_test("scale<<<1, 256>>>(y, x, n);"), 64);
}

TEST(Draft, ALauncherThatDoesNotRunIsDraftedByItsSignature) {
  const std::string text = Drafted(R"(
__global__ void k(float* y, int n) { __trap(); }
void launch(float* y, int n) { k<<<1, 32>>>(y, n); }
)");
  EXPECT_NE(text.find("role = \"output\"  # CHECK: \"inout\" if"), std::string::npos) << text;
}

TEST(Launchers, MainIsNone) {
  EXPECT_NE(Drafted("__global__ void k() {}\nint main() { k<<<1, 1>>>(); return 0; }\n")
                .find("`warpsmith run k.cu` executes it"),
            std::string::npos);
}

}  // namespace
}  // namespace ws::task
