// The numbers a candidate is built around: block and tile sizes, unroll factors, thresholds.
#ifndef WARPSMITH_VERIFY_CONSTANTS_H_
#define WARPSMITH_VERIFY_CONSTANTS_H_

#include <cstdint>
#include <vector>

#include "verify/execute.h"

namespace ws::verify {

// Integer constants of the program's host and device code as it is written, of 3 to 65536, those
// that occur more often first; at most `most`.
std::vector<int64_t> ConstantsOf(const Candidate& candidate, size_t most);

}  // namespace ws::verify

#endif  // WARPSMITH_VERIFY_CONSTANTS_H_
