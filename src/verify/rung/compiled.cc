// compiled: the front end accepts the source, or another compiler its kernels; the IR verifier
// accepts the module, and the entry takes what the task passes.
#include "base/format.h"
#include "verify/rung.h"

namespace ws::verify {
namespace {

// Says where there is nothing to compare with.
void NoteSameness(const Climb& climb, Verdict& verdict) {
  const auto note = [&](exec::FindingKind kind, std::string message) {
    RenderedFinding finding = MakeFinding(kind, std::move(message));
    finding.is_note = true;
    verdict.findings.push_back(std::move(finding));
  };
  if (task::SameProgram(*climb.program, climb.reference_program)) {
    verdict.compared_with_itself = true;
    note(exec::FindingKind::kComparedWithItself,
         Format("compared with itself: the candidate is the task's reference{}, so that equal "
                "results show no more than that it is deterministic",
                climb.reference_is_baseline ? " and its baseline" : ""));
  } else if (climb.baseline != nullptr &&
             task::SameProgram(*climb.program, *climb.baseline->program)) {
    note(exec::FindingKind::kIsBaseline, {});
  }
}

bool ClimbCompiled(Climb& climb, Verdict& verdict) {
  climb.program = task::Program::Compile(climb.source, climb.file_name, climb.kernels);
  if (const Error* failure = climb.program->failure(); failure != nullptr) {
    verdict.outcome = Outcome::kFailed;
    verdict.failed_rung = Rung::kCompiled;
    verdict.reason = failure->message;
    return false;
  }
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
  verdict.front = task::NameOf(climb.program->path());
  verdict.front_note = climb.program->path_note();
  const auto entry = climb.program->FindEntry(climb.task, verdict.diagnostics);
  if (!entry) {
    return Reject(verdict, Rung::kCompiled,
                  Format("the entry `{}` is not there or takes something else", climb.task.entry));
  }
  climb.candidate = {climb.program.get(), *entry};
  NoteSameness(climb, verdict);
  const ir::Module& module = climb.program->module();
  uint64_t instructions = 0;
  for (const ir::Function& function : module.functions) {
    for (const ir::Block& block : module.Blocks(function)) instructions += block.num_insts;
  }
  Evidence evidence;
  evidence.rung = Rung::kCompiled;
  const task::KernelPath path = climb.program->path();
  evidence.summary = Format(
      "accepted by the front end{} and the IR verifier; {} instructions",
      path == task::KernelPath::kNative ? "" : Format(", kernels by {}", task::TitleOf(path)),
      instructions);
  verdict.evidence.push_back(std::move(evidence));
  return true;
}

}  // namespace

extern const RungStep kCompiled = {Rung::kCompiled, "well-formed", &ClimbCompiled};

}  // namespace ws::verify
