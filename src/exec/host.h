// Host code: the same IR with one lane, and the runtime calls that launchers make.
//
// Device work is done when it is asked for; streams change nothing. A runtime call that CUDA would
// refuse is a finding, not an error code, so that its cause is told where it stands.
#ifndef WARPSMITH_EXEC_HOST_H_
#define WARPSMITH_EXEC_HOST_H_

#include <optional>
#include <span>

#include "exec/machine.h"

namespace ws::exec {

// Runs a host function to its end. The report of the machine tells how it went; handed back is what
// the function returned or gave to exit(), if it came to such an end with a defined value.
std::optional<uint64_t> RunHost(Machine& machine, ir::FunctionId entry,
                                std::span<const ArgValue> args);

// After a call: marks the bytes of module variables that no longer are as they were at first.
void MarkKept(Machine& machine);
// After a call: memory that was not given back, and undefined values in the caller's memory.
void ReportLeftovers(Machine& machine, uint32_t call);

}  // namespace ws::exec

#endif  // WARPSMITH_EXEC_HOST_H_
