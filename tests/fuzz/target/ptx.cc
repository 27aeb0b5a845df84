// PTX to IR and back: what is read is well formed before and after the passes, what is printed of
// it reads, and its kernels run without harm.
#include "ir/ptx.h"

#include "base/arena_memory.h"
#include "diag/render.h"
#include "exec/engine.h"
#include "ir/ptx_program.h"
#include "ir/verify.h"
#include "pass/pipeline.h"
#include "tests/fuzz/fuzz.h"

namespace ws::fuzz {
namespace {

constexpr uint32_t kBufferBytes = 1024;
constexpr uint32_t kMaxRuns = 4;

std::string Faults(const ir::Module& module, const char* when) {
  const auto faults = ir::Verify(module);
  return faults.empty() ? "" : std::string("malformed IR ") + when + ": " + faults[0];
}

// Every parameter of 8 bytes is the address of a buffer.
void RunKernel(const ir::Module& module, ir::FunctionId id) {
  const ir::Function& f = module.functions[id.index];
  exec::Instance instance(module);
  exec::Launch launch;
  launch.kernel = id;
  launch.grid = {2, 1, 1};
  launch.block = {40, 1, 1};
  launch.dynamic_shared_bytes = 256;
  launch.params.resize(f.param_bytes);
  for (const ir::Param& param : module.Params(f)) {
    if (param.bytes != 8) continue;
    const exec::DevicePtr buffer = instance.Allocate(kBufferBytes, param.name);
    instance.Write(buffer, std::vector<uint8_t>(kBufferBytes, 1));
    for (uint32_t i = 0; i < 8; ++i) {
      launch.params[param.offset + i] = static_cast<uint8_t>(buffer >> (8 * i));
    }
  }
  exec::RunOptions options;
  options.limits.fuel = 20000;
  options.limits.device_bytes = 1 << 20;
  instance.LaunchKernel(launch, options);
}

std::string RunPtx(std::string_view input) {
  ir::PtxProgram program("input.ptx", std::string(input));
  if (!program.ok()) {
    return program.diagnostics().empty() ? "refused without a diagnostic" : "";
  }
  ir::Module& module = program.module();
  if (const std::string fault = Faults(module, "as read"); !fault.empty()) return fault;
  const std::string once = ir::ToPtx(module);
  const ir::PtxProgram again("printed.ptx", once);
  if (!again.ok()) {
    return "printed text does not read:\n" + once + diag::ToText(again.diagnostics());
  }
  pass::ForExecution(module);
  if (const std::string fault = Faults(module, "behind the passes"); !fault.empty()) return fault;
  uint32_t runs = 0;
  for (uint32_t i = 0; i < module.functions.size() && runs < kMaxRuns; ++i) {
    const ir::Function& f = module.functions[i];
    if (f.kind != ir::FunctionKind::kKernel || f.num_blocks == 0) continue;
    ++runs;
    RunKernel(module, ir::FunctionId(i));
  }
  return {};
}

}  // namespace

namespace targets {
extern const FuzzTarget kPtx = {"ptx", "ptx", RunPtx};
}  // namespace targets

}  // namespace ws::fuzz
