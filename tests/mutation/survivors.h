// Mutants that the judge rightly or wrongly accepts, each with the reason: survivors.txt.
//
//   CLASS PROGRAM OPERATOR
//   - the lines before
//   + the lines after
//   = why, one line
//
// CLASS: equivalent    the same outputs on every input of every size
//        tolerance     other bits, as right as the original (a legal reordering, a fast form)
//        beyond-task   differs only where the task does not go: larger sizes, unaligned arrays
//        undefined     differs only on inputs on which the reference is not defined
//        hole          wrong, and the judge does not see it
#ifndef WARPSMITH_TESTS_MUTATION_SURVIVORS_H_
#define WARPSMITH_TESTS_MUTATION_SURVIVORS_H_

#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "tests/mutation/operator.h"

namespace ws::mutation {

struct Survivor {
  std::string kind, program, op, before, after, reason;
};

// An error names the line that is not as described above.
Result<std::vector<Survivor>> ReadSurvivors(const std::string& path);

// The row of a mutant; null if there is none.
const Survivor* FindSurvivor(std::span<const Survivor> survivors, std::string_view program,
                             const Mutant& mutant);

}  // namespace ws::mutation

#endif  // WARPSMITH_TESTS_MUTATION_SURVIVORS_H_
