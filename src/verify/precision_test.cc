// Planted downgrades: values rounded to narrower formats on their way, approximate forms.
#include "base/format.h"
#include "verify/judge_test.h"

namespace ws::verify {
namespace {

using task::DType;

// y[i] = 3 (x[i] + x[i + 1]) + 1 over pairs, by `body`; `before` stands in front of the kernel.
std::string Kernel(std::string_view body, std::string_view before = "") {
  return Format(R"(
#include <cuda_fp16.h>
{}
__global__ void k(float* y, const float* x, int n) {{
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  __shared__ half kept[64];
  __shared__ unsigned bits[64];
  float v = i < n ? x[i] + x[i] * 0.25f : 0.0f;
  {}
}}
void launch(float* y, const float* x, int n) {{ k<<<(n + 63) / 64, 64>>>(y, x, n); }}
)",
                before, body);
}
constexpr const char* kRight = "if (i < n) y[i] = v * 3.0f;";

task::Task FloatTask(bool approx = false) {
  task::Task task = TestTask({{"y", DType::kF32, {"n"}}, {"x", DType::kF32, {"n"}}}, {"n"},
                             {{{"n", 1}}, {{"n", 130}}}, {{"n", 256}}, Kernel(kRight));
  task.approx = approx;
  return task;
}

// Only the policy is asked: the first finding of `sanitized`, or nothing.
std::string Policy(const task::Task& task, const std::string& source) {
  const auto judge = Judge::Make(task, 1);
  EXPECT_TRUE(judge.ok()) << judge.error().message;
  if (!judge.ok()) return "no judge";
  JudgeOptions options;
  options.until = Rung::kSanitized;
  const Verdict verdict = judge.value()->Check(source, "candidate.cu", options);
  EXPECT_NE(verdict.outcome, Outcome::kOutside) << TextOf(verdict);
  for (const RenderedFinding& finding : verdict.findings) {
    if (!finding.is_note) return finding.id;
  }
  return "";
}

TEST(Precision, RejectsPlantedDowngrades) {
  const task::Task task = FloatTask();
  const std::pair<const char*, const char*> planted[] = {
      {"through shared memory",
       "kept[threadIdx.x] = __float2half(v); __syncthreads();"
       "if (i < n) y[i] = __half2float(kept[threadIdx.x]) * 3.0f;"},
      {"through shared memory as integers",
       "bits[threadIdx.x] = __half_as_ushort(__float2half(v)); __syncthreads();"
       "if (i < n) y[i] = __half2float(__ushort_as_half((unsigned short)bits[threadIdx.x])) * 3;"},
      {"in a register", "if (i < n) y[i] = __half2float(__float2half(v)) * 3.0f;"},
      {"half arithmetic",
       "half h = __float2half(v); if (i < n) y[i] = __half2float(__hmul(h, __float2half(3.0f)));"},
      {"tf32 by a mask",
       "float t = __uint_as_float(__float_as_uint(v) & 0xffffe000u); if (i < n) y[i] = t * 3.0f;"},
      {"bf16 by a shift",
       "unsigned b = __float_as_uint(v) >> 16; if (i < n) y[i] = __uint_as_float(b << 16) * 3.0f;"},
  };
  for (const auto& [name, body] : planted) {
    EXPECT_EQ(Policy(task, Kernel(body)), "narrowed-precision") << name;
  }
}

TEST(Precision, FollowsCallsAndASecondKernelsTemporary) {
  const task::Task task = FloatTask();
  const std::string called = Kernel("if (i < n) y[i] = grow(shrink(v));",
                                    "__device__ __noinline__ half shrink(float v) "
                                    "{ return __float2half(v); }\n"
                                    "__device__ __noinline__ float grow(half h) "
                                    "{ return __half2float(h) * 3.0f; }");
  EXPECT_EQ(Policy(task, called), "narrowed-precision");
  const std::string two = R"(
#include <cuda_fp16.h>
__global__ void first(half* t, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) t[i] = __float2half(x[i] + x[i] * 0.25f);
}
__global__ void second(float* y, const half* t, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = __half2float(t[i]) * 3.0f;
}
void launch(float* y, const float* x, int n) {
  half* t;
  cudaMalloc(&t, n * sizeof(half));
  first<<<(n + 63) / 64, 64>>>(t, x, n);
  second<<<(n + 63) / 64, 64>>>(y, t, n);
  cudaFree(t);
}
)";
  EXPECT_EQ(Policy(task, two), "narrowed-precision");
}

TEST(Precision, RejectsApproximateFormsAlsoOfConstants) {
  const char* planted[] = {"if (i < n) y[i] = __fmul_rn(v, __expf(__logf(3.0f)));",
                           "float c = __expf(1.0986123f); if (i < n) y[i] = v * c;",
                           "if (i < n) y[i] = v * 3.0f + __sinf(v) * 1e-12f;",
                           "if (i < n) y[i] = __fdividef(v * 9.0f, 3.0f);"};
  for (const char* body : planted) {
    EXPECT_EQ(Policy(FloatTask(), Kernel(body)), "approximate-form") << body;
    EXPECT_NE(Policy(FloatTask(true), Kernel(body)), "approximate-form") << body;
  }
  // What reaches no output does not count, nor what is never reached.
  for (const char* body : {"float t = __expf(v); if (i < n) y[i] = v * 3.0f;",
                           "constexpr bool fast = false; if (i < n) y[i] = v * 3.0f; "
                           "if (fast) { y[i] = __expf(2.0f); }"}) {
    EXPECT_EQ(Policy(FloatTask(), Kernel(body)), "") << body;
  }
}

TEST(Precision, LosesNothingBySplittingOrByHalvesThatAreExact) {
  // A high part and the rest give the value back.
  const char* split =
      "float high = __uint_as_float(__float_as_uint(v) & 0xffffe000u), rest = v - high;"
      "if (i < n) y[i] = high * 3.0f + rest * 3.0f;";
  EXPECT_EQ(Policy(FloatTask(), Kernel(split)), "");
  // Halves from memory and back are what they were.
  const auto halves = [](const char* body) {
    return Format(R"(
#include <cuda_fp16.h>
__global__ void k(half* y, const half* x, int n) {{
  __shared__ half kept[64];
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  {}
}}
void launch(half* y, const half* x, int n) {{ k<<<(n + 63) / 64, 64>>>(y, x, n); }}
)",
                  body);
  };
  const std::string right =
      halves("if (i < n) y[i] = __float2half(__half2float(x[i]) * 3.0f + 1.0f);");
  const task::Task task = TestTask({{"y", DType::kF16, {"n"}}, {"x", DType::kF16, {"n"}}}, {"n"},
                                   {{{"n", 1}}, {{"n", 130}}}, {{"n", 256}}, right);
  const char* exact =
      "kept[threadIdx.x] = __float2half(fmaxf(i < n ? __half2float(x[i]) : 0.0f, -60000.0f));"
      "__syncthreads();"
      "if (i < n) y[i] = __float2half(__half2float(kept[threadIdx.x]) * 3.0f + 1.0f);";
  EXPECT_EQ(Policy(task, halves(exact)), "");
  // The output as a place to keep what is computed with again.
  const char* through_output =
      "if (i < n) { y[i] = __float2half(__half2float(x[i]) * 3.0f);"
      "y[i] = __float2half(__half2float(y[i]) + 1.0f); }";
  EXPECT_EQ(Policy(task, halves(through_output)), "narrowed-precision");
}

}  // namespace
}  // namespace ws::verify
