#include "verify/pool.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "base/format.h"
#include "base/hash.h"
#include "exec/parallel.h"
#include "task/element.h"
#include "task/spikes.h"
#include "verify/verdict_text.h"

namespace ws::verify {
namespace {

using task::Family;

constexpr Family kAdversarial[] = {
    Family::kZeros,        Family::kOnes,     Family::kLarge,    Family::kTiny, Family::kCancelling,
    Family::kTies,         Family::kDenormal, Family::kInfinite, Family::kNan,  Family::kSpikes,
    Family::kSpikesAcross, Family::kBelow,    Family::kAbove};
constexpr int kFromInitPerSize = 2;

constexpr size_t kMostDrawnSizes = 6;

// Behind an outlier every addition to a sum rounds in units of it, so that errors are no random
// walk of partial sums smaller than A. What the family is for is further off.
constexpr double kSpikeTolerance = 4;

bool IsSpecial(Family family) { return family == Family::kInfinite || family == Family::kNan; }

bool IsInput(const task::Arg& arg) {
  return arg.role == task::Role::kInput || arg.role == task::Role::kInOut;
}

// Whether a family has anything to draw that init, or another one, does not give.
bool Applies(const task::Task& task, Family family) {
  if (family == Family::kSpikesAcross) {
    return std::ranges::any_of(
        task.args, [](const task::Arg& arg) { return IsInput(arg) && arg.shape.size() > 1; });
  }
  if (family != Family::kDenormal && !IsSpecial(family)) return true;
  return std::ranges::any_of(task.args, [](const task::Arg& arg) {
    return IsInput(arg) && task::IsFloat(arg.dtype) && arg.init.kind == task::InitKind::kNormal;
  });
}

// Whether the task's largest input has too few lines for each kind of spike to be in one array.
Result<bool> HasFewLines(const task::Task& task, const task::Sizes& sizes, Family family) {
  constexpr uint64_t kEnough = task::Spikes::kKinds / 2;
  uint64_t largest = 0, its_lines = 0;
  for (const task::Arg& arg : task.args) {
    if (!IsInput(arg) || arg.shape.empty()) continue;
    TRY(const uint64_t bytes, task::BytesOfArray(arg, sizes));
    TRY(const int64_t row, task::Evaluate(arg.shape.back(), sizes));
    const uint64_t count = bytes / task::BytesOf(arg.dtype);
    if (count < largest || row <= 0) continue;
    largest = count;
    its_lines =
        family == Family::kSpikes ? count / static_cast<uint64_t>(row) : static_cast<uint64_t>(row);
  }
  return its_lines < kEnough;
}

bool IsFinite(task::DType dtype, uint64_t bits) {
  return !task::IsFloat(dtype) || std::isfinite(task::ToNumber(dtype, bits));
}

// Why a family of finite inputs is none for a reference with these results; empty if it is one.
std::string Overflow(Family family, const std::vector<task::Array>& outputs) {
  if (family != Family::kLarge && family != Family::kTiny && family != Family::kDenormal &&
      family != Family::kCancelling && family != Family::kBelow && family != Family::kAbove &&
      !task::HasSpikes(family)) {
    return {};
  }
  for (const task::Array& array : outputs) {
    for (uint64_t i = 0; i < task::ElementCount(array); ++i) {
      if (!IsFinite(array.dtype, task::BitsAt(array, i))) return "the reference overflows";
    }
  }
  return {};
}

// The inputs with zeros for infinities and NaN; how many there were.
uint64_t ReplaceSpecial(std::vector<task::Array>& inputs) {
  uint64_t count = 0;
  for (task::Array& array : inputs) {
    for (uint64_t i = 0; i < task::ElementCount(array); ++i) {
      if (IsFinite(array.dtype, task::BitsAt(array, i))) continue;
      task::SetBits(array, i, 0);
      ++count;
    }
  }
  return count;
}

}  // namespace

// Where one infinity or NaN reaches many results, right programs may differ: a tile padded with
// zeros, a normalisation in another form.
Result<std::string> Reference::Spread(const Sample& sample,
                                      const std::vector<task::Array>& outputs) const {
  constexpr uint64_t kMostEach = 2;
  std::vector<task::Array> inputs = sample.inputs;
  const uint64_t count = ReplaceSpecial(inputs);
  if (count == 0) return std::string();
  Session session(candidate, *task);
  exec::RunOptions options;
  options.checks = false;
  options.limits = LimitsFor(sample);
  TRY(const RunResult run, session.Run(inputs, sample.sizes, options));
  if (!run.clean) return std::string("the reference fails without them");
  uint64_t reached = 0;
  for (size_t k = 0; k < outputs.size(); ++k) {
    for (uint64_t i = 0; i < task::ElementCount(outputs[k]); ++i) {
      reached += task::BitsAt(outputs[k], i) != task::BitsAt(run.outputs[k], i) ? 1 : 0;
    }
  }
  if (reached <= kMostEach * count) return std::string();
  return std::string("each reaches many results");
}

// Warp instructions of one run of the reference; about half a minute with shadows. Hundreds of runs
// stand behind a verdict, so that a test size near this limit is of no use.
Result<Sample> Reference::MakeSample(const task::Sizes& sizes, Family family, uint64_t seed,
                                     uint64_t fuel, bool checks) const {
  Sample sample = {.sizes = sizes, .family = family, .seed = seed, .inputs = {}, .expected = {}};
  TRY(sample.inputs, task::MakeInputs(*task, sizes, family, seed));
  const auto failure = [&](const RunResult& run) {
    const auto fault = std::ranges::find(run.findings, false, &RenderedFinding::is_note);
    const std::string why =
        fault == run.findings.end() ? "it did not end" : PlaceAndMessage(*fault);
    return Error{Below(Format("the reference fails at {} (inputs: {}, seed {}): {}",
                              task::ToText(sizes), task::Name(family), seed, why),
                       FaultsText(run.findings))};
  };
  const auto run_with = [&](Session& session, bool with_checks, exec::Domain domain) {
    exec::RunOptions options;
    options.checks = with_checks;
    options.domain = domain;
    options.special_inputs = IsSpecial(family);
    options.limits.fuel = fuel;
    return session.Run(sample.inputs, sizes, options);
  };
  // Two runs, each with fast accesses of its own, are faster than one with everything.
  if (checks) {
    Session plain(candidate, *task);  // the fastest way to see that it ends
    TRY(const RunResult ends, run_with(plain, false, exec::Domain::kNone));
    if (ends.report.status == exec::RunStatus::kNoFuel) return failure(ends);
    Session checked(candidate, *task);
    TRY(const RunResult found, run_with(checked, true, exec::Domain::kNone));
    if (!found.clean) return failure(found);
  }
  Session session(candidate, *task);
  TRY(RunResult run, run_with(session, false, exec::Domain::kError));
  if (!run.clean) return failure(run);
  sample.reference_warp_instructions = run.report.warp_instructions;
  sample.undecided = run.report.undecided;
  std::string none = Overflow(family, run.outputs);
  if (IsSpecial(family)) {
    TRY(none, Spread(sample, run.outputs));
  }
  if (!none.empty()) return Error{std::move(none)};

  size_t output = 0;
  std::vector<size_t> output_of(task->args.size());
  for (size_t i = 0; i < task->args.size(); ++i) {
    if (!Session::IsOutput(task->args[i])) continue;
    output_of[i] = output;
    Expected expected;
    const uint64_t count = task::ElementCount(run.outputs[output]);
    expected.bits = std::move(run.outputs[output++]);
    expected.from_special = IsSpecial(family);
    expected.value.resize(count);
    expected.tolerance.resize(count);
    expected.ambiguous.resize(count);
    sample.expected.push_back(std::move(expected));
  }
  const double times = task::HasSpikes(family) ? kSpikeTolerance : 1;
  std::string lost;
  session.ForEachShadow([&](size_t arg, uint64_t element, const exec::Shadow& shadow) {
    Expected& expected = sample.expected[output_of[arg]];
    const task::DType dtype = expected.bits.dtype;
    if (shadow.lost && task::IsFloat(dtype) && lost.empty()) {
      lost = Format("{}{}", task->args[arg].name, IndexText(IndexOf(expected.bits, element)));
    }
    expected.value[element] = shadow.value;
    expected.tolerance[element] = ToleranceOf(shadow, dtype, allowance) * times;
    expected.ambiguous[element] = shadow.ambiguous ? 1 : 0;
  });
  if (!lost.empty()) {
    return Error{
        Format("the reference computes {} through an operation that shadow values cannot "
               "follow, so no tolerance is known for it at {} (inputs: {}, seed {})",
               lost, task::ToText(sizes), task::Name(family), seed)};
  }
  return sample;
}

SampleComparison CompareOutputs(const task::Task& task, const Sample& sample,
                                const std::vector<task::Array>& outputs) {
  SampleComparison total;
  size_t output = 0;
  for (const task::Arg& arg : task.args) {
    if (!Session::IsOutput(arg)) continue;
    Comparison one = Compare(outputs[output], sample.expected[output]);
    if (sample.undecided) one.ambiguous += std::exchange(one.wrong, 0);
    total.worst_ratio = std::max(total.worst_ratio, one.worst_ratio);
    total.ambiguous += one.ambiguous;
    total.elements += task::ElementCount(outputs[output]);
    if (one.wrong > 0 && total.wrong == 0) {
      total.witness = {.sizes = sample.sizes,
                       .family = sample.family,
                       .seed = sample.seed,
                       .output = arg.name,
                       .index = IndexOf(outputs[output], one.first),
                       .expected = one.expected,
                       .got = one.got,
                       .tolerance = one.tolerance,
                       .wrong_elements = 0};
    }
    total.wrong += one.wrong;
    ++output;
  }
  total.witness.wrong_elements = total.wrong;
  return total;
}

SampleComparison CompareReference(const task::Task& task, const Sample& sample) {
  std::vector<task::Array> own;
  for (const Expected& expected : sample.expected) own.push_back(expected.bits);
  return CompareOutputs(task, sample, own);
}

std::span<const Sample> Pool::SamplesAt(size_t i) const {
  const auto begin = std::ranges::find(samples, sizes[i].sizes, &Sample::sizes);
  const auto end = std::find_if(begin, samples.end(),
                                [&](const Sample& s) { return s.sizes != sizes[i].sizes; });
  return {begin, end};
}

exec::Limits LimitsFor(const Sample& sample, const LaunchLimits& launch) {
  constexpr uint64_t kTimes = 64, kPerOutput = uint64_t{1} << 14, kMostForOutputs = 1 << 27;
  uint64_t outputs = 0;
  for (const Expected& expected : sample.expected) outputs += task::ElementCount(expected.bits);
  exec::Limits limits;
  limits.fuel =
      std::min(limits.fuel, (uint64_t{1} << 22) + kTimes * sample.reference_warp_instructions +
                                std::min(kMostForOutputs, kPerOutput * outputs));
  limits.device_bytes = uint64_t{1} << 30;
  limits.max_threads_per_block = launch.threads_per_block;
  limits.max_shared_bytes_opt_in = launch.shared_bytes_opt_in;
  limits.device = launch.device;
  return limits;
}

Result<std::string> BaselineProblem(const task::Task& task, const Candidate& baseline,
                                    const Sample& sample, bool checks) {
  Session session(baseline, task);
  exec::RunOptions options;
  options.checks = checks;
  options.limits = LimitsFor(sample);
  TRY(const RunResult run, session.Run(sample.inputs, sample.sizes, options));
  if (!run.clean) {
    for (const RenderedFinding& finding : run.findings) {
      if (!finding.is_note) return PlaceAndMessage(finding);
    }
    return std::string("it does not end");
  }
  const SampleComparison comparison = CompareOutputs(task, sample, run.outputs);
  if (comparison.wrong == 0) return std::string();
  return Format("its result is wrong at {}{}", comparison.witness.output,
                IndexText(comparison.witness.index));
}

namespace {

std::string FirstLine(const std::string& text) { return text.substr(0, text.find('\n')); }

}  // namespace

Result<Pool> MakePool(const Reference& reference, uint64_t seed, uint32_t jobs) {
  const task::Task& task = *reference.task;
  Pool pool;
  for (const task::Sizes& sizes : task.test_sizes) {
    if (std::ranges::find(pool.sizes, sizes, &PoolSize::sizes) != pool.sizes.end()) continue;
    pool.sizes.push_back({sizes, 0, false});
  }
  std::ranges::stable_sort(pool.sizes, {},
                           [&](const PoolSize& s) { return DataBytes(task, s.sizes); });

  struct Wanted {
    size_t size;
    Family family;
    uint64_t seed;
  };
  std::vector<Wanted> wanted;
  for (size_t size = 0; size < pool.sizes.size(); ++size) {
    for (int i = 0; i < kFromInitPerSize; ++i) wanted.push_back({size, Family::kFromInit, 0});
    for (const Family family : kAdversarial) {
      if (!Applies(task, family)) continue;
      wanted.push_back({size, family, 0});
      if (!task::HasSpikes(family)) continue;
      TRY(const bool again, HasFewLines(task, pool.sizes[size].sizes, family));
      if (again) wanted.push_back({size, family, 0});
    }
  }
  uint64_t num_spikes = 0, num_others = 0;
  for (Wanted& w : wanted) {
    if (!task::HasSpikes(w.family)) {
      w.seed = HashCombine(seed, num_others++) >> 32;
      continue;
    }
    // The first line's spike is the last element, then the first, so that arrays of one line too
    // have both.
    const bool is_second = (&w - 1)->family == w.family;
    w.seed = HashCombine(seed, 0x591c + num_spikes++) >> 32;
    w.seed += (is_second ? 1 : 0) - w.seed % task::Spikes::kKinds;
  }

  std::vector<std::optional<Result<Sample>>> made(wanted.size());
  const auto make = [&](size_t i, bool checks) {
    made[i] = reference.MakeSample(pool.sizes[wanted[i].size].sizes, wanted[i].family,
                                   wanted[i].seed, Reference::kReferenceFuel, checks);
  };
  // One input of each size finds the reference's own faults: before all others, the smallest first,
  // so that a reference that does not come to an end says so at once.
  for (size_t i = 0; i < wanted.size(); ++i) {
    if (i > 0 && wanted[i].size == wanted[i - 1].size) continue;
    make(i, true);
    if (!made[i]->ok()) return made[i]->error();
  }
  exec::ParallelFor(static_cast<int>(jobs), wanted.size(), [&](size_t i) {
    if (!made[i].has_value()) make(i, false);
  });

  std::map<Family, std::string> undefined;  // with the reason
  for (size_t i = 0; i < wanted.size(); ++i) {
    const Family family = wanted[i].family;
    const bool is_adversarial = family != Family::kFromInit;
    if (!made[i]->ok()) {
      if (!is_adversarial) return made[i]->error();
      undefined.emplace(family, FirstLine(made[i]->error().message));
      continue;
    }
    const Sample& sample = made[i]->value();
    uint64_t& cost = pool.sizes[wanted[i].size].cost;
    cost = std::max(cost, sample.reference_warp_instructions);
    const SampleComparison self = CompareReference(task, sample);
    if (self.wrong == 0) continue;
    if (is_adversarial) {
      undefined.emplace(family, "the reference leaves its tolerance");
      continue;
    }
    const Witness& w = self.witness;
    return Error{
        Format("the reference's own result leaves its tolerance: {} at {} (inputs: {}, seed {}); "
               "`precision` may be narrower than the task says",
               ElementText(w), task::ToText(w.sizes), task::Name(w.family), w.seed)};
  }
  for (size_t i = 0; i < wanted.size(); ++i) {
    if (!undefined.contains(wanted[i].family)) {
      pool.samples.push_back(std::move(*made[i]).value());
    }
  }
  for (auto& [family, why] : undefined) pool.left_out.push_back({family, std::move(why)});
  return pool;
}

namespace {

// A drawn size on trial.
struct SizeTrial {
  PoolSize size;
  std::vector<Sample> samples;
  std::string refusal;   // the task has no such size
  std::string internal;  // our failure
};

void TrySize(const Reference& reference, const Candidate& baseline, const Pool& pool, Family second,
             uint64_t seed, SizeTrial& trial) {
  const task::Task& task = *reference.task;
  const task::Sizes& sizes = trial.size.sizes;
  auto first =
      reference.MakeSample(sizes, Family::kFromInit, seed, pool.draw_fuel, /*checks=*/true);
  if (!first.ok()) {
    trial.refusal = FirstLine(first.error().message);
    return;
  }
  if (CompareReference(task, first.value()).wrong > 0) {
    trial.refusal = "the reference leaves its tolerance";
    return;
  }
  const auto problem = BaselineProblem(task, baseline, first.value(), true);
  if (!problem.ok()) {
    trial.internal = problem.error().message;
    return;
  }
  if (!problem.value().empty()) {
    trial.refusal = "the baseline: " + problem.value();
    return;
  }
  trial.size.cost = first.value().reference_warp_instructions;
  trial.samples.push_back(std::move(first).value());
  // The second one is dropped alone.
  auto other = reference.MakeSample(sizes, second, HashCombine(seed, 1) >> 32, pool.draw_fuel);
  if (!other.ok() || CompareReference(task, other.value()).wrong > 0) return;
  const auto again = BaselineProblem(task, baseline, other.value(), false);
  if (!again.ok() || !again.value().empty()) return;
  trial.size.cost = std::max(trial.size.cost, other.value().reference_warp_instructions);
  trial.samples.push_back(std::move(other).value());
}

}  // namespace

Status AddDrawnSizes(const Reference& reference, const Candidate& baseline, const SizeSpace& space,
                     uint64_t seed, uint32_t jobs, Pool& pool) {
  constexpr uint64_t kLeastBytes = uint64_t{1} << 16, kMostBytes = uint64_t{1} << 20;
  constexpr uint64_t kLeastFuel = uint64_t{1} << 19, kLeastFreshFuel = uint64_t{1} << 13;
  const task::Task& task = *reference.task;
  uint64_t bytes = 0, cost = 0, sum = 0;
  for (const PoolSize& size : pool.sizes) {
    bytes = std::max(bytes, DataBytes(task, size.sizes));
    cost = std::max(cost, size.cost);
    sum += size.cost;
  }
  bytes = std::clamp(bytes, kLeastBytes, kMostBytes);
  pool.draw_fuel = 4 * cost + kLeastFuel;

  std::vector<Family> families;
  for (const Family family : kAdversarial) {
    if (Applies(task, family) &&
        std::ranges::find(pool.left_out, family, &LeftOut::family) == pool.left_out.end()) {
      families.push_back(family);
    }
  }
  if (families.empty()) families.push_back(Family::kFromInit);

  std::vector<SizeTrial> trials;
  for (task::Sizes& sizes : space.Screen(HashCombine(seed, 0x512e), bytes, kMostDrawnSizes)) {
    trials.emplace_back().size = {std::move(sizes), 0, true};
  }
  const size_t num_screened = trials.size();
  for (task::Sizes& sizes : space.Extremes(HashCombine(seed, 0xe47), kMostBytes)) {
    trials.emplace_back().size = {std::move(sizes), 0, true};
  }
  exec::ParallelFor(static_cast<int>(jobs), trials.size(), [&](size_t i) {
    TrySize(reference, baseline, pool, families[i % families.size()],
            HashCombine(seed, 0x512f + i) >> 32, trials[i]);
  });
  for (size_t i = 0; i < trials.size(); ++i) {
    SizeTrial& trial = trials[i];
    if (!trial.internal.empty()) return Error{trial.internal, Blame::kInfrastructure};
    if (!trial.refusal.empty()) {
      pool.not_admitted.push_back(Format("{}: {}", task::ToText(trial.size.sizes), trial.refusal));
      continue;
    }
    if (i >= num_screened) {
      pool.extremes.push_back(std::move(trial.samples.front()));
      continue;
    }
    pool.sizes.push_back(trial.size);
    for (Sample& sample : trial.samples) pool.samples.push_back(std::move(sample));
  }
  const auto by_bytes = [&](const task::Sizes& sizes) { return DataBytes(task, sizes); };
  std::ranges::stable_sort(pool.sizes, {}, [&](const PoolSize& s) { return by_bytes(s.sizes); });
  // Samples in the order of sizes: sizes of the same number of bytes must not interleave.
  std::vector<Sample> ordered;
  for (const PoolSize& size : pool.sizes) {
    for (Sample& sample : pool.samples) {
      if (sample.sizes == size.sizes) ordered.push_back(std::move(sample));
    }
  }
  pool.samples = std::move(ordered);
  // Fresh inputs are many: they stay near the mean test size.
  pool.draw_bytes = std::clamp(bytes / 2, kLeastBytes / 4, kMostBytes / 4);
  pool.draw_fuel = 2 * sum / std::max<uint64_t>(1, task.test_sizes.size()) + kLeastFreshFuel;
  return Ok();
}

}  // namespace ws::verify
