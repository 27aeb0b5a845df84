// Loops that were unrolled by hand, and the loop for what they leave over, as one reduction again.
// Internal to nest/. Host code.
#ifndef WARPSMITH_NEST_REJOIN_H_
#define WARPSMITH_NEST_REJOIN_H_

#include "nest/program.h"

namespace ws::nest {

// Finds one pair of reductions with the same operator,
//
//   t = sum[a < n / u](f(u * a) + f(u * a + 1) + ... + f(u * a + u - 1))
//   s = sum[b < n % u](f(n / u * u + b)) from t
//
// where nothing else reads t, and makes it s = sum[c < n](f(c)). False if there is none.
bool RejoinOne(Program* program);

}  // namespace ws::nest

#endif  // WARPSMITH_NEST_REJOIN_H_
