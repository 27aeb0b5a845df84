#include "driver/first_trial.h"

#include <vector>

#include "base/format.h"
#include "verify/execute.h"

namespace ws::driver {
namespace {

constexpr uint64_t kFuel = uint64_t{1} << 24;  // warp instructions of a run

std::string TrialAt(const task::Program& program, ir::FunctionId entry, const task::Task& task,
                    const task::Sizes& sizes) {
  const auto inputs = task::MakeInputs(task, sizes, task::Family::kFromInit, 1);
  if (!inputs.ok()) return inputs.error().message;
  verify::Session session({&program, entry}, task);
  exec::RunOptions options;
  options.limits.fuel = kFuel;
  const auto run = session.Run(inputs.value(), sizes, options);
  if (!run.ok()) return run.error().message;
  for (const verify::RenderedFinding& finding : run.value().findings) {
    if (!finding.is_note) return verify::PlaceAndMessage(finding);
  }
  return run.value().report.launches.empty() ? "nothing is launched" : "";
}

}  // namespace

std::string FirstTrial(const task::Program& program, const task::Task& task) {
  std::vector<diag::Rendered> diagnostics;
  const auto entry = program.FindEntry(task, diagnostics);
  if (!entry) return "the launcher cannot be called";
  for (const task::Sizes& sizes : task.test_sizes) {
    const std::string problem = TrialAt(program, *entry, task, sizes);
    if (!problem.empty()) return Format("at {}: {}", task::ToText(sizes), problem);
  }
  return {};
}

}  // namespace ws::driver
