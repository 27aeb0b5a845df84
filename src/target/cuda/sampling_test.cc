// What is extrapolated from sampled blocks, where all do the same and where they do not.
#include "target/cuda/profile.h"
#include "task/task.h"
#include "tests/test.h"

namespace ws::target::cuda {
namespace {

constexpr uint32_t kRows = 1 << 16;

// Profiles a launcher whose kernel has a warp for each row; a row's length is `length(row)`.
LaunchProfile ProfileOf(std::string_view length, uint32_t block) {
  auto task = task::ReadTask(test::RepoPath("examples/transpose/task.toml"));
  EXPECT_TRUE(task.ok());
  task.value().bench_sizes = {{.sizes = {{"rows", 1024}, {"cols", 1024}}, .weight = 1}};
  auto profiler = Profiler::Make(task.value(), {.arch = FindArch("sm_90"), .use_ptxas = false});
  const std::string source = R"(
__device__ unsigned length(unsigned row) { return )" +
                             std::string(length) + R"(; }
__global__ void rows(float* y, const float* x) {
  const unsigned row = (blockIdx.x * blockDim.x + threadIdx.x) / 32, lane = threadIdx.x % 32;
  float sum = 0;
  for (unsigned k = 0; k < length(row); ++k) sum += x[(row + k) % 1024 * 1024 + lane];
  y[row % 1024 * 1024 + lane] = sum;
}
extern "C" void launch(float* y, const float* x, int, int) {
  rows<<<)" + std::to_string(kRows * 32 / block) +
                             ", " + std::to_string(block) + R"(>>>(y, x);
}
)";
  auto profile = profiler.value()->Run(source, "rows.cu");
  EXPECT_TRUE(profile.ok()) << (profile.ok() ? "" : profile.error().message);
  return profile.value().sizes.at(0).launches.at(0);
}

template <typename Length>
double Total(Length length) {
  double total = 0;
  for (uint32_t row = 0; row < kRows; ++row) total += length(row);
  return total;
}

TEST(Sampling, EqualBlocksTakeFewAndAreExact) {
  const LaunchProfile launch = ProfileOf("20", 128);
  EXPECT_TRUE(launch.sampled);
  EXPECT_LE(launch.blocks_run, 520u);
  EXPECT_EQ(launch.sampling_error, 0);
  EXPECT_NEAR(launch.counters.global_load_requests, 20.0 * kRows, 1e-6);
}

TEST(Sampling, UnevenRowsComeOutAlikeWhateverTheBlocks) {
  const double total = Total([](uint32_t row) { return row * 2654435761u >> 26; });
  for (const uint32_t block : {32u, 128u, 512u}) {
    const LaunchProfile launch = ProfileOf("row * 2654435761u >> 26", block);
    EXPECT_TRUE(launch.sampled);
    EXPECT_GT(launch.sampling_error, 0);
    EXPECT_LT(launch.sampling_error, 0.03);
    EXPECT_NEAR(launch.counters.global_load_requests, total, 3 * launch.sampling_error * total)
        << block;
  }
}

TEST(Sampling, AHeavyTailIsSeen) {
  const double total = Total([](uint32_t row) { return row % 64 == 63 ? 200u : 2u; });
  const LaunchProfile launch = ProfileOf("row % 64 == 63 ? 200u : 2u", 128);
  EXPECT_GT(launch.sampling_error, 0.02);
  EXPECT_NEAR(launch.counters.global_load_requests, total, 3 * launch.sampling_error * total);
}

// Neighbours do nearly the same: the error is small although the first and the last differ much.
TEST(Sampling, ATrendIsNoChance) {
  const double total = Total([](uint32_t row) { return row >> 10; });
  const LaunchProfile launch = ProfileOf("row >> 10", 128);
  EXPECT_LT(launch.sampling_error, 0.005);
  EXPECT_NEAR(launch.counters.global_load_requests, total, 0.005 * total);
}

}  // namespace
}  // namespace ws::target::cuda
