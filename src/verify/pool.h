// Inputs with the reference's results, computed once per task and shared by all candidates.
#ifndef WARPSMITH_VERIFY_POOL_H_
#define WARPSMITH_VERIFY_POOL_H_

#include <string>
#include <vector>

#include "base/result.h"
#include "verify/compare.h"
#include "verify/execute.h"

namespace ws::verify {

// One input and what is right for it.
struct Sample {
  size_t size = 0;  // index into task.test_sizes
  task::Family family = task::Family::kFromInit;
  uint64_t seed = 0;
  std::vector<task::Array> inputs;
  std::vector<Expected> expected;  // outputs and inouts
  uint64_t reference_warp_instructions = 0;
};

// The reference, ready to run.
struct Reference {
  const task::Task* task = nullptr;
  Candidate candidate;
  Allowance allowance;

  // Makes the input and runs the reference on it with shadows. An error names the reason: the
  // reference fails, or an operation on the way to an output loses the shadow.
  Result<Sample> MakeSample(size_t size, task::Family family, uint64_t seed) const;
};

// The screen: per test size two inputs as the task's init says and one of each adversarial family,
// sizes ascending. A family on which the reference's own IEEE result leaves its tolerance is left
// out (`left_out` names it).
struct Pool {
  std::vector<Sample> samples;
  std::vector<size_t> sizes_ascending;  // by bytes of data
  std::vector<uint64_t> cost;           // per size: the reference's warp instructions
  std::vector<std::string> left_out;    // families, where the reference itself is not defined
};

Result<Pool> MakePool(const Reference& reference, uint64_t seed, uint32_t jobs);

// Compares all outputs of a run with a sample.
struct SampleComparison {
  uint64_t wrong = 0, ambiguous = 0, elements = 0;
  double worst_ratio = 0;
  Witness witness;  // of the first output with a wrong element
};
SampleComparison CompareOutputs(const task::Task& task, const Sample& sample,
                                const std::vector<task::Array>& outputs);

}  // namespace ws::verify

#endif  // WARPSMITH_VERIFY_POOL_H_
