// A sample of what ws_referee runs.
#include "tests/referee/generate.h"
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

TEST(Referee, TheSameSeedGivesTheSameProgram) {
  EXPECT_EQ(Generate(7).text, Generate(7).text);
  EXPECT_NE(Generate(7).text, Generate(8).text);
}

}  // namespace
}  // namespace ws::referee
