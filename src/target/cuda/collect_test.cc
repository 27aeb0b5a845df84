#include "target/cuda/collect.h"

#include <numeric>
#include <set>

#include "target/cuda/cache.h"
#include "target/cuda/occupancy.h"
#include "tests/test.h"

namespace ws::target::cuda {
namespace {

uint32_t SectorsAtStride(uint32_t stride_bytes, uint32_t bytes, uint64_t base = 0) {
  uint64_t addresses[32], sectors[160];
  for (uint32_t lane = 0; lane < 32; ++lane) addresses[lane] = base + lane * uint64_t{stride_bytes};
  return CoalesceSectors(addresses, 0xffffffff, bytes, sectors);
}

TEST(Coalesce, SectorsPerRequestByStride) {
  EXPECT_EQ(SectorsAtStride(4, 4), 4u);
  EXPECT_EQ(SectorsAtStride(4, 4, 4), 5u);  // misaligned by one word
  EXPECT_EQ(SectorsAtStride(8, 4), 8u);
  EXPECT_EQ(SectorsAtStride(32, 4), 32u);
  EXPECT_EQ(SectorsAtStride(4096, 4), 32u);
  EXPECT_EQ(SectorsAtStride(0, 4), 1u);
  EXPECT_EQ(SectorsAtStride(16, 16), 16u);
  EXPECT_EQ(SectorsAtStride(2, 2), 2u);
}

TEST(Coalesce, EveryStrideAndAlignment) {
  for (const uint32_t bytes : {1u, 2u, 4u, 8u, 16u}) {
    for (uint32_t stride = 0; stride <= 160; stride += bytes) {
      for (uint64_t base = 0; base < 32; base += bytes) {
        std::set<uint64_t> sectors;
        for (uint64_t lane = 0; lane < 32; ++lane) sectors.insert((base + lane * stride) / 32);
        EXPECT_EQ(SectorsAtStride(stride, bytes, base), sectors.size())
            << bytes << " bytes at stride " << stride << " from " << base;
      }
    }
  }
}

TEST(Coalesce, InactiveLanesDoNotCount) {
  uint64_t addresses[32] = {}, sectors[160];
  for (uint32_t lane = 0; lane < 32; ++lane) addresses[lane] = lane * 64;
  EXPECT_EQ(CoalesceSectors(addresses, 0x7, 4, sectors), 3u);
  EXPECT_EQ(CoalesceSectors(addresses, 0, 4, sectors), 0u);
}

uint32_t WavefrontsAtStride(uint32_t stride_words, uint32_t bytes = 4) {
  uint64_t addresses[32];
  for (uint32_t lane = 0; lane < 32; ++lane) addresses[lane] = lane * uint64_t{stride_words} * 4;
  return SharedWavefronts(addresses, 0xffffffff, bytes);
}

TEST(SharedMemory, ConflictsAtEachPowerOfTwoStride) {
  EXPECT_EQ(WavefrontsAtStride(0), 1u);  // broadcast
  EXPECT_EQ(WavefrontsAtStride(1), 1u);
  EXPECT_EQ(WavefrontsAtStride(2), 2u);
  EXPECT_EQ(WavefrontsAtStride(4), 4u);
  EXPECT_EQ(WavefrontsAtStride(8), 8u);
  EXPECT_EQ(WavefrontsAtStride(16), 16u);
  EXPECT_EQ(WavefrontsAtStride(32), 32u);
  EXPECT_EQ(WavefrontsAtStride(33), 1u);  // padded
}

// Lanes s words apart fall on 32 / gcd(s, 32) banks.
TEST(SharedMemory, EveryStride) {
  for (uint32_t stride = 1; stride <= 130; ++stride) {
    EXPECT_EQ(WavefrontsAtStride(stride), std::gcd(stride, 32u)) << stride;
    EXPECT_EQ(WavefrontsAtStride(2 * stride, 8), 2 * std::gcd(stride, 16u)) << stride;
    EXPECT_EQ(WavefrontsAtStride(4 * stride, 16), 4 * std::gcd(stride, 8u)) << stride;
  }
}

TEST(SharedMemory, OddStridesHaveNone) {
  for (uint32_t stride = 1; stride < 64; stride += 2) EXPECT_EQ(WavefrontsAtStride(stride), 1u);
}

TEST(SharedMemory, WideAccessesGoInParts) {
  EXPECT_EQ(WavefrontsAtStride(2, 8), 2u);
  EXPECT_EQ(WavefrontsAtStride(4, 16), 4u);
}

TEST(SampleGrid, WeightsAddUpToTheGrid) {
  for (const exec::Dim3 grid :
       {exec::Dim3{1, 1, 1}, exec::Dim3{3, 1, 1}, exec::Dim3{1000, 1, 1}, exec::Dim3{64, 64, 1},
        exec::Dim3{2, 700, 1}, exec::Dim3{5, 4, 3}, exec::Dim3{1, 1, 50}}) {
    const double blocks = double(grid[0]) * grid[1] * grid[2];
    for (const uint32_t spread : {0u, 7u, 100u, 1024u}) {
      double total = 0;
      std::set<uint32_t> distinct;
      const std::vector<BlockSample> sample = SampleGrid(grid, spread);
      for (const BlockSample& s : sample) {
        total += s.weight;
        distinct.insert(s.block);
        EXPECT_LT(s.block, blocks);
      }
      EXPECT_NEAR(total, blocks, 1e-9 * blocks);
      EXPECT_EQ(distinct.size(), sample.size());
      if (spread >= blocks) {
        EXPECT_EQ(sample.size(), blocks);
      }
    }
  }
}

TEST(SampleGrid, HasCornersAndIsSmall) {
  const std::vector<BlockSample> sample = SampleGrid({64, 64, 1});
  EXPECT_LE(sample.size(), 16u);
  EXPECT_EQ(sample.front().block, 0u);
  EXPECT_EQ(sample.back().block, 64u * 64 - 1);
}

TEST(SectorCache, KeepsWhatFitsAndForgetsTheRest) {
  SectorCache cache(64 * 1024);
  for (uint64_t s = 0; s < 512; ++s) EXPECT_FALSE(cache.Access(s, true));
  for (uint64_t s = 0; s < 512; ++s) EXPECT_TRUE(cache.Access(s, true));
  for (uint64_t s = 10000; s < 20000; ++s) cache.Access(s, true);
  EXPECT_FALSE(cache.Access(0, true));
}

TEST(SectorCache, FetchesSectorsNotLines) {
  SectorCache cache(64 * 1024);
  cache.Access(0, true);
  EXPECT_FALSE(cache.Access(1, true));
  EXPECT_TRUE(cache.Access(0, true));
}

// Resident blocks by hand from the table "Technical Specifications per Compute Capability": 32
// registers, no shared memory; then 48 registers; then 48 KiB of shared memory, of which every
// block reserves one more from compute capability 8.0.
TEST(Occupancy, EveryArchitecture) {
  struct Row {
    const char* arch;
    uint32_t of_32, of_64, of_256, of_512, of_1024, registers_48, shared_48_kib;
  };
  const Row rows[] = {
      {"sm_75", 16, 16, 4, 2, 1, 4, 1}, {"sm_80", 32, 32, 8, 4, 2, 5, 3},
      {"sm_86", 16, 16, 6, 3, 1, 5, 2}, {"sm_89", 24, 24, 6, 3, 1, 5, 2},
      {"sm_90", 32, 32, 8, 4, 2, 5, 4},
  };
  for (const Row& row : rows) {
    const Arch& arch = *FindArch(row.arch);
    const auto blocks = [&](uint32_t threads, uint32_t registers, uint32_t shared) {
      return ComputeOccupancy(arch, threads, registers, shared).blocks;
    };
    EXPECT_EQ(blocks(32, 32, 0), row.of_32) << row.arch;
    EXPECT_EQ(blocks(64, 32, 0), row.of_64) << row.arch;
    EXPECT_EQ(blocks(256, 32, 0), row.of_256) << row.arch;
    EXPECT_EQ(blocks(512, 32, 0), row.of_512) << row.arch;
    EXPECT_EQ(blocks(1024, 32, 0), row.of_1024) << row.arch;
    EXPECT_EQ(blocks(256, 48, 0), row.registers_48) << row.arch;
    EXPECT_EQ(blocks(128, 32, 48 * 1024), row.shared_48_kib) << row.arch;
    EXPECT_EQ(blocks(1025, 32, 0), 0u) << row.arch;
  }
}

TEST(Occupancy, LimitsOfTheProgrammingGuide) {
  const Arch& h100 = *FindArch("sm_90");
  EXPECT_EQ(ComputeOccupancy(h100, 256, 32, 0).blocks, 8u);
  EXPECT_EQ(ComputeOccupancy(h100, 32, 32, 0).limit, OccupancyLimit::kBlocks);
  EXPECT_EQ(ComputeOccupancy(h100, 32, 32, 0).blocks, 32u);
  EXPECT_EQ(ComputeOccupancy(h100, 256, 128, 0).blocks, 2u);
  EXPECT_EQ(ComputeOccupancy(h100, 256, 128, 0).limit, OccupancyLimit::kRegisters);
  EXPECT_EQ(ComputeOccupancy(h100, 128, 32, 100 * 1024).blocks, 2u);
  EXPECT_EQ(ComputeOccupancy(h100, 128, 32, 100 * 1024).limit, OccupancyLimit::kShared);
  EXPECT_EQ(ComputeOccupancy(h100, 128, 32, 228 * 1024).limit, OccupancyLimit::kImpossible);
  const Arch& t4 = *FindArch("sm_75");
  EXPECT_EQ(ComputeOccupancy(t4, 1024, 64, 0).blocks, 1u);
}

}  // namespace
}  // namespace ws::target::cuda
