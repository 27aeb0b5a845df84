// Accesses of memory that the process does not have, by programs that are given host addresses:
// the signal becomes a finding at the instruction that made the access, and the process goes on.
//
// A scope takes SIGSEGV and SIGBUS while a launch runs; faults of other threads, and faults outside
// of a run, go to whoever had the signals before.
#ifndef WARPSMITH_EXEC_HOST_FAULT_H_
#define WARPSMITH_EXEC_HOST_FAULT_H_

#include "exec/vm/vm.h"

namespace ws::exec {

// Launches on several threads may have one each at the same time.
class HostFaultScope {
 public:
  HostFaultScope();
  ~HostFaultScope();
  HostFaultScope(const HostFaultScope&) = delete;
  HostFaultScope& operator=(const HostFaultScope&) = delete;
};

// vm.run from `start`, within a scope. A fault ends the launch as a fatal finding does.
void RunCatchingFaults(Vm& vm, const VmInst* start);

}  // namespace ws::exec

#endif  // WARPSMITH_EXEC_HOST_FAULT_H_
