#include "verify/judge.h"

#include <algorithm>

#include "base/format.h"
#include "base/hash.h"
#include "verify/controls.h"
#include "verify/full_size.h"
#include "verify/pool.h"
#include "verify/reference.h"
#include "verify/rung.h"
#include "verify/verdict_text.h"

namespace ws::verify {
namespace {

class TaskJudge : public Judge {
 public:
  TaskJudge(const task::Task& task, const task::KernelSource& kernels)
      : task_(task), space_(task_), kernels_(kernels) {
    kernels_.keeps_math_calls = true;
  }

  Status Prepare(uint64_t seed, uint32_t jobs) {
    TRY(compiled_, CompileReference(task_, kernels_));
    Note("the reference", *compiled_.program);
    auto pool = MakePool(compiled_.reference, seed, jobs);
    if (!pool.ok()) return pool.error();
    pool_ = std::move(pool).value();
    TRY_OK(CheckControls(compiled_.reference, pool_));
    TRY_OK(CheckBaseline(seed, jobs));
    baseline_program_ = task::Program::Compile(task_.baseline_text, task_.baseline_file, kernels_);
    Note("the baseline", *baseline_program_);
    std::vector<diag::Rendered> diagnostics;
    const auto entry = baseline_program_->FindEntry(task_, diagnostics);
    WS_CHECK(entry.has_value());  // CheckBaseline went beyond
    baseline_ = {baseline_program_.get(), *entry};
    reference_is_baseline_ = task::SameProgram(*compiled_.program, *baseline_program_);
    TRY_OK(AddDrawnSizes(compiled_.reference, baseline_, space_, seed, jobs, pool_));
    full_sizes_ =
        std::make_unique<FullSizes>(compiled_.reference, baseline_, HashCombine(seed, 0xf011));
    return Ok();
  }

  Verdict Check(std::string_view source, std::string_view file_name,
                const JudgeOptions& options) const override {
    Verdict verdict;
    verdict.outcome = Outcome::kAccepted;
    Climb climb = {.task = task_,
                   .reference = compiled_.reference,
                   .reference_program = *compiled_.program,
                   .pool = pool_,
                   .space = space_,
                   .baseline = baseline_.program != nullptr ? &baseline_ : nullptr,
                   .reference_is_baseline = reference_is_baseline_,
                   .full_sizes = full_sizes_.get(),
                   .precision = compiled_.precision,
                   .approx = compiled_.approx,
                   .options = options,
                   .kernels = kernels_,
                   .source = source,
                   .file_name = file_name};
    for (const RungStep* rung : Rungs()) {
      if (rung->rung > options.until) break;
      if (!rung->climb(climb, verdict)) break;
      verdict.rung = rung->rung;
    }
    return verdict;
  }

  const task::Task& task() const override { return task_; }
  const std::vector<std::string>& notes() const override { return notes_; }

 private:
  void Note(const char* which, const task::Program& program) {
    if (!program.path_note().empty()) {
      notes_.push_back(Format("{}: {}", which, program.path_note()));
    }
  }

  Status CheckBaseline(uint64_t seed, uint32_t jobs) const {
    JudgeOptions options;
    options.certify = false;
    options.seed = seed;
    options.jobs = jobs;
    const Verdict verdict = Check(task_.baseline_text, task_.baseline_file, options);
    if (verdict.outcome == Outcome::kAccepted) return Ok();
    const std::string why =
        verdict.outcome == Outcome::kOutside ? FirstError(verdict.diagnostics) : verdict.reason;
    return Error{Below(Format("the task is refused: the baseline does not pass `{}`: {}",
                              Name(verdict.failed_rung), why),
                       diag::ToText(verdict.diagnostics) + FaultsText(verdict.findings)),
                 verdict.outcome == Outcome::kFailed ? Blame::kInfrastructure : Blame::kUser};
  }

  const task::Task task_;
  const SizeSpace space_;
  task::KernelSource kernels_;
  std::vector<std::string> notes_;
  CompiledReference compiled_;
  std::unique_ptr<task::Program> baseline_program_;
  bool reference_is_baseline_ = false;
  Candidate baseline_;  // without a program until it has passed
  Pool pool_;
  std::unique_ptr<FullSizes> full_sizes_;
};

}  // namespace

bool Reject(Verdict& verdict, Rung rung, std::string reason) {
  verdict.outcome = Outcome::kRejected;
  verdict.failed_rung = rung;
  verdict.reason = std::move(reason);
  return false;
}

Result<std::unique_ptr<Judge>> Judge::Make(const task::Task& task, uint64_t seed, uint32_t jobs,
                                           const task::KernelSource& kernels) {
  auto judge = std::make_unique<TaskJudge>(task, kernels);
  TRY_OK(judge->Prepare(seed, jobs));
  return std::unique_ptr<Judge>(std::move(judge));
}

const char* Name(Rung rung) {
  switch (rung) {
    case Rung::kNone:
      return "none";
    case Rung::kCompiled:
      return "compiled";
    case Rung::kSanitized:
      return "sanitized";
    case Rung::kTested:
      return "tested";
  }
  return "";
}

const char* Name(Outcome outcome) {
  switch (outcome) {
    case Outcome::kAccepted:
      return "accepted";
    case Outcome::kRejected:
      return "rejected";
    case Outcome::kOutside:
      return "outside";
    case Outcome::kFailed:
      return "failed";
  }
  return "";
}

}  // namespace ws::verify
