// The engine on CUDA sources: correct kernels run clean and give the right values under every
// schedule; planted faults are found. Everything runs with and without the execution passes.
#include <bit>
#include <cmath>
#include <cstring>
#include <string>
#include <vector>

#include "exec/engine.h"
#include "front/compiled.h"
#include "pass/pipeline.h"
#include "tests/test.h"

namespace ws {
namespace {

using exec::Finding;
using exec::FindingKind;
using exec::RunOptions;
using exec::RunReport;

std::string Text(const RunReport& report) {
  std::string text = "status " + std::to_string(static_cast<int>(report.status)) + "\n";
  for (const Finding& f : report.findings) {
    text += f.kernel + ": " + f.message + (f.is_note ? " (note)\n" : "\n");
  }
  return text;
}
bool Has(const RunReport& report, FindingKind kind, bool note = false) {
  for (const Finding& f : report.findings) {
    if (f.kind == kind && f.is_note == note) return true;
  }
  return false;
}

// A program with `void launch(float* y, const float* x, int n)`.
class Runner {
 public:
  Runner(const std::string& source, bool passes)
      : compiled_(front::CompileText("test.cu", source)) {
    EXPECT_TRUE(compiled_->ok()) << diag::ToText(compiled_->diagnostics());
    if (!compiled_->ok()) return;
    if (passes) pass::ForExecution(compiled_->module());
    instance_ = std::make_unique<exec::Instance>(compiled_->module());
  }
  bool ok() const { return instance_ != nullptr; }
  RunReport Run(const std::vector<float>& x, size_t outputs, const RunOptions& options) {
    in_ = instance_->Allocate(x.size() * 4, "x");
    instance_->Write(in_, {reinterpret_cast<const uint8_t*>(x.data()), x.size() * 4});
    out_ = instance_->Allocate(outputs * 4, "y");
    const exec::ArgValue args[] = {
        {ir::Type::kU64, out_}, {ir::Type::kU64, in_}, {ir::Type::kS32, x.size()}};
    return instance_->Call(compiled_->module().Find("launch"), args, options);
  }
  std::vector<float> Output() const {
    const auto bytes = instance_->Read(out_);
    std::vector<float> v(bytes.size() / 4);
    memcpy(v.data(), bytes.data(), bytes.size());
    return v;
  }
  exec::Shadow OutputShadow(uint64_t k) const {
    return instance_->ReadShadow(out_, k, ir::Type::kF32);
  }
  uint64_t Unwritten() const {
    uint64_t first = 0;
    return instance_->UnwrittenBytes(out_, &first);
  }

 private:
  std::unique_ptr<front::Compiled> compiled_;
  std::unique_ptr<exec::Instance> instance_;
  exec::DevicePtr in_ = 0, out_ = 0;
};

std::vector<float> Values(size_t n) {
  std::vector<float> x(n);
  for (size_t k = 0; k < n; ++k) x[k] = static_cast<float>((k * 7919) % 257) / 64.0f - 2.0f;
  return x;
}
double Sum(const std::vector<float>& x) {
  double s = 0;
  for (const float v : x) s += v;
  return s;
}

// Kernel text around it: one launch of `k<<<GRID, BLOCK>>>(y, x, n)`.
std::string Program(const std::string& kernel, const std::string& grid, const std::string& block) {
  return kernel + "\nextern \"C\" void launch(float* y, const float* x, int n) {\n  k<<<" + grid +
         ", " + block + ">>>(y, x, n);\n  cudaDeviceSynchronize();\n}\n";
}

const char* const kBlockSum = R"(
__global__ void k(float* y, const float* x, int n) {
  __shared__ float s[256];
  int t = threadIdx.x;
  float v = 0.0f;
  for (int i = t; i < n; i += blockDim.x) v += x[i];
  s[t] = v;
  BARRIER
  for (int d = blockDim.x / 2; d > 0; d >>= 1) {
    if (t < d) { s[t] += s[t + d]; INNER }
    OUTER
  }
  if (t == 0) y[0] = s[0];
}
)";
std::string BlockSum(const std::string& barrier, const std::string& inner,
                     const std::string& outer) {
  std::string text = kBlockSum;
  const auto replace = [&text](const std::string& from, const std::string& to) {
    text.replace(text.find(from), from.size(), to);
  };
  replace("BARRIER", barrier);
  replace("INNER", inner);
  replace("OUTER", outer);
  return Program(text, "1", "256");
}

const char* const kWarpSum = R"(
__device__ float warp_sum(float v) {
  for (int d = 16; d > 0; d >>= 1) v += __shfl_down_sync(MASK, v, d);
  return v;
}
__global__ void k(float* y, const float* x, int n) {
  __shared__ float s[8];
  float v = 0.0f;
  for (int i = threadIdx.x; i < n; i += 256) v += x[i];
  v = warp_sum(v);
  if (threadIdx.x % 32 == 0) s[threadIdx.x / 32] = v;
  __syncthreads();
  if (threadIdx.x < 32) {
    v = threadIdx.x < 8 ? s[threadIdx.x] : 0.0f;
    v = warp_sum(v);
    if (threadIdx.x == 0) y[0] = v;
  }
}
)";

struct Correct {
  const char* name;
  std::string source;
  size_t n, outputs;
  double (*expected)(const std::vector<float>& x, size_t k);
};

std::vector<Correct> CorrectPrograms() {
  const auto sum = [](const std::vector<float>& x, size_t) { return Sum(x); };
  std::string warp_sum = kWarpSum;
  warp_sum.replace(warp_sum.find("MASK"), 4, "0xffffffffu");
  return {
      {"tree", BlockSum("__syncthreads();", "", "__syncthreads();"), 1000, 1, sum},
      {"warp", Program(warp_sum, "1", "256"), 1000, 1, sum},
      {"softmax",
       Program(R"(
__global__ void k(float* y, const float* x, int n) {
  __shared__ float s[128];
  int t = threadIdx.x;
  float m = -INFINITY;
  for (int i = t; i < n; i += 128) m = fmaxf(m, x[i]);
  s[t] = m;
  __syncthreads();
  for (int d = 64; d > 0; d /= 2) { if (t < d) s[t] = fmaxf(s[t], s[t + d]); __syncthreads(); }
  m = s[0];
  __syncthreads();
  float sum = 0.0f;
  for (int i = t; i < n; i += 128) sum += expf(x[i] - m);
  s[t] = sum;
  __syncthreads();
  for (int d = 64; d > 0; d /= 2) { if (t < d) s[t] += s[t + d]; __syncthreads(); }
  for (int i = t; i < n; i += 128) y[i] = expf(x[i] - m) / s[0];
})",
               "1", "128"),
       500, 500,
       [](const std::vector<float>& x, size_t k) {
         double m = x[0], s = 0;
         for (const float v : x) m = std::max<double>(m, v);
         for (const float v : x) s += std::exp(v - m);
         return std::exp(x[k] - m) / s;
       }},
      {"transpose",
       Program(R"(
__global__ void k(float* y, const float* x, int n) {
  __shared__ float tile[16][17];
  int w = 64;
  int c = blockIdx.x * 16 + threadIdx.x, r = blockIdx.y * 16 + threadIdx.y;
  tile[threadIdx.y][threadIdx.x] = x[r * w + c];
  __syncthreads();
  c = blockIdx.y * 16 + threadIdx.x;
  r = blockIdx.x * 16 + threadIdx.y;
  y[r * w + c] = tile[threadIdx.x][threadIdx.y];
})",
               "dim3(4, 4)", "dim3(16, 16)"),
       4096, 4096,
       [](const std::vector<float>& x, size_t k) { return double{x[k % 64 * 64 + k / 64]}; }},
      {"matmul",
       Program(R"(
__global__ void k(float* y, const float* x, int n) {
  __shared__ float a[8][8], b[8][8];
  int tx = threadIdx.x, ty = threadIdx.y, w = 32;
  int row = blockIdx.y * 8 + ty, col = blockIdx.x * 8 + tx;
  float acc = 0.0f;
  for (int t = 0; t < w / 8; ++t) {
    a[ty][tx] = x[row * w + t * 8 + tx];
    b[ty][tx] = x[(t * 8 + ty) * w + col];
    __syncthreads();
    for (int i = 0; i < 8; ++i) acc += a[ty][i] * b[i][tx];
    __syncthreads();
  }
  y[row * w + col] = acc;
})",
               "dim3(4, 4)", "dim3(8, 8)"),
       1024, 1024,
       [](const std::vector<float>& x, size_t k) {
         double s = 0;
         for (size_t i = 0; i < 32; ++i) s += double{x[k / 32 * 32 + i]} * x[i * 32 + k % 32];
         return s;
       }},
      {"atomics", R"(
__global__ void k(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) atomicAdd(y, x[i]);
}
extern "C" void launch(float* y, const float* x, int n) {
  cudaMemset(y, 0, 4);
  k<<<(n + 127) / 128, 128>>>(y, x, n);
})",
       1000, 1, sum},
      {"temporary", R"(
__global__ void part(float* t, const float* x, int n) {
  float s = 0.0f;
  for (int i = blockIdx.x * 32 + threadIdx.x; i < n; i += 128) s += x[i];
  t[blockIdx.x * 32 + threadIdx.x] = s;
}
__global__ void rest(float* y, const float* t) {
  float s = 0.0f;
  for (int i = 0; i < 128; ++i) s += t[i];
  *y = s;
}
extern "C" void launch(float* y, const float* x, int n) {
  float* t;
  cudaMalloc(&t, 128 * sizeof(float));
  part<<<4, 32>>>(t, x, n);
  rest<<<1, 1>>>(y, t);
  cudaFree(t);
})",
       700, 1, sum},
      {"vectors",
       Program(R"(
__global__ void k(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (4 * i >= n) return;
  float4 v = reinterpret_cast<const float4*>(x)[i];
  v.x *= 2.0f; v.y *= 2.0f; v.z *= 2.0f; v.w *= 2.0f;
  reinterpret_cast<float4*>(y)[i] = v;
})",
               "2", "64"),
       400, 400, [](const std::vector<float>& x, size_t k) { return 2.0 * x[k]; }},
      {"dynamic", R"(
__global__ void k(float* y, const float* x, int n) {
  extern __shared__ float s[];
  for (int i = threadIdx.x; i < n; i += blockDim.x) s[i] = x[i];
  __syncthreads();
  for (int i = threadIdx.x; i < n; i += blockDim.x) y[i] = s[n - 1 - i];
}
extern "C" void launch(float* y, const float* x, int n) {
  k<<<1, 96, n * sizeof(float)>>>(y, x, n);
})",
       1000, 1000,
       [](const std::vector<float>& x, size_t k) { return double{x[x.size() - 1 - k]}; }},
      {"local_array",
       Program(R"(
__global__ void k(float* y, const float* x, int n) {
  float a[8];
  int i = threadIdx.x;
  for (int j = 0; j < 8; ++j) a[j] = x[i * 8 + j];
  float best = a[0];
  int at = 0;
  for (int j = 1; j < 8; ++j) if (a[j] > best) { best = a[j]; at = j; }
  y[i] = a[at ^ 0];
})",
               "1", "40"),
       320, 40,
       [](const std::vector<float>& x, size_t k) {
         double best = x[8 * k];
         for (size_t j = 1; j < 8; ++j) best = std::max<double>(best, x[8 * k + j]);
         return best;
       }},
  };
}

TEST(ExecCudaTest, CorrectProgramsRunClean) {
  for (const Correct& p : CorrectPrograms()) {
    for (const bool passes : {false, true}) {
      Runner runner(p.source, passes);
      if (!runner.ok()) continue;
      const std::vector<float> x = Values(p.n);
      for (const int variant : {0, 1, 2, 3}) {
        RunOptions options;
        options.checks = variant != 3;
        options.schedule_seed = variant == 1 ? 42 : 0;
        options.domain = variant == 2 ? exec::Domain::kError : exec::Domain::kNone;
        const RunReport report = runner.Run(x, p.outputs, options);
        EXPECT_TRUE(report.clean()) << p.name << " passes " << passes << "\n" << Text(report);
        if (options.checks) {
          EXPECT_EQ(runner.Unwritten(), 0u) << p.name;
        }
        const std::vector<float> y = runner.Output();
        for (size_t k = 0; k < y.size(); ++k) {
          const double expected = p.expected(x, k);
          ASSERT_NEAR(y[k], expected, 1e-4 * (1 + std::fabs(expected))) << p.name << " at " << k;
          if (variant != 2) continue;
          const exec::Shadow s = runner.OutputShadow(k);
          ASSERT_FALSE(s.lost) << p.name;
          ASSERT_NEAR(s.value, expected, 1e-9 * (1 + std::fabs(expected))) << p.name;
          // The bound holds for this way of computing it.
          ASSERT_LE(std::fabs(y[k] - s.value),
                    0x1p-24 * (std::sqrt(s.roundings) * s.magnitude + std::fabs(s.value)))
              << p.name << " at " << k;
        }
      }
    }
  }
}

struct Faulty {
  const char* name;
  std::string source;
  FindingKind kind;
  size_t n = 1000, outputs = 1;
};

std::vector<Faulty> FaultyPrograms() {
  std::string half_mask = kWarpSum;
  half_mask.replace(half_mask.find("MASK"), 4, "0x0000ffffu");
  return {
      {"first barrier dropped", BlockSum("", "", "__syncthreads();"), FindingKind::kRaceShared},
      {"loop barrier dropped", BlockSum("__syncthreads();", "", ""), FindingKind::kRaceShared},
      {"barrier in a branch", BlockSum("__syncthreads();", "__syncthreads();", ""),
       FindingKind::kDivergentBarrier},
      {"wrong mask", Program(half_mask, "1", "256"), FindingKind::kBadMembermask},
      {"missing guard",
       Program("__global__ void k(float* y, const float* x, int n) {\n"
               "  int i = blockIdx.x * 256 + threadIdx.x;\n  y[i] = x[i];\n}",
               "4", "256"),
       FindingKind::kOutOfBounds, 1000, 1024},
      {"uninitialised shared",
       Program(R"(
__global__ void k(float* y, const float* x, int n) {
  __shared__ float s[64];
  if (threadIdx.x > 0) s[threadIdx.x] = x[threadIdx.x];
  __syncthreads();
  y[threadIdx.x] = s[threadIdx.x];
})",
               "1", "64"),
       FindingKind::kUninitializedOutput, 64, 64},
      {"uninitialised register",
       Program(R"(
__global__ void k(float* y, const float* x, int n) {
  float s;
  for (int i = 0; i < n; ++i) s += x[i];
  *y = s;
})",
               "1", "1"),
       FindingKind::kUninitializedOutput},
      {"shared index too large",
       Program(R"(
__global__ void k(float* y, const float* x, int n) {
  __shared__ float s[31];
  s[threadIdx.x] = x[threadIdx.x];
  __syncthreads();
  y[threadIdx.x] = s[31 - threadIdx.x];
})",
               "1", "32"),
       FindingKind::kOutOfBounds, 64, 32},
      {"race across blocks",
       Program("__global__ void k(float* y, const float* x, int n) {\n"
               "  *y = x[blockIdx.x];\n}",
               "4", "1"),
       FindingKind::kRaceGlobal},
      {"read of another block's result",
       Program(R"(
__global__ void k(float* y, const float* x, int n) {
  y[blockIdx.x] = x[blockIdx.x];
  if (blockIdx.x > 0) y[blockIdx.x] += y[blockIdx.x - 1];
})",
               "4", "1"),
       FindingKind::kRaceGlobal, 4, 4},
      {"lockstep assumed",
       Program(R"(
__global__ void k(float* y, const float* x, int n) {
  __shared__ float s[32];
  int t = threadIdx.x;
  s[t] = x[t];
  y[t] = s[31 - t];
})",
               "1", "32"),
       FindingKind::kRaceShared, 32, 32},
      {"leak", R"(
__global__ void k(float* y, float* t, const float* x) { t[0] = x[0]; y[0] = t[0]; }
extern "C" void launch(float* y, const float* x, int n) {
  float* t;
  cudaMalloc(&t, 4);
  k<<<1, 1>>>(y, t, x);
})",
       FindingKind::kLeak},
      {"host dereferences device memory", R"(
extern "C" void launch(float* y, const float* x, int n) { y[0] = x[0]; })",
       FindingKind::kWrongSpace},
      {"too many threads",
       Program("__global__ void k(float* y, const float* x, int n) {}", "1", "2048"),
       FindingKind::kBadLaunch},
      {"wrong direction", R"(
extern "C" void launch(float* y, const float* x, int n) {
  cudaMemcpy(y, x, 4, cudaMemcpyHostToDevice);
})",
       FindingKind::kBadRuntimeCall},
      {"misaligned vector",
       Program(R"(
__global__ void k(float* y, const float* x, int n) {
  float4 v = *reinterpret_cast<const float4*>(x + 1);
  *y = v.x;
})",
               "1", "1"),
       FindingKind::kMisaligned},
  };
}

TEST(ExecCudaTest, PlantedFaultsAreFound) {
  for (const Faulty& p : FaultyPrograms()) {
    for (const bool passes : {false, true}) {
      Runner runner(p.source, passes);
      if (!runner.ok()) continue;
      const RunReport report = runner.Run(Values(p.n), p.outputs, {});
      EXPECT_TRUE(Has(report, p.kind)) << p.name << " passes " << passes << "\n" << Text(report);
      for (const Finding& f : report.findings) {
        if (f.kind == p.kind) {
          EXPECT_TRUE(f.loc.valid()) << p.name;
        }
      }
    }
  }
}

}  // namespace
}  // namespace ws
