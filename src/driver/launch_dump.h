// A run of a launcher as files that a program without Warpsmith can repeat on a GPU (the runner in
// tools/gpu_runner does): the kernels as PTX, the launches with their parameters, the buffers, and
// what must come out.
//
//   DIR/check/   at the largest test size: bit-exact PTX, inputs, expected outputs of our engine
//   DIR/time/    at the bench size that counts most: PTX as ptxas would make it, no data; where
//                inputs are numbers from a distribution the runner draws its own
//
// Each holds `kernels.ptx` and `launches.txt`, lines of words:
//
//   warpsmith-launches 1
//   size cols=257 rows=3
//   buffer INDEX ROLE BYTES DTYPE NAME    role: input, output, inout, temporary
//   data INDEX FILE                       content before the launches
//   random INDEX DTYPE                    the runner draws it
//   launch SYMBOL GX GY GZ BX BY BZ SHARED_BYTES PARAMETERS_HEX POINTERS
//   expect INDEX FILE                     content afterwards
//
// POINTERS is `-` or a list OFFSET:BUFFER:DISPLACEMENT,...: where in the parameters an address
// goes.
#ifndef WARPSMITH_DRIVER_LAUNCH_DUMP_H_
#define WARPSMITH_DRIVER_LAUNCH_DUMP_H_

#include <string>

#include "base/result.h"
#include "driver/candidate.h"

namespace ws::driver {

// Errors: the candidate does not compile or run; the launcher copies or sets device memory, or
// passes structs to kernels, neither of which a list of launches says.
Status DumpLaunches(const Candidate& candidate, uint64_t seed, int sm, const std::string& folder);

}  // namespace ws::driver

#endif  // WARPSMITH_DRIVER_LAUNCH_DUMP_H_
