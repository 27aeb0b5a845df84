// Generated code against the reference: schedules found by random walks over the techniques, for
// the programs lifted from the examples, climb the evidence ladder on ragged sizes.
#include <algorithm>
#include <set>

#include "base/rng.h"
#include "front/compiled.h"
#include "nest/lift.h"
#include "target/cuda/technique.h"
#include "tests/test.h"
#include "verify/judge.h"

namespace ws {
namespace {

// One step of a walk: a technique first, so that techniques with few choices are taken as often.
const target::cuda::Move& Pick(const std::vector<target::cuda::Move>& moves, Rng& rng) {
  std::set<std::string_view> names;
  for (const auto& move : moves) names.insert(move.technique->name);
  auto name = names.begin();
  std::advance(name, rng.Below(names.size()));
  std::vector<const target::cuda::Move*> mine;
  for (const auto& move : moves) {
    if (move.technique->name == *name) mine.push_back(&move);
  }
  return *mine[rng.Below(mine.size())];
}

class GeneratedCodeTest : public testing::TestWithParam<const char*> {};

TEST_P(GeneratedCodeTest, RandomSchedulesAreAccepted) {
  const std::string path = test::RepoPath(std::string("examples/") + GetParam() + "/task.toml");
  const auto task = task::ReadTask(path);
  ASSERT_TRUE(task.ok()) << task.error().message;
  const auto judge = verify::Judge::Make(task.value(), 1);
  ASSERT_TRUE(judge.ok()) << judge.error().message;
  const auto compiled = front::CompileText("naive.cu", task.value().baseline_text);
  ASSERT_TRUE(compiled->ok());
  const nest::Lifted lifted = nest::Lift(compiled->program(), task.value().entry);
  ASSERT_TRUE(lifted.ok) << lifted.why_not;
  nest::SizeValues sizes(task.value().args.size(), 0);
  for (size_t i = 0; i < sizes.size(); ++i) {
    if (task.value().args[i].role != task::Role::kScalar) continue;
    const auto bits = task::ScalarBits(task.value(), i, task.value().bench_sizes[0].sizes);
    ASSERT_TRUE(bits.ok());
    sizes[i] = static_cast<int64_t>(bits.value());
  }

  constexpr int kWalks = 2;
  constexpr int kSteps = 4;
  for (int walk = 0; walk < kWalks; ++walk) {
    Rng rng(HashText(GetParam(), static_cast<uint64_t>(walk)));
    nest::Schedule schedule = nest::DefaultSchedule(lifted.program);
    for (int step = 0; step <= kSteps; ++step) {
      const auto source = target::cuda::GenerateSource(lifted.program, schedule, "sm_90");
      ASSERT_TRUE(source.ok()) << source.error().message;
      verify::JudgeOptions options;
      options.certify = false;
      const verify::Verdict verdict = judge.value()->Check(source.value(), "generated.cu", options);
      std::string findings;
      for (const auto& finding : verdict.findings) findings += finding.message + "\n";
      for (const auto& diagnostic : verdict.diagnostics) findings += diagnostic.message + "\n";
      EXPECT_EQ(verdict.outcome, verify::Outcome::kAccepted) << nest::ToText(schedule) << "\n"
                                                             << verdict.reason << "\n"
                                                             << findings << source.value();
      const auto moves = target::cuda::Moves({lifted.program, schedule, sizes});
      if (moves.empty()) break;
      schedule = Pick(moves, rng).schedule;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Examples, GeneratedCodeTest,
                         testing::Values("softmax", "rmsnorm", "transpose", "sgemm", "column_sums",
                                         "bias_gelu", "histogram", "argmax", "hgemm"),
                         [](const auto& param_info) { return std::string(param_info.param); });

}  // namespace
}  // namespace ws
