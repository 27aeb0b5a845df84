// Whether a module's kernels let loaded data steer control flow or addresses.
#ifndef WARPSMITH_TARGET_CUDA_DATA_FLOW_H_
#define WARPSMITH_TARGET_CUDA_DATA_FLOW_H_

#include "ir/module.h"

namespace ws::target::cuda {

// True if a value loaded from global memory may reach a branch or an address in `kernel`, so that
// the kernel's counters depend on what earlier launches computed.
bool IsDataDependent(const ir::Module& module, ir::FunctionId kernel);

}  // namespace ws::target::cuda

#endif  // WARPSMITH_TARGET_CUDA_DATA_FLOW_H_
