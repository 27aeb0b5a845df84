// The numbers a candidate is built around: block and tile sizes, unroll factors, thresholds.
#ifndef WARPSMITH_VERIFY_CONSTANTS_H_
#define WARPSMITH_VERIFY_CONSTANTS_H_

#include <cstdint>
#include <vector>

#include "verify/execute.h"

namespace ws::verify {

// Integer constants of the program's host and device code as it is written, of 3 to 65536: first
// those that something is compared or launched with and the lengths of shared arrays, each by how
// often they occur; at most `most`. Arguments of calls do not count.
std::vector<int64_t> ConstantsOf(const Candidate& candidate, size_t most);

}  // namespace ws::verify

#endif  // WARPSMITH_VERIFY_CONSTANTS_H_
