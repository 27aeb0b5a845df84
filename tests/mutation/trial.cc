#include "tests/mutation/trial.h"

#include "base/format.h"
#include "tests/mutation/equivalence.h"
#include "verify/verdict_text.h"

namespace ws::mutation {
namespace {

constexpr size_t kDrawnSizes = 40;
constexpr uint64_t kSeed = 0x5eed;

// What showed the fault, in a few words.
std::string Why(const verify::Verdict& verdict) {
  for (const verify::RenderedFinding& finding : verdict.findings) {
    if (!finding.is_note) return finding.id;
  }
  if (!verdict.diagnostics.empty()) return verdict.diagnostics[0].id;
  return verdict.has_witness ? "wrong-output" : verdict.reason;
}

}  // namespace

Bench::Bench(const std::string& file_name, const std::string& source,
             const verify::JudgeOptions& options)
    : subject_(file_name, source), file_name_(file_name), options_(options) {}

Result<std::unique_ptr<Bench>> Bench::Make(const std::string& task, const std::string& file_name,
                                           const std::string& source,
                                           const verify::JudgeOptions& options) {
  std::unique_ptr<Bench> bench(new Bench(file_name, source, options));
  TRY(const task::Task read, task::ReadTask(task));
  TRY(bench->judge_, verify::Judge::Make(read, 1, options.jobs));
  const verify::Verdict verdict = bench->judge_->Check(source, file_name, bench->options_);
  if (verdict.outcome != verify::Outcome::kAccepted) {
    return Error{
        Format("{} itself is not accepted: {}", file_name, verify::ToText(verdict, file_name))};
  }
  bench->program_ = task::Program::Compile(source, file_name);
  bench->codes_.insert(CodeHash(*bench->program_));
  return bench;
}

Json Bench::Try(const Mutant& mutant) {
  Json line = {{"operator", mutant.op->name},
               {"line", mutant.line},
               {"before", mutant.before},
               {"after", mutant.after}};
  const auto program = task::Program::Compile(mutant.source, file_name_);
  if (!codes_.insert(CodeHash(*program)).second) {
    line["verdict"] = "same-code";
    return line;
  }
  const verify::Verdict verdict = judge_->Check(mutant.source, file_name_, options_);
  line["verdict"] = verify::Name(verdict.outcome);
  if (verdict.outcome != verify::Outcome::kAccepted) {
    line["rung"] = verify::Name(verdict.failed_rung);
    line["why"] = Why(verdict);
    return line;
  }
  for (const verify::Evidence& evidence : verdict.evidence) {
    if (evidence.rung == verify::Rung::kTested) line["worst_error"] = evidence.worst_error_ratio;
  }
  std::vector<diag::Rendered> diagnostics;
  const auto a = program_->FindEntry(judge_->task(), diagnostics);
  const auto b = program->FindEntry(judge_->task(), diagnostics);
  const auto agreement =
      CompareBits(judge_->task(), {program_.get(), *a}, {program.get(), *b}, kDrawnSizes, kSeed);
  if (agreement.ok()) {
    line["runs"] = agreement.value().runs;
    line["same_bits"] = agreement.value().same_bits;
  }
  return line;
}

void Bench::Skip(const Mutant& mutant) {
  codes_.insert(CodeHash(*task::Program::Compile(mutant.source, file_name_)));
}

}  // namespace ws::mutation
