// Small tasks for tests of the judge.
#ifndef WARPSMITH_VERIFY_JUDGE_TEST_H_
#define WARPSMITH_VERIFY_JUDGE_TEST_H_

#include <string>
#include <string_view>
#include <vector>

#include "tests/test.h"
#include "verify/judge.h"
#include "verify/verdict_text.h"

namespace ws::verify {

// `y: f32 [n]` and so on; the first is the output, the others inputs. A size that is an argument
// is passed as int behind them.
struct ArraySpec {
  const char* name;
  task::DType dtype;
  std::vector<const char*> shape;
};

inline task::Task TestTask(const std::vector<ArraySpec>& arrays,
                           const std::vector<const char*>& sizes, std::vector<task::Sizes> tests,
                           task::Sizes bench, std::string reference, std::string baseline = "") {
  task::Task task;
  task.name = "test";
  for (const ArraySpec& spec : arrays) {
    task::Arg& arg = task.args.emplace_back();
    arg.name = spec.name;
    arg.role = task.args.size() == 1 ? task::Role::kOutput : task::Role::kInput;
    arg.dtype = spec.dtype;
    for (const char* extent : spec.shape) arg.shape.push_back({extent});
  }
  for (const char* size : sizes) {
    task::Arg& arg = task.args.emplace_back();
    arg.name = size;
    arg.role = task::Role::kScalar;
    arg.ctype = "int";
  }
  task.test_sizes = std::move(tests);
  task.bench_sizes.push_back({std::move(bench), 1});
  task.reference_file = "reference.cu";
  task.baseline_file = "baseline.cu";
  task.baseline_text = baseline.empty() ? reference : std::move(baseline);
  task.reference_text = std::move(reference);
  return task;
}

// Few fresh inputs: these tests are about what the others find.
inline Verdict CheckQuickly(const task::Task& task, std::string_view source,
                            LaunchLimits limits = {}) {
  const auto judge = Judge::Make(task, 1);
  EXPECT_TRUE(judge.ok()) << judge.error().message;
  if (!judge.ok()) return {};
  JudgeOptions options;
  options.epsilon = 0.2;
  options.limits = limits;
  return judge.value()->Check(source, "candidate.cu", options);
}

inline std::string TextOf(const Verdict& verdict) { return ToText(verdict, "candidate.cu"); }

}  // namespace ws::verify

#endif  // WARPSMITH_VERIFY_JUDGE_TEST_H_
