// An architecture as programs see it through the runtime's queries.
#ifndef WARPSMITH_TARGET_CUDA_DEVICE_H_
#define WARPSMITH_TARGET_CUDA_DEVICE_H_

#include "exec/device_facts.h"
#include "target/cuda/arch.h"

namespace ws::target::cuda {

// The answers of cudaGetDeviceProperties and the like on that architecture's chip.
exec::DeviceFacts FactsOf(const Arch& arch);

}  // namespace ws::target::cuda

#endif  // WARPSMITH_TARGET_CUDA_DEVICE_H_
