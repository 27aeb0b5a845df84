// Generates CUDA C++ from a tensor program and a schedule, as an expert would write it.
//
// The text holds helper functions, one kernel per KernelPlan (two where vector accesses or rows
// kept on chip need divisible sizes, aligned pointers or room: the launcher chooses at run time),
// and the launcher with the original name and parameters. Every size is legal: ragged edges are
// guarded. Host code.
#ifndef WARPSMITH_NEST_GENERATE_H_
#define WARPSMITH_NEST_GENERATE_H_

#include <string>

#include "base/result.h"
#include "nest/program.h"
#include "nest/schedule.h"

namespace ws::nest {

// What the generator needs to know of a target.
struct GenerateTarget {
  uint32_t shared_bytes = 48 * 1024;    // per block, static and dynamic, without opting in
  uint32_t registers_per_thread = 255;  // keeps and tiles beyond are refused
};

// Source text. The error names what the schedule cannot express.
Result<std::string> Generate(const Program& program, const Schedule& schedule,
                             const GenerateTarget& target = {});

}  // namespace ws::nest

#endif  // WARPSMITH_NEST_GENERATE_H_
