#include "verify/trial.h"

#include <algorithm>

#include "base/format.h"
#include "base/hash.h"
#include "task/element.h"

namespace ws::verify {

bool Refuses(const Climb& climb, const task::Sizes& sizes,
             const std::vector<RenderedFinding>& findings) {
  const auto fault = std::ranges::find(findings, false, &RenderedFinding::is_note);
  if (fault == findings.end() || !climb.space.IsBeyond(sizes)) return false;
  return fault->id == MakeFinding(exec::FindingKind::kAborted, "").id ||
         fault->id == MakeFinding(exec::FindingKind::kUncaught, "").id ||
         fault->id == MakeFinding(exec::FindingKind::kTrapped, "").id;
}

Trial RunTrial(const Climb& climb, const Sample& sample, uint64_t order, bool checks) {
  Trial trial;
  Session session(climb.candidate, climb.task);
  exec::RunOptions options;
  options.checks = checks;
  options.schedule_seed = order % 2 == 0 ? 0 : HashCombine(climb.options.seed, order) | 1;
  options.limits = LimitsFor(sample, climb.options.limits);
  auto run = session.Run(sample.inputs, sample.sizes, options);
  if (!run.ok()) {
    trial.internal = run.error().message;
    return trial;
  }
  RunResult& value = run.value();
  trial.warp_instructions = value.report.warp_instructions;
  trial.refused = !value.clean && Refuses(climb, sample.sizes, value.findings);
  if (trial.refused) return trial;
  if (!value.clean) {
    trial.failed = true;
    trial.findings = std::move(value.findings);
    std::ranges::stable_sort(trial.findings, {}, &RenderedFinding::is_note);
    const std::string why = trial.findings.empty() ? "it did not end" : trial.findings[0].message;
    trial.reason =
        Format("{} at {} (inputs: {})", why, task::ToText(sample.sizes), task::Name(sample.family));
    trial.comparison.witness = {.sizes = sample.sizes,
                                .family = sample.family,
                                .seed = sample.seed,
                                .output = {},
                                .index = {}};
    return trial;
  }
  trial.comparison = CompareOutputs(climb.task, sample, value.outputs);
  trial.failed = trial.comparison.wrong > 0;
  return trial;
}

Trial Smallest(const Climb& climb, Trial trial, uint64_t order, int tries, bool checks) {
  if (climb.baseline == nullptr) return trial;
  bool found = true;
  while (found) {
    found = false;
    const Witness w = trial.comparison.witness;
    for (const task::Sizes& sizes : climb.space.Smaller(w.sizes)) {
      if (tries-- <= 0) return trial;
      auto sample = climb.reference.MakeSample(sizes, w.family, w.seed);
      if (!sample.ok() || CompareReference(climb.task, sample.value()).wrong > 0) continue;
      Trial smaller = RunTrial(climb, sample.value(), order, checks);
      if (!smaller.failed) continue;
      const auto problem = BaselineProblem(climb.task, *climb.baseline, sample.value(), true);
      if (!problem.ok() || !problem.value().empty()) continue;
      trial = std::move(smaller);
      found = true;
      break;
    }
  }
  return trial;
}

bool RejectWith(const Trial& trial, Verdict& verdict) {
  verdict.has_witness = true;
  verdict.witness = trial.comparison.witness;
  for (const RenderedFinding& finding : trial.findings) verdict.findings.push_back(finding);
  if (!trial.reason.empty()) return Reject(verdict, Rung::kTested, trial.reason);
  const Witness& w = verdict.witness;
  return Reject(verdict, Rung::kTested,
                Format("{} at {} (inputs: {}, seed {}); {} of {} elements are wrong",
                       ElementText(w), task::ToText(w.sizes), task::Name(w.family), w.seed,
                       w.wrong_elements, trial.comparison.elements));
}

}  // namespace ws::verify
