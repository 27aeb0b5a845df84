// Which operations, constructs and forms generated programs had.
#ifndef WARPSMITH_TESTS_REFEREE_COVERAGE_H_
#define WARPSMITH_TESTS_REFEREE_COVERAGE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "tests/referee/generate.h"
#include "tests/referee/paths.h"

namespace ws::referee {

struct Covered {
  Coverage operations = {};
  std::vector<uint64_t> constructs, forms;  // how often each row was made
  uint64_t cuda = 0, ptx = 0;               // programs
  uint64_t kernels = 0;                     // in them, by instance of a template

  Covered();
  void Add(const Program& program);
};

// A table of all constructs, and what no program had. `programs` in CUDA were to be taken by the
// compilers of `avoid`: what is left out for them is told by name.
std::string TableOf(const Covered& covered, Avoid avoid);

// Rows that no program had and that are not listed as what cannot be made: of ir/ops.def if there
// were programs in both languages, of constructs and forms if there were any in CUDA. Nothing where
// there were too few programs to tell.
std::vector<std::string> Missing(const Covered& covered, Avoid avoid);

}  // namespace ws::referee

#endif  // WARPSMITH_TESTS_REFEREE_COVERAGE_H_
