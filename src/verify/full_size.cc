#include "verify/full_size.h"

#include <algorithm>
#include <cmath>
#include <mutex>

#include "base/format.h"
#include "base/hash.h"
#include "task/element.h"
#include "verify/full_compare.h"
#include "verify/trial.h"

namespace ws::verify {
namespace {

// Sizes beside bench sizes, and what a run there may cost.
constexpr size_t kMostBeside = 3;
constexpr uint64_t kBesideFuel = uint64_t{1} << 26;

// A program may need so many times the reference's instructions at a bench size.
constexpr uint64_t kTimes = 64;
constexpr uint64_t kMostFuel = uint64_t{1} << 31;  // at least 4 times the reference's

exec::RunOptions OptionsFor(uint64_t cost, const LaunchLimits& launch = {}) {
  exec::RunOptions options;
  options.checks = false;
  options.limits.fuel = std::min(kMostFuel, (uint64_t{1} << 22) + kTimes * cost);
  options.limits.max_threads_per_block = launch.threads_per_block;
  options.limits.max_shared_bytes_opt_in = launch.shared_bytes_opt_in;
  options.limits.device = launch.device;
  return options;
}

std::string FirstProblem(const RunResult& run) {
  if (run.report.status == exec::RunStatus::kNoFuel) return "it takes too many instructions";
  for (const RenderedFinding& finding : run.findings) {
    if (!finding.is_note) return finding.message;
  }
  return "it did not end";
}

}  // namespace

struct FullSizes::Place {
  task::Sizes sizes;
  bool is_listed = true;  // by the task; else beside one that is
  uint64_t seed = 0;
  std::mutex lock;  // around making the two
  std::unique_ptr<FullReference> reference;
  std::unique_ptr<BaselineRun> baseline;
};

FullSizes::FullSizes(const Reference& reference, const Candidate& baseline, uint64_t seed)
    : reference_(reference), baseline_(baseline) {
  for (const task::BenchSize& size : reference.task->bench_sizes) {
    auto place = std::make_unique<Place>();
    place->sizes = size.sizes;
    place->seed = HashCombine(seed, places_.size()) >> 32;
    places_.push_back(std::move(place));
  }
  for (task::Sizes& sizes : SizeSpace(*reference.task).BesideBench(kMostBeside)) {
    auto place = std::make_unique<Place>();
    place->sizes = std::move(sizes);
    place->is_listed = false;
    place->seed = HashCombine(seed, places_.size()) >> 32;
    places_.push_back(std::move(place));
  }
}

FullSizes::~FullSizes() = default;

const FullReference& FullSizes::ReferenceAt(Place& place) const {
  const std::lock_guard lock(place.lock);
  if (place.reference == nullptr) {
    place.reference = FullReference::Make(reference_, place.sizes, place.seed,
                                          place.is_listed ? kFullRunFuel : kBesideFuel);
  }
  return *place.reference;
}

const FullSizes::BaselineRun& FullSizes::BaselineAt(Place& place) const {
  const FullReference& reference = ReferenceAt(place);
  const std::lock_guard lock(place.lock);
  if (place.baseline != nullptr) return *place.baseline;
  place.baseline = std::make_unique<BaselineRun>();
  Session session(baseline_, *reference_.task);
  auto run = session.Run(reference.inputs(), place.sizes, OptionsFor(reference.cost()));
  if (!run.ok()) {
    place.baseline->problem = run.error().message;
  } else if (!run.value().clean) {
    place.baseline->problem = FirstProblem(run.value());
  } else {
    place.baseline->outputs = std::move(run.value().outputs);
  }
  return *place.baseline;
}

FullSizeEvidence FullSizes::CompareAt(Place& place, const Climb& climb,
                                      FullSizeResult& result) const {
  const task::Task& task = *reference_.task;
  FullSizeEvidence evidence;
  evidence.sizes = place.sizes;
  evidence.is_listed = place.is_listed;
  const auto not_compared = [&](const std::string& why) {
    evidence.compared = evidence.exact = 0;
    evidence.summary = "not compared: " + why;
    return evidence;
  };
  const FullReference& reference = ReferenceAt(place);
  if (!reference.problem().empty()) return not_compared(reference.problem());
  for (const task::Array& output : reference.outputs()) {
    evidence.outputs += task::ElementCount(output);
  }

  Session session(climb.candidate, task);
  auto run = session.Run(reference.inputs(), place.sizes,
                         OptionsFor(reference.cost(), climb.options.limits));
  if (!run.ok()) return not_compared(run.error().message);
  ++result.runs;
  RunResult& value = run.value();
  Trial& trial = result.trial;
  trial.warp_instructions += value.report.warp_instructions;
  trial.comparison.witness = {.sizes = place.sizes,
                              .family = task::Family::kFromInit,
                              .seed = reference.seed(),
                              .output = {},
                              .index = {}};
  if (!value.clean && Refuses(climb, place.sizes, value.findings)) {
    return not_compared("the program itself refuses this size");
  }
  if (!value.clean) {
    const std::string& problem = BaselineAt(place).problem;
    if (!problem.empty()) return not_compared("the baseline fails there too: " + problem);
    trial.failed = true;
    trial.reason = Format("{} at the {} size {}", FirstProblem(value),
                          place.is_listed ? "bench" : "large", task::ToText(place.sizes));
    trial.findings = std::move(value.findings);
    return evidence;
  }

  bool only_gross = false;
  uint64_t undecided = 0;
  size_t output = 0;
  for (const task::Arg& arg : task.args) {
    if (!Session::IsOutput(arg)) continue;
    const task::Array& got = value.outputs[output];
    const std::vector<ShadowedElement>& sample = reference.sample()[output];
    const FullComparison comparison = CompareFull(reference, output, got);
    evidence.compared += task::ElementCount(got);
    evidence.exact += sample.size();
    only_gross |= sample.empty() && task::IsFloat(got.dtype);
    undecided += comparison.undecided;
    trial.comparison.worst_ratio = std::max(trial.comparison.worst_ratio, comparison.worst_ratio);
    trial.comparison.ambiguous += comparison.ambiguous;
    if (!comparison.wrong.empty()) {
      // The same with the baseline: then it is no fault of the candidate.
      const BaselineRun& baseline = BaselineAt(place);
      if (!baseline.problem.empty()) {
        return not_compared("the baseline fails there too: " + baseline.problem);
      }
      const WrongElement& wrong = comparison.wrong.front();
      const FullComparison other = CompareFull(reference, output, baseline.outputs[output]);
      if (!other.wrong.empty()) {
        return not_compared(Format("the baseline is wrong there too, at {}{}", arg.name,
                                   IndexText(IndexOf(got, other.wrong.front().element))));
      }
      trial.failed = true;
      trial.comparison.wrong = std::max<uint64_t>(comparison.suspects, 1);
      trial.comparison.elements = evidence.outputs;
      Witness& w = trial.comparison.witness;
      w.output = arg.name;
      w.index = IndexOf(got, wrong.element);
      w.expected = wrong.expected;
      w.got = wrong.got;
      w.tolerance = wrong.tolerance;
      w.wrong_elements = trial.comparison.wrong;
      return evidence;
    }
    ++output;
  }
  evidence.summary = Format("all {} outputs compared", evidence.compared);
  if (only_gross) {
    evidence.summary += " for gross errors alone, as no tolerance is known there";
  } else if (evidence.exact > 0) {
    AppendFormat(evidence.summary, ", {} by their own tolerance", evidence.exact);
  }
  if (undecided > 0) AppendFormat(evidence.summary, "; {} could not be decided", undecided);
  return evidence;
}

FullSizeResult FullSizes::Compare(const Climb& climb) const {
  FullSizeResult result;
  for (const auto& place : places_) {
    result.evidence.push_back(CompareAt(*place, climb, result));
    if (result.trial.failed) break;
  }
  return result;
}

}  // namespace ws::verify
