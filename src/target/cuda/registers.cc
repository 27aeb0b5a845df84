#include "target/cuda/registers.h"

#include <algorithm>

#include "base/arena_memory.h"
#include "base/tools.h"
#include "ir/cfg.h"
#include "ir/ptx.h"
#include "pass/body.h"
#include "pass/inline.h"
#include "target/cuda/ptxas.h"

namespace ws::target::cuda {

Registers FindRegisters(const ir::Module& module, const Arch& arch, bool use_ptxas) {
  Registers out;
  std::map<std::string, uint32_t> assembled;
  if (use_ptxas && FindTool("ptxas")) {
    // Math functions are called in `module`, and inlined where registers are assigned.
    ArenaMemory memory;
    ir::Module inlined(memory.arena());
    pass::CloneModule(module, inlined);
    for (uint32_t i = 0; i < inlined.functions.size(); ++i) {
      if (inlined.functions[i].kind == ir::FunctionKind::kKernel) {
        pass::InlineAll(inlined, ir::FunctionId(i));
      }
    }
    const ir::PtxOptions ptx{.sm = ComputeCapability(arch.name)};
    const auto result = PtxasRegisters(ir::ToPtx(inlined, ptx), arch.name);
    if (result.ok()) assembled = result.value();
    out.from_ptxas = result.ok();
  }
  for (uint32_t i = 0; i < module.functions.size(); ++i) {
    const ir::FunctionId id(i);
    if (module.functions[i].kind != ir::FunctionKind::kKernel) continue;
    if (module.functions[i].num_blocks == 0) continue;
    const auto found = assembled.find(ir::PtxSymbol(module, id));
    out.by_kernel[i] = found != assembled.end()
                           ? found->second
                           : std::min(ir::EstimateRegisters(module, id), Arch::kRegistersPerThread);
  }
  return out;
}

}  // namespace ws::target::cuda
