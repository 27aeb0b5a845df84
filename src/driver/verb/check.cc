// `warpsmith check FILE [--task T]`: climbs the evidence ladder and prints the verdict.
#include <algorithm>

#include "base/format.h"
#include "driver/candidate.h"
#include "driver/files.h"
#include "driver/values.h"
#include "driver/verb.h"
#include "target/cuda/arch.h"
#include "target/cuda/device.h"
#include "task/task.h"
#include "verify/judge.h"
#include "verify/verdict_text.h"

namespace ws::driver {
namespace {

class CheckCommand : public Command {
 public:
  explicit CheckCommand(CLI::App& app) {
    AddCandidateOptions(app, candidate_,
                        "the candidate, a .cu file (default: the task's baseline)");
    app.add_option("--until", until_, "the last rung: compiled, sanitized or tested")
        ->check(Choice({"compiled", "sanitized", "tested"}))
        ->capture_default_str();
    app.add_option("--epsilon", options_.epsilon, "tested: share of wrong inputs to be found")
        ->check(Number(1e-6, 0.5))
        ->capture_default_str();
    app.add_option("--delta", options_.delta, "tested: probability of not finding it")
        ->check(Number(1e-12, 0.5))
        ->capture_default_str();
    app.add_option("--among", options_.k, "tested: how many candidates compete")
        ->check(WholeNumber(1, uint64_t{1} << 32))
        ->capture_default_str();
    AddFrontOption(app, front_);
  }

  int Run(Context& context) override {
    const Result<Candidate> read = ReadCandidate(context, candidate_);
    if (!read.ok()) return Fail(context, read.error());
    const Candidate& candidate = read.value();
    const auto jobs = static_cast<uint32_t>(context.options.jobs);
    const auto judge = verify::Judge::Make(candidate.task, context.options.seed, jobs,
                                           KernelsOf(front_, context.options));
    if (!judge.ok()) return Fail(context, judge.error());
    for (const std::string& note : judge.value()->notes()) {
      context.Err(Format("note: {}\n", note));
    }
    options_.seed = context.options.seed;
    options_.jobs = jobs;
    if (const target::cuda::Arch* arch = target::cuda::FindArch(context.options.arch)) {
      options_.limits.shared_bytes_opt_in = arch->shared_bytes_per_block;
      options_.limits.device = target::cuda::FactsOf(*arch);
    }
    for (const verify::Rung rung :
         {verify::Rung::kCompiled, verify::Rung::kSanitized, verify::Rung::kTested}) {
      if (until_ == verify::Name(rung)) options_.until = rung;
    }
    const verify::Verdict verdict =
        judge.value()->Check(candidate.source, candidate.file, options_);
    if (!verdict.front_note.empty()) context.Err(Format("note: {}\n", verdict.front_note));
    if (context.options.json) {
      context.Out(DumpJson(verify::ToJson(verdict)) + "\n");
    } else {
      context.Out(verify::ToText(verdict, candidate.file));
    }
    switch (verdict.outcome) {
      case verify::Outcome::kAccepted:
        return kExitOk;
      case verify::Outcome::kRejected:
      case verify::Outcome::kOutside:
        return kExitRejected;
      case verify::Outcome::kFailed:
        return kExitInfrastructure;
    }
    return kExitInfrastructure;
  }

 private:
  CandidateOptions candidate_;
  std::string until_ = "tested", front_ = "auto";
  verify::JudgeOptions options_;
};

}  // namespace

extern const Verb kCheck = {"check", "climb the evidence ladder with one candidate; verdict",
                            MakeCommand<CheckCommand>};

}  // namespace ws::driver
