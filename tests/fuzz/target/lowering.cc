// Source text to IR, through the passes and to PTX: the module is well-formed all the way.
#include "ir/print.h"
#include "ir/ptx.h"
#include "pass/body.h"
#include "pass/pipeline.h"
#include "tests/fuzz/compiled_text.h"
#include "tests/fuzz/fuzz.h"

namespace ws::fuzz {
namespace {

std::string RunLowering(std::string_view input) {
  const auto compiled = CompileInput(input);
  const std::string messages = diag::ToText(compiled->diagnostics());
  if (!compiled->ok()) return messages.empty() ? "refused without a diagnostic" : "";
  if (std::string fault = FaultOf(compiled->module(), "lowered"); !fault.empty()) return fault;
  const std::string dump = ir::Dump(compiled->module());
  const std::string ptx = ir::ToPtx(compiled->module());
  ArenaMemory memory;
  ir::Module timed(memory.arena());
  pass::CloneModule(compiled->module(), timed);
  pass::ForTiming(timed);
  if (std::string fault = FaultOf(timed, "passes for timing"); !fault.empty()) return fault;
  pass::ForExecution(compiled->module());
  return FaultOf(compiled->module(), "passes for execution");
}

}  // namespace

namespace targets {
extern const FuzzTarget kLowering = {"lowering", "cuda", RunLowering};
}  // namespace targets

}  // namespace ws::fuzz
