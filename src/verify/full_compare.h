// Comparing one output at a bench size with the reference there (see verify/full_size.h).
#ifndef WARPSMITH_VERIFY_FULL_COMPARE_H_
#define WARPSMITH_VERIFY_FULL_COMPARE_H_

#include <cstdint>
#include <vector>

#include "verify/full_reference.h"

namespace ws::verify {

// Elements of the sample may be off by so many tolerances.
inline constexpr double kFullSlack = 2;

// An element that is wrong.
struct WrongElement {
  uint64_t element = 0;
  task::Value expected, got;
  double tolerance = 0;
  bool is_exact = false;  // by its own tolerance; else grossly
};

struct FullComparison {
  std::vector<WrongElement> wrong;  // ascending; of suspects those that were looked at
  uint64_t suspects = 0;            // elements further off than the sample shows
  uint64_t undecided = 0;           // of those looked at: no shadow, and no gross error
  uint64_t ambiguous = 0;           // elements that a comparison within tolerance decided
  double worst_ratio = 0;           // |error| / tolerance in the sample
};

// `got` is the candidate's output number `output`.
FullComparison CompareFull(const FullReference& reference, size_t output, const task::Array& got);

}  // namespace ws::verify

#endif  // WARPSMITH_VERIFY_FULL_COMPARE_H_
