// Inputs with the reference's results, computed once per task and shared by all candidates.
#ifndef WARPSMITH_VERIFY_POOL_H_
#define WARPSMITH_VERIFY_POOL_H_

#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "verify/compare.h"
#include "verify/execute.h"
#include "verify/judge.h"
#include "verify/sizes.h"

namespace ws::verify {

// One input and what is right for it.
struct Sample {
  task::Sizes sizes;
  task::Family family = task::Family::kFromInit;
  uint64_t seed = 0;
  std::vector<task::Array> inputs;
  std::vector<Expected> expected;  // outputs and inouts
  uint64_t reference_warp_instructions = 0;
  // Decisions within tolerance of which not every effect is known: wrong elements prove nothing.
  bool undecided = false;
};

// The reference, ready to run.
struct Reference {
  const task::Task* task = nullptr;
  Candidate candidate;
  Allowance allowance;
  bool has_rounding = true;  // it has floating-point arithmetic

  // Makes the input and runs the reference on it with shadows. An error names the reason: the
  // reference fails or needs more than `fuel`, an operation on the way to an output loses the
  // shadow, or the family is none for this reference: its results overflow, or each infinity and
  // NaN reaches many of them (a padded tile may legally multiply one by zero).
  // With `checks`, the reference's own faults are found as a candidate's would be.
  Result<Sample> MakeSample(const task::Sizes& sizes, task::Family family, uint64_t seed,
                            uint64_t fuel = kReferenceFuel, bool checks = false) const;

  static constexpr uint64_t kReferenceFuel = uint64_t{1} << 26;

 private:
  Result<std::string> Spread(const Sample& sample, const std::vector<task::Array>& outputs) const;
};

// A family of inputs that is not tried.
struct LeftOut {
  task::Family family;
  std::string why;
};

// A size of the screen.
struct PoolSize {
  task::Sizes sizes;
  uint64_t cost = 0;      // the reference's warp instructions
  bool is_drawn = false;  // not listed by the task
};

// The screen: per test size two inputs as the task's init says and one of each adversarial family;
// per drawn size one as the init says and one of a family. A family on which the reference's own
// IEEE result leaves its tolerance is left out (`left_out` names it).
struct Pool {
  std::vector<PoolSize> sizes;  // ascending by bytes of data
  std::vector<Sample> samples;  // in the order of `sizes`
  // Each size name as large as at the bench, one sample each: for those who are to be certified.
  std::vector<Sample> extremes;
  std::vector<LeftOut> left_out;          // families, where the reference itself is not defined
  std::vector<std::string> not_admitted;  // drawn sizes with the reason: the task has no such size
  // What a size drawn for a fresh input may cost.
  uint64_t draw_bytes = 0, draw_fuel = 0;

  // The samples of sizes[i].
  std::span<const Sample> SamplesAt(size_t i) const;
};

// The screen at the task's own test sizes.
Result<Pool> MakePool(const Reference& reference, uint64_t seed, uint32_t jobs);

// Adds drawn sizes to the screen, and the extremes: those that reference and baseline admit.
Status AddDrawnSizes(const Reference& reference, const Candidate& baseline, const SizeSpace& space,
                     uint64_t seed, uint32_t jobs, Pool& pool);

// What is wrong with a right program's run on a sample; empty if nothing is: the size and the input
// belong to the task. An error is ours.
Result<std::string> BaselineProblem(const task::Task& task, const Candidate& baseline,
                                    const Sample& sample, bool checks);

// Budgets of one call: many times what the reference needs, and enough for a block per output.
exec::Limits LimitsFor(const Sample& sample, const LaunchLimits& launch = {});

// Compares all outputs of a run with a sample.
struct SampleComparison {
  uint64_t wrong = 0, ambiguous = 0, elements = 0;
  double worst_ratio = 0;
  Witness witness;  // of the first output with a wrong element
};
SampleComparison CompareOutputs(const task::Task& task, const Sample& sample,
                                const std::vector<task::Array>& outputs);
// The reference's own IEEE results against its shadows: not right where they leave the tolerance.
SampleComparison CompareReference(const task::Task& task, const Sample& sample);

}  // namespace ws::verify

#endif  // WARPSMITH_VERIFY_POOL_H_
