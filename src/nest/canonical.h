// Brings a lifted program into its canonical form. Host code.
#ifndef WARPSMITH_NEST_CANONICAL_H_
#define WARPSMITH_NEST_CANONICAL_H_

#include "nest/program.h"

namespace ws::nest {

// Rewrites that keep what the program computes and leave less of how the source did it:
// a reduction whose result is only copied writes its destination itself; a value that an earlier
// nest stored point by point is computed where it is read, if the readers have no more points;
// nests whose results nobody reads, or that are overwritten, and axes and buffers no longer used
// are dropped.
void Canonicalise(Program& program);

}  // namespace ws::nest

#endif  // WARPSMITH_NEST_CANONICAL_H_
