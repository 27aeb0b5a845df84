// Comparing outputs with what the reference says (DESIGN §6).
//
// The reference runs with shadows: a value v in double, a magnitude A (the same expression over
// absolute values) and a number of roundings n. A floating-point output may differ from v by
//
//   C * u * sqrt(n) * A  +  one unit in the last place of the output type,      C = 1
//
// u being half a unit in the last place of 1 in the task's precision. Where the first term is more
// than |v| / 16 it is at most the larger of |v| / 1024 and 4 u sqrt(min(n, 2^14)) S, S being the
// deviation of the error (exec/domain/error.h): A explodes where values come back to themselves.
// Where n is 0 (copies, maxima) and for integers it must be equal. NaN must meet NaN and infinity
// infinity, as in the reference's own IEEE run (where inputs hold either and n is not 0, NaN and
// infinity each other as well); where the reference is within tolerance of
// overflowing, both answers pass. Elements that a comparison within tolerance decided about pass
// either way, and are counted.
#ifndef WARPSMITH_VERIFY_COMPARE_H_
#define WARPSMITH_VERIFY_COMPARE_H_

#include <cstdint>
#include <vector>

#include "exec/engine.h"
#include "task/task.h"
#include "task/value.h"

namespace ws::verify {

// What a task allows.
struct Allowance {
  double u = 0x1p-24;    // half a unit in the last place of 1
  double smallest = 0;   // added: what flushing subnormals in between may cost
  double underflow = 0;  // half the smallest subnormal: what one rounding near zero may cost
};

// f64 f32 tf32 bf16 f16; approximate forms have documented errors of up to two units.
Allowance AllowanceOf(std::string_view precision, bool approx);

// One output as the reference gives it.
struct Expected {
  task::Array bits;                // the IEEE run
  std::vector<double> value;       // floats: the shadow
  std::vector<double> tolerance;   // floats
  std::vector<uint8_t> ambiguous;  // floats and integers
  bool from_special = false;       // the inputs hold infinities or NaN
};

// The tolerance of one element.
double ToleranceOf(const exec::Shadow& shadow, task::DType dtype, const Allowance& allowance);

struct Comparison {
  uint64_t wrong = 0;         // elements
  uint64_t first = 0;         // index of the first wrong one
  task::Value expected, got;  // of the first wrong one
  double tolerance = 0;       // of the first wrong one
  double worst_ratio = 0;     // largest |error| / tolerance of the right ones
  uint64_t ambiguous = 0;     // elements that passed only because they are ambiguous
};

// Both arrays have the same type and size.
Comparison Compare(const task::Array& got, const Expected& expected);

}  // namespace ws::verify

#endif  // WARPSMITH_VERIFY_COMPARE_H_
