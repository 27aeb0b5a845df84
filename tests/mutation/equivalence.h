// What a mutant that the judge accepted has in common with its original.
#ifndef WARPSMITH_TESTS_MUTATION_EQUIVALENCE_H_
#define WARPSMITH_TESTS_MUTATION_EQUIVALENCE_H_

#include <cstdint>
#include <string>

#include "base/result.h"
#include "task/task.h"
#include "verify/execute.h"

namespace ws::mutation {

// A hash of a program's instructions, variables and initial data once it is made ready for
// execution: two programs of one hash do the same on every input. The program must be ok().
uint64_t CodeHash(const task::Program& program);

// Outputs of two programs on the same inputs.
struct Agreement {
  uint64_t runs = 0;       // made by both without an error
  uint64_t same_bits = 0;  // of them
};

// Runs both, without checks, on inputs of every listed test size and of `drawn` further sizes, two
// families each; seeds are others than the judge's. Sizes that the original fails at are left out.
Result<Agreement> CompareBits(const task::Task& task, const verify::Candidate& original,
                              const verify::Candidate& mutant, size_t drawn, uint64_t seed);

}  // namespace ws::mutation

#endif  // WARPSMITH_TESTS_MUTATION_EQUIVALENCE_H_
