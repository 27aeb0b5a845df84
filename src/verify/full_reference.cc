#include "verify/full_reference.h"

#include <algorithm>
#include <numeric>
#include <set>

#include "base/format.h"
#include "base/hash.h"
#include "task/element.h"
#include "verify/store_trace.h"

namespace ws::verify {
namespace {

// Warp instructions with shadows that a sample may take, and how many blocks are enough.
constexpr uint64_t kShadowFuel = uint64_t{1} << 22;
// The same where elements of a candidate must be decided about.
constexpr uint64_t kSuspectFuel = uint64_t{1} << 25;
constexpr uint64_t kMostBlocks = 48, kFewestBlocks = 4;
// A run whose results come of all blocks together, as atomics do, is shadowed whole up to here.
constexpr uint64_t kWholeFuel = uint64_t{1} << 24;
// Blocks per launch from which the cost of a launch is estimated.
constexpr uint64_t kEstimateBlocks = 6;

exec::RunOptions PlainOptions(uint64_t fuel) {
  exec::RunOptions options;
  options.checks = false;
  options.limits.fuel = fuel;
  return options;
}

uint64_t BlocksOf(const exec::Launch& launch) {
  return uint64_t{launch.grid[0]} * launch.grid[1] * launch.grid[2];
}

}  // namespace

std::unique_ptr<FullReference> FullReference::Make(const Reference& reference,
                                                   const task::Sizes& sizes, uint64_t seed,
                                                   uint64_t fuel) {
  std::unique_ptr<FullReference> full(new FullReference(reference, sizes, seed, fuel));
  full->Run();
  if (!full->problem_.empty()) {
    full->inputs_.clear();
    full->outputs_.clear();
  }
  return full;
}

// Sampled blocks, scaled up. What blocks read from earlier launches is not there, so that a result
// may be wrong; a bound on the cost comes from the fuel of the run itself.
uint64_t FullReference::EstimateCost() const {
  Session session(reference_.candidate, *reference_.task);
  exec::RunOptions options = PlainOptions(fuel_);
  const auto choose = [&](uint32_t launch, const exec::Launch& what) {
    return SpreadBlocks(what.grid, kEstimateBlocks, HashCombine(seed_, launch));
  };
  StoreTrace trace(session, *reference_.task, choose, nullptr);
  exec::Tracer tracer = trace.tracer();
  tracer.access = nullptr;
  options.tracer = &tracer;
  const auto run = session.Run(inputs_, sizes_, options);
  if (!run.ok()) return 0;
  if (run.value().report.status == exec::RunStatus::kNoFuel) return fuel_ + 1;
  double cost = 0;
  for (const exec::Launch& launch : run.value().report.launches) {
    const uint64_t blocks = BlocksOf(launch);
    cost += static_cast<double>(launch.warp_instructions) * static_cast<double>(blocks) /
            static_cast<double>(std::min(blocks, kEstimateBlocks));
  }
  return static_cast<uint64_t>(std::min(cost, 1e18));
}

void FullReference::Run() {
  const task::Task& task = *reference_.task;
  const uint64_t bytes = DataBytes(task, sizes_);
  if (bytes > kFullRunBytes) {
    problem_ = Format("its {} MiB of data are more than the {} MiB that are compared here",
                      bytes >> 20, kFullRunBytes >> 20);
    return;
  }
  auto inputs = task::MakeInputs(task, sizes_, task::Family::kFromInit, seed_);
  if (!inputs.ok()) {
    problem_ = inputs.error().message;
    return;
  }
  inputs_ = std::move(inputs).value();
  if (const uint64_t cost = EstimateCost(); cost > fuel_) {
    problem_ = Format(
        "the reference needs about {:.3g} warp instructions, more than the {:.3g} "
        "that are spent here",
        static_cast<double>(cost), static_cast<double>(fuel_));
    return;
  }
  Session session(reference_.candidate, task);
  auto run = session.Run(inputs_, sizes_, PlainOptions(fuel_));
  if (!run.ok()) {
    problem_ = run.error().message;
    return;
  }
  if (!run.value().clean) {
    const auto& findings = run.value().findings;
    const auto fault = std::ranges::find(findings, false, &RenderedFinding::is_note);
    problem_ = "the reference fails: " +
               (fault == findings.end() ? "it does not end" : PlaceAndMessage(*fault));
    return;
  }
  outputs_ = std::move(run.value().outputs);
  launches_ = std::move(run.value().report.launches);
  cost_ = run.value().report.warp_instructions;
  sample_.resize(outputs_.size());
  const std::vector<uint32_t> blocks = SampleBlocks();
  if (!blocks.empty()) sample_ = RunShadows(blocks);
  const bool lacks_some = std::ranges::any_of(sample_, &std::vector<ShadowedElement>::empty);
  if (!lacks_some || launches_.empty() || cost_ > kWholeFuel) return;
  std::vector<uint32_t> all(BlocksOf(launches_.back()));
  std::iota(all.begin(), all.end(), 0);
  sample_ = RunShadows(all);
}

// Blocks of the last launch, as many as can be paid; none if the launches before it, which must run
// in full, are too expensive.
std::vector<uint32_t> FullReference::SampleBlocks() const {
  if (launches_.empty()) return {};
  const exec::Launch& last = launches_.back();
  const uint64_t before = cost_ - last.warp_instructions;
  if (before > kShadowFuel) return {};
  const uint64_t per_block = std::max<uint64_t>(1, last.warp_instructions / BlocksOf(last));
  const uint64_t most = std::min(kMostBlocks, kShadowFuel / per_block);
  // A few large blocks are worth more time.
  if (most < kFewestBlocks && per_block > kShadowFuel) return {};
  return SpreadBlocks(last.grid, std::max(most, kFewestBlocks), HashCombine(seed_, 0xb10c));
}

// Trusts an element only where the sampled run gives the bits of the complete one: what depends on
// blocks that were not run is left out.
std::vector<std::vector<ShadowedElement>> FullReference::RunShadows(
    const std::vector<uint32_t>& blocks) const {
  const task::Task& task = *reference_.task;
  std::vector<std::vector<ShadowedElement>> found(outputs_.size());
  std::vector<std::vector<uint64_t>> written(task.args.size());
  const auto choose = [&](uint32_t launch, const exec::Launch&) {
    return launch + 1 == launches_.size() ? blocks : std::vector<uint32_t>();
  };
  Session session(reference_.candidate, task);
  StoreTrace trace(session, task, choose, [&](const StoreTrace::Store& store) {
    if (store.launch + 1 == launches_.size()) written[store.arg].push_back(store.element);
  });
  exec::Tracer tracer = trace.tracer();
  exec::RunOptions options = PlainOptions(4 * kSuspectFuel);
  options.domain = exec::Domain::kError;
  options.tracer = &tracer;
  const auto run = session.Run(inputs_, sizes_, options);
  if (!run.ok() || run.value().report.status != exec::RunStatus::kOk) return found;
  size_t output = 0;
  for (size_t arg = 0; arg < task.args.size(); ++arg) {
    if (!Session::IsOutput(task.args[arg])) continue;
    const task::Array& complete = outputs_[output];
    const task::Array& partial = run.value().outputs[output];
    std::vector<uint64_t>& elements = written[arg];
    std::ranges::sort(elements);
    elements.erase(std::unique(elements.begin(), elements.end()), elements.end());
    for (const uint64_t element : elements) {
      if (task::BitsAt(complete, element) != task::BitsAt(partial, element)) continue;
      const exec::Shadow shadow = session.Shadow(arg, element);
      if (shadow.lost && task::IsFloat(complete.dtype)) continue;
      found[output].push_back({element, shadow.value,
                               ToleranceOf(shadow, complete.dtype, reference_.allowance),
                               shadow.ambiguous || run.value().report.undecided});
    }
    ++output;
  }
  return found;
}

std::vector<ShadowedElement> FullReference::ShadowsOf(size_t output,
                                                      std::span<const uint64_t> elements) const {
  const task::Task& task = *reference_.task;
  if (launches_.empty()) return {};
  const uint64_t before = cost_ - launches_.back().warp_instructions;
  if (before > kSuspectFuel) return {};
  // Who writes them?
  std::set<uint32_t> blocks;
  Session session(reference_.candidate, task);
  size_t arg = 0;
  for (size_t i = 0, seen = 0; i < task.args.size(); ++i) {
    if (Session::IsOutput(task.args[i]) && seen++ == output) arg = i;
  }
  StoreTrace trace(session, task, nullptr, [&](const StoreTrace::Store& store) {
    if (store.arg == arg && store.launch + 1 == launches_.size() &&
        std::ranges::binary_search(elements, store.element)) {
      blocks.insert(store.block);
    }
  });
  exec::Tracer tracer = trace.tracer();
  exec::RunOptions options = PlainOptions(2 * cost_ + 1);
  options.tracer = &tracer;
  const auto run = session.Run(inputs_, sizes_, options);
  const uint64_t per_block = launches_.back().warp_instructions / BlocksOf(launches_.back());
  if (!run.ok() || !run.value().clean || blocks.empty()) return {};
  // The first ones, as many as can be paid.
  const uint64_t most =
      std::max<uint64_t>(1, (kSuspectFuel - before) / std::max<uint64_t>(1, per_block));
  std::vector<uint32_t> chosen(blocks.begin(), blocks.end());
  if (chosen.size() > most) chosen.resize(most);
  if (per_block > kSuspectFuel) return {};
  std::vector<ShadowedElement> result;
  const auto shadows = RunShadows(chosen);
  for (const ShadowedElement& shadowed : shadows[output]) {
    if (std::ranges::binary_search(elements, shadowed.element)) result.push_back(shadowed);
  }
  return result;
}

}  // namespace ws::verify
