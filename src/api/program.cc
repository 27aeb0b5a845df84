#include "api/program.h"

#include "base/format.h"
#include "diag/render.h"
#include "ir/ptx.h"
#include "ir/verify.h"
#include "pass/pipeline.h"

namespace ws::api {

bool IsKernel(const ir::Function& function) {
  return function.kind == ir::FunctionKind::kKernel && function.num_blocks != 0;
}

Result<std::unique_ptr<Program>> Program::Load(std::string text, std::string name,
                                               Language language, Purpose purpose,
                                               const cxx::KernelSource& kernels) {
  auto program = std::make_unique<Program>();
  std::vector<std::string> faults;
  const auto refused = [](const std::vector<diag::Rendered>& diagnostics) {
    return Error{diag::ToText(diagnostics)};
  };
  if (language == Language::kPtx) {
    program->ptx_ = std::make_unique<ir::PtxProgram>(std::move(name), std::move(text));
    if (!program->ptx_->ok()) return refused(program->ptx_->diagnostics());
    program->log_ = diag::ToText(program->ptx_->diagnostics());
    ir::Module& module = program->ptx_->module();
    purpose == Purpose::kTiming ? pass::ForTiming(module) : pass::ForExecution(module);
    faults = ir::Verify(module);
    program->module_ = &module;
  } else if (purpose == Purpose::kTiming && kernels.path == cxx::KernelPath::kNative) {
    program->timed_ = front::CompileText(std::move(name), std::move(text), {.read_includes = true});
    if (!program->timed_->ok()) return refused(program->timed_->diagnostics());
    program->log_ = diag::ToText(program->timed_->diagnostics());
    pass::ForTiming(program->timed_->module());
    faults = ir::Verify(program->timed_->module());
    program->module_ = &program->timed_->module();
  } else {
    program->cuda_ = task::Program::Compile(text, name, kernels);
    if (program->cuda_->failure() != nullptr) return *program->cuda_->failure();
    if (!program->cuda_->ok()) return refused(program->cuda_->diagnostics());
    program->log_ = diag::ToText(program->cuda_->diagnostics());
    faults = program->cuda_->faults();
    program->module_ = &program->cuda_->module();
  }
  if (!faults.empty()) return Error{"internal: " + faults[0], Blame::kInfrastructure};
  return program;
}

ir::FunctionId Program::FindKernel(std::string_view name) const {
  ir::FunctionId found;
  uint32_t count = 0;
  for (uint32_t f = 0; f < module_->functions.size(); ++f) {
    if (!IsKernel(module_->functions[f]) || module_->functions[f].name != name) continue;
    found = ir::FunctionId(f);
    ++count;
  }
  if (count == 1) return found;
  for (uint32_t f = 0; f < module_->functions.size(); ++f) {
    const ir::FunctionId id(f);
    if (IsKernel(module_->functions[f]) && ir::PtxSymbol(*module_, id) == name) return id;
  }
  return {};
}

ir::FunctionId Program::FindHost(std::string_view name) const {
  for (uint32_t f = 0; f < module_->functions.size(); ++f) {
    const ir::Function& function = module_->functions[f];
    if (function.kind == ir::FunctionKind::kHost && function.name == name) {
      return ir::FunctionId(f);
    }
  }
  return {};
}

}  // namespace ws::api
