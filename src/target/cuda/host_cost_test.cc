// What a launcher does beside launching has a price, and a kept workspace is paid for once.
#include "target/cuda/host_cost.h"

#include "target/cuda/profile.h"
#include "task/task.h"
#include "tests/test.h"

namespace ws::target::cuda {
namespace {

using exec::HostWork;
using ir::RtFn;

const Arch& H100() { return *FindArch("sm_90"); }

TEST(HostCost, CopiesOnTheDeviceMoveTheirBytesTwice) {
  const HostWork copy{RtFn::kMemcpyAsync, 3350 * 1000, true, true};
  const HostWork set{RtFn::kMemsetAsync, 3350 * 1000, false, true};
  const auto calls = PriceHostWork(H100(), std::vector<HostWork>{copy, set, copy});
  ASSERT_EQ(calls.size(), 2u);
  EXPECT_EQ(calls[0].name, "cudaMemcpyAsync");
  EXPECT_EQ(calls[0].calls, 2u);
  EXPECT_NEAR(calls[0].time.low_us, 2 * (2.0 + H100().launch_us), 1e-9);
  EXPECT_NEAR(calls[1].time.low_us, 1.0 + H100().launch_us, 1e-9);
}

TEST(HostCost, CopiesToTheHostGoOverTheLink) {
  const HostWork copy{RtFn::kMemcpyAsync, 64 * 1000, true, false};
  const auto calls = PriceHostWork(H100(), std::vector<HostWork>{copy});
  EXPECT_NEAR(calls.at(0).time.low_us, 1.0 + H100().launch_us, 1e-9);
}

TEST(HostCost, CallsWithoutAPriceAreLeftOut) {
  const HostWork sync{RtFn::kDeviceSync, 0, false, false};
  EXPECT_TRUE(PriceHostWork(H100(), std::vector<HostWork>{sync}).empty());
}

constexpr const char* kKernel = R"(
__global__ void copy(float* y, const float* x, int n) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = x[i];
}
)";

// Profiles a launcher that gets out, in, rows and cols, a million floats each.
SizeProfile ProfileOf(std::string_view launcher) {
  auto task = task::ReadTask(test::RepoPath("examples/transpose/task.toml"));
  EXPECT_TRUE(task.ok());
  task.value().bench_sizes = {{.sizes = {{"rows", 1000}, {"cols", 1000}}, .weight = 1}};
  auto profiler = Profiler::Make(task.value(), {.arch = &H100(), .use_ptxas = false});
  auto profile = profiler.value()->Run(std::string(kKernel) + std::string(launcher), "copy.cu");
  EXPECT_TRUE(profile.ok()) << (profile.ok() ? "" : profile.error().message);
  return profile.value().sizes.at(0);
}

TEST(HostCost, AWorkspaceIsPaidForByTheCallThatMakesIt) {
  const SizeProfile fresh = ProfileOf(R"(
extern "C" void launch(float* y, const float* x, int rows, int cols) {
  const int n = rows * cols;
  float* tmp;
  cudaMalloc(&tmp, n * sizeof(float));
  copy<<<(n + 255) / 256, 256>>>(tmp, x, n);
  copy<<<(n + 255) / 256, 256>>>(y, tmp, n);
  cudaFree(tmp);
})");
  const SizeProfile kept = ProfileOf(R"(
extern "C" void launch(float* y, const float* x, int rows, int cols) {
  const int n = rows * cols;
  static float* tmp = nullptr;
  if (!tmp) cudaMalloc(&tmp, n * sizeof(float));
  copy<<<(n + 255) / 256, 256>>>(tmp, x, n);
  copy<<<(n + 255) / 256, 256>>>(y, tmp, n);
})");
  EXPECT_EQ(fresh.host_calls.size(), 2u);
  EXPECT_TRUE(kept.host_calls.empty());
  EXPECT_EQ(kept.launches.size(), 2u);
  EXPECT_NEAR(fresh.time.low_us - kept.time.low_us, 4.0, 0.5);
}

TEST(HostCost, WorkDoneByCopiesIsNotFree) {
  const SizeProfile copied = ProfileOf(R"(
extern "C" void launch(float* y, const float* x, int rows, int cols) {
  const int n = rows * cols;
  cudaMemcpy(y, x, n * sizeof(float), cudaMemcpyDeviceToDevice);
})");
  EXPECT_TRUE(copied.launches.empty());
  EXPECT_NEAR(copied.time.low_us, 8e6 / 3350e3 + H100().launch_us, 1e-6);
}

}  // namespace
}  // namespace ws::target::cuda
