#include "verify/reference.h"

#include "base/format.h"
#include "verify/precision.h"
#include "verify/verdict_text.h"

namespace ws::verify {

std::string FirstError(const std::vector<diag::Rendered>& diagnostics) {
  for (const diag::Rendered& d : diagnostics) {
    if (d.severity != diag::Severity::Error) continue;
    const std::string at = d.line > 0 ? Format("{}:{}:{}: ", d.file, d.line, d.column) : "";
    return Format("{}{} [{}]", at, d.message, d.id);
  }
  return "no reason given";
}

Result<CompiledReference> CompileReference(const task::Task& task,
                                           const task::KernelSource& kernels) {
  CompiledReference compiled;
  compiled.program = task::Program::Compile(task.reference_text, task.reference_file, kernels);
  const task::Program& program = *compiled.program;
  if (program.failure() != nullptr) return *program.failure();
  if (!program.ok()) {
    return Error{Below(
        Format("the reference cannot be compiled here: {}", FirstError(program.diagnostics())),
        diag::ToText(program.diagnostics()))};
  }
  if (!program.faults().empty()) {
    return Error{
        Format("internal: the reference became an ill-formed module: {}", program.faults()[0]),
        Blame::kInfrastructure};
  }
  std::vector<diag::Rendered> diagnostics;
  const auto entry = program.FindEntry(task, diagnostics);
  if (!entry) return Error{Format("the reference: {}", FirstError(diagnostics))};
  const Candidate reference = {&program, *entry};
  const std::string narrowest = NarrowestArithmetic(reference, task);
  compiled.precision = task.precision.empty() ? narrowest : task.precision;
  // What the reference does itself is allowed.
  std::vector<RenderedFinding> approximate;
  compiled.approx =
      task.approx || !PrecisionProblem(reference, task, "", false, approximate).empty();
  compiled.shadowed =
      task::Program::CompileForShadows(task.reference_text, task.reference_file, kernels);
  const auto shadowed_entry = compiled.shadowed->FindEntry(task, diagnostics);
  if (!compiled.shadowed->faults().empty() || !shadowed_entry) {
    return Error{"internal: the reference became an ill-formed module", Blame::kInfrastructure};
  }
  const std::string& precision = compiled.precision;
  compiled.reference = {&task,
                        {compiled.shadowed.get(), *shadowed_entry},
                        AllowanceOf(precision.empty() ? "f32" : precision, compiled.approx),
                        !narrowest.empty()};
  return compiled;
}

}  // namespace ws::verify
