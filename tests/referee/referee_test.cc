// A sample of what ws_referee runs.
#include "tests/referee/coverage.h"
#include "tests/referee/generate.h"
#include "tests/referee/generate_ptx.h"
#include "tests/referee/paths.h"
#include "tests/test.h"

namespace ws::referee {
namespace {

TEST(Referee, PathsAgreeOnGeneratedPrograms) {
  for (uint64_t seed = 1; seed <= 40; ++seed) {
    const Program program = Generate(seed);
    Subject subject(program.text, seed);
    const Outcome native = subject.Run(Path::kNative, nullptr);
    ASSERT_EQ(native.problem, "") << seed << "\n" << program.text;
    for (const Path path :
         {Path::kUnchecked, Path::kReordered, Path::kTiming, Path::kPrinted, Path::kUnoptimised}) {
      const Outcome other = subject.Run(path, nullptr);
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
    Subject subject(kernel.program.text, seed, kernel.blocks, kernel.threads);
    const Outcome native = subject.Run(Path::kNative, &coverage);
    ASSERT_EQ(native.problem, "") << seed << "\n" << kernel.program.text;
    for (const Path path :
         {Path::kUnchecked, Path::kReordered, Path::kTiming, Path::kPrinted, Path::kUnoptimised}) {
      const Outcome other = subject.Run(path, &coverage);
      EXPECT_EQ(other.problem, "") << seed;
      EXPECT_TRUE(other.bytes == native.bytes)
          << "seed " << seed << ": " << kPathNames[static_cast<size_t>(path)];
    }
  }
  // No operation is avoided, but for what ends a program, and what programs in CUDA have: warps
  // that wait for others, prints.
  for (size_t op = 0; op < coverage.size(); ++op) {
    const ir::Op o = static_cast<ir::Op>(op);
    const bool apart = o == ir::Op::kTrap || o == ir::Op::kBarArrive || o == ir::Op::kPrint;
    if (ir::InfoOf(o).effect == ir::Effect::Host || apart) continue;
    EXPECT_GT(coverage[op], 0u) << ir::InfoOf(o).name;
  }
}

TEST(Referee, ProgramsTogetherGiveWhatTheyGiveAlone) {
  std::vector<Program> programs;
  for (uint64_t seed = 1; seed <= 6; ++seed) programs.push_back(Generate(seed));
  std::vector<Seeded> all;
  for (size_t i = 0; i < programs.size(); ++i) all.push_back({&programs[i], i + 1});
  const std::vector<Outcome> together = RunTogether(all, Path::kNative, nullptr);
  ASSERT_EQ(together.size(), programs.size());
  for (size_t i = 0; i < programs.size(); ++i) {
    const Outcome alone = Subject(programs[i].text, i + 1).Run(Path::kNative, nullptr);
    EXPECT_EQ(together[i].problem, "") << i + 1;
    EXPECT_TRUE(alone.bytes == together[i].bytes) << i + 1;
  }
}

TEST(Referee, EveryRowOfTheGeneratorIsMade) {
  Covered covered;
  for (uint64_t seed = 1; seed <= 1500; ++seed) {
    covered.Add(Generate(seed));
    ++covered.cuda;
  }
  for (const std::string& row : Missing(covered, {})) ADD_FAILURE() << row;
}

TEST(Referee, TheSameSeedGivesTheSameProgram) {
  EXPECT_EQ(Generate(7).text, Generate(7).text);
  EXPECT_NE(Generate(7).text, Generate(8).text);
}

}  // namespace
}  // namespace ws::referee
