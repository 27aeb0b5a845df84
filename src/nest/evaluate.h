// Runs a tensor program on concrete sizes and buffers, in double arithmetic: what tests compare
// lifted and transformed programs with. Slow, and exact about order only as far as a nest is: its
// points in lexical order, reductions in source order. Host code.
#ifndef WARPSMITH_NEST_EVALUATE_H_
#define WARPSMITH_NEST_EVALUATE_H_

#include <span>
#include <vector>

#include "base/result.h"
#include "nest/program.h"

namespace ws::nest {

// Argument buffers by position among the launcher's parameters; scalars as doubles by position.
// Integers are kept in doubles (exact up to 2^53). Stores round to f16 or f32 only where the
// buffer has that type.
struct Bindings {
  std::vector<double> scalars;               // [parameters]; entries of pointers are unused
  std::vector<std::vector<double>> buffers;  // [parameters]; entries of scalars are unused
};

// Executes the program on `bindings`; results are in its buffers. An error names an access outside
// a buffer, a division by zero, an unknown function, an assumption that does not hold.
Status Evaluate(const Program& program, Bindings* bindings);

}  // namespace ws::nest

#endif  // WARPSMITH_NEST_EVALUATE_H_
