// compiled: the native front end accepts the source, the IR verifier accepts the module, and the
// entry takes what the task passes.
#include "base/format.h"
#include "verify/rung.h"

namespace ws::verify {
namespace {

bool ClimbCompiled(Climb& climb, Verdict& verdict) {
  climb.program = task::Program::Compile(climb.source, climb.file_name);
  verdict.diagnostics = climb.program->diagnostics();
  if (!climb.program->ok()) {
    Reject(verdict, Rung::kCompiled, "the source cannot be compiled here");
    verdict.outcome = Outcome::kOutside;
    return false;
  }
  if (!climb.program->faults().empty()) {
    verdict.outcome = Outcome::kFailed;
    verdict.failed_rung = Rung::kCompiled;
    verdict.reason =
        "internal: the front end made an ill-formed module: " + climb.program->faults()[0];
    return false;
  }
  const auto entry = climb.program->FindEntry(climb.task, verdict.diagnostics);
  if (!entry) {
    return Reject(verdict, Rung::kCompiled,
                  Format("the entry `{}` is not there or takes something else", climb.task.entry));
  }
  climb.candidate = {climb.program.get(), *entry};
  const ir::Module& module = climb.program->module();
  uint64_t instructions = 0;
  for (const ir::Function& function : module.functions) {
    for (const ir::Block& block : module.Blocks(function)) instructions += block.num_insts;
  }
  Evidence evidence;
  evidence.rung = Rung::kCompiled;
  evidence.summary =
      Format("accepted by the front end and the IR verifier; {} instructions", instructions);
  verdict.evidence.push_back(std::move(evidence));
  return true;
}

}  // namespace

extern const RungStep kCompiled = {Rung::kCompiled, "well-formed", &ClimbCompiled};

}  // namespace ws::verify
