#include "verify/pool.h"

#include <algorithm>

#include "base/format.h"
#include "base/hash.h"
#include "exec/parallel.h"
#include "task/element.h"

namespace ws::verify {
namespace {

using task::Family;

constexpr Family kAdversarial[] = {Family::kZeros, Family::kOnes,       Family::kLarge,
                                   Family::kTiny,  Family::kCancelling, Family::kTies};
constexpr int kFromInitPerSize = 2;

uint64_t DataBytes(const task::Task& task, const task::Sizes& sizes) {
  uint64_t total = 0;
  for (const task::Arg& arg : task.args) {
    if (arg.role == task::Role::kScalar) continue;
    const auto bytes = task::BytesOfArray(arg, sizes);
    if (bytes.ok()) total += bytes.value();
  }
  return total;
}

}  // namespace

// Warp instructions of one run of the reference; about half a minute with shadows. Hundreds of runs
// stand behind a verdict, so that a test size near this limit is of no use.
constexpr uint64_t kReferenceFuel = uint64_t{1} << 26;

Result<Sample> Reference::MakeSample(size_t size, Family family, uint64_t seed) const {
  Sample sample = {size, family, seed, {}, {}, 0};
  const task::Sizes& sizes = task->test_sizes[size];
  TRY(sample.inputs, task::MakeInputs(*task, sizes, family, seed));
  Session session(candidate, *task);
  exec::RunOptions options;
  options.domain = exec::Domain::kError;  // checks cost little beside it
  options.limits.fuel = kReferenceFuel;
  TRY(RunResult run, session.Run(sample.inputs, sizes, options));
  const std::string where =
      Format("at {} (inputs: {}, seed {})", task::ToText(sizes), task::Name(family), seed);
  if (!run.clean) {
    const std::string why = run.findings.empty() ? "it did not end" : run.findings[0].message;
    return Error{Format("the reference fails {}: {}", where, why)};
  }
  sample.reference_warp_instructions = run.report.warp_instructions;

  size_t output = 0;
  std::vector<size_t> output_of(task->args.size());
  for (size_t i = 0; i < task->args.size(); ++i) {
    if (!Session::IsOutput(task->args[i])) continue;
    output_of[i] = output;
    Expected expected;
    const uint64_t count = task::ElementCount(run.outputs[output]);
    expected.bits = std::move(run.outputs[output++]);
    expected.value.resize(count);
    expected.tolerance.resize(count);
    expected.ambiguous.resize(count);
    sample.expected.push_back(std::move(expected));
  }
  std::string lost;
  session.ForEachShadow([&](size_t arg, uint64_t element, const exec::Shadow& shadow) {
    Expected& expected = sample.expected[output_of[arg]];
    const task::DType dtype = expected.bits.dtype;
    if (shadow.lost && task::IsFloat(dtype) && lost.empty()) {
      lost = Format("{}{}", task->args[arg].name, IndexText(IndexOf(expected.bits, element)));
    }
    expected.value[element] = shadow.value;
    expected.tolerance[element] = ToleranceOf(shadow, dtype, allowance);
    expected.ambiguous[element] = shadow.ambiguous ? 1 : 0;
  });
  if (!lost.empty()) {
    return Error{
        Format("the reference computes {} through an operation that shadow values cannot "
               "follow, so no tolerance is known for it {}",
               lost, where)};
  }
  return sample;
}

SampleComparison CompareOutputs(const task::Task& task, const Sample& sample,
                                const std::vector<task::Array>& outputs) {
  SampleComparison total;
  size_t output = 0;
  for (const task::Arg& arg : task.args) {
    if (!Session::IsOutput(arg)) continue;
    const Comparison one = Compare(outputs[output], sample.expected[output]);
    total.worst_ratio = std::max(total.worst_ratio, one.worst_ratio);
    total.ambiguous += one.ambiguous;
    total.elements += task::ElementCount(outputs[output]);
    if (one.wrong > 0 && total.wrong == 0) {
      total.witness = {.sizes = task.test_sizes[sample.size],
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

Result<Pool> MakePool(const Reference& reference, uint64_t seed, uint32_t jobs) {
  const task::Task& task = *reference.task;
  Pool pool;
  for (size_t i = 0; i < task.test_sizes.size(); ++i) pool.sizes_ascending.push_back(i);
  std::ranges::stable_sort(pool.sizes_ascending, {},
                           [&](size_t i) { return DataBytes(task, task.test_sizes[i]); });

  struct Wanted {
    size_t size;
    Family family;
    uint64_t seed;
  };
  std::vector<Wanted> wanted;
  for (const size_t size : pool.sizes_ascending) {
    for (int i = 0; i < kFromInitPerSize; ++i) wanted.push_back({size, Family::kFromInit, 0});
    for (const Family family : kAdversarial) wanted.push_back({size, family, 0});
  }
  for (size_t i = 0; i < wanted.size(); ++i) wanted[i].seed = HashCombine(seed, i) >> 32;

  std::vector<std::optional<Result<Sample>>> made(wanted.size());
  exec::ParallelFor(static_cast<int>(jobs), wanted.size(), [&](size_t i) {
    made[i] = reference.MakeSample(wanted[i].size, wanted[i].family, wanted[i].seed);
  });

  pool.cost.resize(task.test_sizes.size());
  std::vector<Family> undefined;
  for (size_t i = 0; i < wanted.size(); ++i) {
    const Family family = wanted[i].family;
    const bool is_adversarial = family != Family::kFromInit;
    if (!made[i]->ok()) {
      if (!is_adversarial) return made[i]->error();
      undefined.push_back(family);
      continue;
    }
    const Sample& sample = made[i]->value();
    pool.cost[sample.size] = std::max(pool.cost[sample.size], sample.reference_warp_instructions);
    // The reference against its own shadow.
    std::vector<task::Array> own;
    for (const Expected& expected : sample.expected) own.push_back(expected.bits);
    const SampleComparison self = CompareOutputs(task, sample, own);
    if (self.wrong == 0) continue;
    if (is_adversarial) {
      undefined.push_back(family);
      continue;
    }
    const Witness& w = self.witness;
    return Error{Format(
        "the reference's own result leaves its tolerance: {}{} is {:.9g}, its shadow {:.9g} +- "
        "{:.3g} at {} (inputs: {}, seed {}); `precision` may be narrower than the task says",
        w.output, IndexText(w.index), w.got, w.expected, w.tolerance, task::ToText(w.sizes),
        task::Name(w.family), w.seed)};
  }
  for (size_t i = 0; i < wanted.size(); ++i) {
    if (std::ranges::find(undefined, wanted[i].family) != undefined.end()) continue;
    pool.samples.push_back(std::move(*made[i]).value());
  }
  for (const Family family : kAdversarial) {
    if (std::ranges::find(undefined, family) != undefined.end()) {
      pool.left_out.emplace_back(task::Name(family));
    }
  }
  return pool;
}

}  // namespace ws::verify
