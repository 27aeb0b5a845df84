// A sample of what ws_referee runs.
#include "tests/referee/generate.h"
#include "tests/referee/generate_ptx.h"
#include "tests/referee/paths.h"
#include "tests/test.h"

namespace ws::referee {
namespace {

TEST(Referee, PathsAgreeOnGeneratedPrograms) {
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    const Program program = Generate(seed);
    const Outcome native = RunPath(program.text, Path::kNative, seed, nullptr);
    ASSERT_EQ(native.problem, "") << seed << "\n" << program.text;
    for (const Path path :
         {Path::kUnoptimised, Path::kUnchecked, Path::kReordered, Path::kPrinted, Path::kTiming}) {
      const Outcome other = RunPath(program.text, path, seed, nullptr);
      EXPECT_EQ(other.problem, "") << seed;
      EXPECT_TRUE(other.bytes == native.bytes)
          << "seed " << seed << ": " << kPathNames[static_cast<size_t>(path)];
    }
  }
}

TEST(Referee, PathsAgreeOnGeneratedPtx) {
  Coverage coverage{};
  for (uint64_t seed = 1; seed <= 200; ++seed) {
    const PtxKernel kernel = GeneratePtx(seed);
    const auto run = [&](Path path) {
      return RunPtxPath(kernel.program.text, kernel.blocks, kernel.threads, path, seed, &coverage);
    };
    const Outcome native = run(Path::kNative);
    ASSERT_EQ(native.problem, "") << seed << "\n" << kernel.program.text;
    for (const Path path :
         {Path::kUnoptimised, Path::kUnchecked, Path::kReordered, Path::kPrinted, Path::kTiming}) {
      const Outcome other = run(path);
      EXPECT_EQ(other.problem, "") << seed;
      EXPECT_TRUE(other.bytes == native.bytes)
          << "seed " << seed << ": " << kPathNames[static_cast<size_t>(path)];
    }
  }
  // No operation is avoided, but for what ends a program, waits for other warps alone, or prints.
  for (size_t op = 0; op < coverage.size(); ++op) {
    const ir::Op o = static_cast<ir::Op>(op);
    const bool apart = o == ir::Op::kTrap || o == ir::Op::kBarArrive || o == ir::Op::kPrint;
    if (ir::InfoOf(o).effect == ir::Effect::Host || apart) continue;
    EXPECT_GT(coverage[op], 0u) << ir::InfoOf(o).name;
  }
}

TEST(Referee, TheSameSeedGivesTheSameProgram) {
  EXPECT_EQ(Generate(7).text, Generate(7).text);
  EXPECT_NE(Generate(7).text, Generate(8).text);
}

}  // namespace
}  // namespace ws::referee
