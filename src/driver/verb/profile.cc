// `warpsmith profile`: counters, time range, what limits a source, and what to try.
#include "target/cuda/profile.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "base/format.h"
#include "base/json.h"
#include "driver/candidate.h"
#include "driver/files.h"
#include "driver/verb.h"
#include "know/knowledge_base.h"
#include "search/proposer.h"
#include "search/subject.h"
#include "target/cuda/gradient.h"
#include "task/program.h"
#include "task/task.h"
#include "verify/execute.h"

namespace ws::driver {
namespace {

constexpr uint64_t kWarningFuel = uint64_t{1} << 24;  // warp instructions of a run with checks

class ProfileCommand : public Command {
 public:
  explicit ProfileCommand(CLI::App& app) {
    AddCandidateOptions(app, candidate_,
                        "CUDA source with the task's entry (default: the task's baseline)");
    AddSizeOption(app, size_, "in the first bench size; without it, all bench sizes by weight");
    app.add_option("--kb", kb_, "knowledge base to say how techniques fared; none: without");
    AddFrontOption(app, front_);
    app.add_flag("--no-ptxas", no_ptxas_, "estimate registers even where ptxas is found");
  }

  int Run(Context& context) override {
    const target::cuda::Arch* arch = target::cuda::FindArch(context.options.arch);
    Result<Candidate> read = ReadCandidate(context, candidate_);
    if (!read.ok()) return Fail(context, read.error());
    if (!size_.empty()) {
      task::Task& sized = read.value().task;
      Result<task::Sizes> sizes = ReadSizes(size_, sized, sized.bench_sizes[0].sizes);
      if (!sizes.ok()) return Fail(context, sizes.error());
      sized.bench_sizes = {{.sizes = std::move(sizes).value()}};
    }
    const auto& [task, name, source] = read.value();
    target::cuda::ProfileOptions options;
    options.arch = arch;
    options.use_ptxas = !no_ptxas_;
    options.kernels = KernelsOf(front_, context.options);
    const search::Subject subject = search::MakeSubject(task, source, name, context.options.arch);
    if (subject.lifted) {
      const auto least = nest::Roofline(subject.program, subject.bench_sizes);
      if (least.ok()) options.compulsory_flops = least.value().float_operations;
    }
    const auto profiler = target::cuda::Profiler::Make(task, options);
    if (!profiler.ok()) return Fail(context, profiler.error());
    Result<target::cuda::Profile> profile = profiler.value()->Run(source, name);
    if (!profile.ok()) {
      const int status = Fail(context, profile.error());
      return status == kExitUsage ? kExitRejected : status;
    }
    if (!profile.value().front_note.empty()) {
      context.Err(Format("note: {}\n", profile.value().front_note));
    }
    if (!subject.lifted) {
      profile.value().gradient += " This kernel cannot be lifted: " + subject.why_not + ".";
    }
    profile.value().gradient += target::cuda::HintText(Hints(task, subject, profile.value()));
    const std::string warning = Warning(task, source, name, options.kernels, context.options.seed);
    if (context.options.json) {
      Json object = ToJson(profile.value());
      object["warning"] = warning.empty() ? Json() : Json(warning);
      context.Out(DumpJson(object) + "\n");
    } else {
      context.Out(warning.empty() ? "" : Format("warning: {}\n", warning));
      context.Out(ToText(profile.value()));
    }
    return kExitOk;
  }

 private:
  // That the times are of a program which is not right, if a run with every check at the test sizes
  // shows it; profiling itself runs without checks.
  static std::string Warning(const task::Task& task, const std::string& source,
                             const std::string& name, const task::KernelSource& kernels,
                             uint64_t seed) {
    const auto program = task::Program::Compile(source, name, kernels);
    std::vector<diag::Rendered> ignored;
    const auto entry = program->ok() ? program->FindEntry(task, ignored) : std::nullopt;
    if (!entry) return {};
    verify::Session session({program.get(), *entry}, task);
    for (const task::Sizes& sizes : task.test_sizes) {
      const auto inputs = task::MakeInputs(task, sizes, task::Family::kFromInit, seed);
      if (!inputs.ok()) return {};
      exec::RunOptions options;
      options.limits.fuel = kWarningFuel;
      const auto run = session.Run(inputs.value(), sizes, options);
      if (!run.ok() || run.value().report.status == exec::RunStatus::kNoFuel) return {};
      for (const verify::RenderedFinding& finding : run.value().findings) {
        if (finding.is_note) continue;
        return Format(
            "the program is not right, so its times mean little: at {}, {}:{}: {} [{}]; "
            "`warpsmith check` tells all",
            task::ToText(sizes), finding.file.empty() ? name : finding.file, finding.line,
            finding.message, finding.id);
      }
    }
    return {};
  }

  // Techniques with a step open here, the most promising first, and how they fared before.
  std::vector<target::cuda::TechniqueHint> Hints(const task::Task& task,
                                                 const search::Subject& subject,
                                                 const target::cuda::Profile& profile) const {
    const search::ProposerKind* rule = search::FindProposer("rule");
    if (!rule->offers(subject).ok()) return {};
    const auto proposer = rule->make(subject, {});
    if (!proposer.ok()) return {};
    const std::string bottleneck = target::cuda::StateName(profile.limiter);
    std::map<std::string, double> helps;
    const std::string plan = proposer.value()->StartPlan();
    const search::Place place{subject.source, plan, bottleneck, profile.gradient};
    for (const search::Step& step : proposer.value()->Steps(place)) {
      helps[step.technique] = std::max(helps[step.technique], step.helps);
    }
    std::vector<std::pair<double, std::string>> order;
    for (const auto& [technique, promise] : helps) {
      if (promise > 0) order.emplace_back(-promise, technique);
    }
    std::sort(order.begin(), order.end());
    const std::vector<know::Lesson> lessons = Lessons(search::MakeContext(task, subject));
    std::vector<target::cuda::TechniqueHint> out;
    for (const auto& [promise, technique] : order) {
      out.push_back({technique, Record(lessons, technique, bottleneck)});
    }
    return out;
  }

  // What an existing knowledge base says; an unreadable one is as good as none here.
  std::vector<know::Lesson> Lessons(const know::Context& context) const {
    const std::optional<std::string> path = know::KnowledgeBasePath(kb_);
    if (!path) return {};
    auto base = know::KnowledgeBase::Open(*path, /*create=*/false);
    if (!base.ok()) return {};
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    auto lessons =
        base.value().Priors(context, std::chrono::duration_cast<std::chrono::seconds>(now).count());
    return lessons.ok() ? std::move(lessons).value() : std::vector<know::Lesson>();
  }

  static std::string Record(const std::vector<know::Lesson>& lessons, const std::string& technique,
                            const std::string& bottleneck) {
    for (const know::Lesson& lesson : lessons) {
      const bool same = lesson.technique == technique && lesson.bottleneck == bottleneck;
      if (!same || lesson.tried <= 0) continue;
      // Lessons from other situations count less, so that the sums are no whole numbers.
      const double tries = std::max(1.0, std::round(lesson.tried));
      const char* plural = tries == 1 ? "y" : "ies";
      if (lesson.accepted <= 0) {
        return Format("none of {:.0f} earlier tr{} was accepted", tries, plural);
      }
      return Format("{:.0f} % of {:.0f} earlier tr{} were faster, {:.2f}x on average",
                    100 * lesson.won / lesson.tried, tries, plural, std::exp(lesson.effect_mean));
    }
    return {};
  }

  CandidateOptions candidate_;
  std::string kb_, size_, front_ = "auto";
  bool no_ptxas_ = false;
};

}  // namespace

extern const Verb kProfile = {"profile", "counters, modelled time, limits, textual gradient",
                              MakeCommand<ProfileCommand>};

}  // namespace ws::driver
