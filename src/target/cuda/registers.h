// Registers that the kernels of a module take.
#ifndef WARPSMITH_TARGET_CUDA_REGISTERS_H_
#define WARPSMITH_TARGET_CUDA_REGISTERS_H_

#include <cstdint>
#include <map>

#include "ir/module.h"
#include "target/cuda/arch.h"

namespace ws::target::cuda {

struct Registers {
  std::map<uint32_t, uint32_t> by_kernel;  // 32-bit registers per thread
  bool from_ptxas = false;                 // else by liveness

  uint32_t Of(ir::FunctionId kernel) const {
    const auto found = by_kernel.find(kernel.index);
    return found == by_kernel.end() ? 32u : found->second;
  }
};

// Of a module that has gone through pass::ForTiming. `use_ptxas`: ask ptxas where it is found.
Registers FindRegisters(const ir::Module& module, const Arch& arch, bool use_ptxas);

}  // namespace ws::target::cuda

#endif  // WARPSMITH_TARGET_CUDA_REGISTERS_H_
