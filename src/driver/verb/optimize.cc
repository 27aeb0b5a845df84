// `warpsmith optimize TASK`: the main job. A task goes in; a faster verified kernel, the record of
// the search and a report come out.
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/format.h"
#include "base/json.h"
#include "base/tools.h"
#include "driver/candidate.h"
#include "driver/files.h"
#include "driver/interrupt.h"
#include "driver/optimize_result.h"
#include "driver/progress.h"
#include "driver/proposers.h"
#include "driver/verb.h"
#include "front/compiled.h"
#include "front/inline_includes.h"
#include "know/knowledge_base.h"
#include "know/run_file.h"
#include "nest/analysis.h"
#include "report/report.h"
#include "report/steps.h"
#include "search/judge_evaluator.h"
#include "search/llm/endpoint.h"
#include "search/search.h"
#include "search/source_hash.h"
#include "search/subject.h"
#include "target/cuda/arch.h"
#include "target/cuda/device.h"
#include "target/cuda/profile.h"
#include "task/task.h"
#include "verify/judge.h"
#include "version.h"

namespace ws::driver {
namespace {

namespace fs = std::filesystem;
namespace cuda = target::cuda;

constexpr const char* kSecondsNote = "seconds";  // spent by a run with a budget of time
constexpr const char* kModelParameter = "model";

int64_t UnixSeconds() {
  using namespace std::chrono;
  return duration_cast<seconds>(system_clock::now().time_since_epoch()).count();
}

// What a command line asks for, checked.
struct Job {
  task::Task task;
  search::Subject subject;
  search::Budget budget;
  ProposerKinds proposers;
  const know::RunFile* replayed = nullptr;
  const cuda::Arch* arch = nullptr;
  know::Context context;
  know::RunParameters parameters;
  std::string folder;   // of the run
  std::string command;  // that repeats it
};

// A word of a command line as a shell takes it.
std::string Quoted(const std::string& word) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:=+,@%-";
  if (!word.empty() && word.find_first_not_of(kPlain) == std::string::npos) return word;
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

class OptimizeCommand : public Command {
 public:
  explicit OptimizeCommand(CLI::App& app) {
    app.add_option("TASK", task_path_,
                   "task.toml, or its folder; of a .cu file the task.toml beside it, with the file "
                   "to start from")
        ->required();
    app.add_option("--start", start_path_, "start from this file instead of the baseline");
    app.add_option("--proposer", proposer_,
                   "who proposes candidates: one, or several with commas (" + ProposerHelp() + ")")
        ->capture_default_str();
    app.add_option(
           "--budget", budget_,
           "candidates (200), wall-clock time (60s, 10m), or tokens of a language model (50000tok)")
        ->capture_default_str();
    app.add_option("--kb", kb_,
                   "knowledge base (default: $WARPSMITH_KB, else warpsmith/kb.sqlite in "
                   "$XDG_DATA_HOME or ~/.local/share); none: without");
    app.add_option("-o,--output", folder_, "folder of the run (default: runs/<name of the task>)");
    app.add_flag("--resume", resume_, "continue the run in that folder, which must be there");
    app.add_option("--replay", replay_,
                   "run again what the run in this folder did, from the lessons it began with and "
                   "with the language model's answers that it recorded; no network is used");
    app.footer(
        "The run can be stopped at any time with Ctrl-C: best.cu and report.html of what was found "
        "so\nfar are written, nothing finished is lost, and --resume goes on. A smaller --budget "
        "ends earlier.\n\nCandidates are numbered in the order in which they were proposed: 0 is "
        "the baseline, 1 the\nprogram to start from, steps begin at 2. A step that leads to a "
        "program met before gets no number;\nonly candidates that were the best so far are "
        "certified and shown.");
  }

  int Run(Context& context) override {
    const Status found = FindTask(context);
    if (!found.ok()) return Fail(context, found.error());
    Result<Job> job = MakeJob(context.options);
    if (!job.ok()) return Refuse(context, job.error());
    const Result<std::vector<std::string>> idle =
        DropIdle(job.value().subject, job.value().proposers);
    if (!idle.ok()) {
      const std::string& why = idle.error().message;
      if (context.options.json) {
        context.Out(DumpJson({{"verdict", "outside"}, {"error", why}}) + "\n");
      }
      context.Err(Format("error: {}\n", why));
      if (!job.value().subject.lifted) {
        context.Err(
            "  hint: start from a plain version, each thread computing outputs of its own, such as "
            "the reference may be: --start FILE; or ask a language model: --proposer llm\n");
      }
      return kExitRejected;
    }
    for (const std::string& why : idle.value()) context.Err(Format("warning: {}\n", why));
    Result<std::unique_ptr<know::RunFile>> replayed = OpenReplayed(job.value());
    if (!replayed.ok()) return Fail(context, replayed.error());
    job.value().replayed = replayed.value().get();
    Result<std::unique_ptr<know::RunFile>> file = OpenRun(context, job.value());
    if (!file.ok()) return Fail(context, file.error());
    Result<OptimizeResult> result = RunSearch(context, job.value(), *file.value());
    if (!result.ok()) {
      const know::Attempt* start = file.value()->Find(search::kStartSequence);
      start_refused_ = !start_path_.empty() && start != nullptr &&
                       start->result.outcome != "failed" && !start->result.accepted();
      return Refuse(context, result.error());
    }
    Remember(context, *file.value());
    const Status written = Write(context, job.value(), *file.value(), result.value());
    if (!written.ok()) return Fail(context, written.error());
    return Print(context, result.value());
  }

 private:
  // A program given with --start that is refused is no mistake of the command line.
  int Refuse(Context& context, const Error& error) const {
    const int status = Fail(context, error);
    return start_refused_ ? static_cast<int>(kExitRejected) : status;
  }

  // A source instead of a task: its task is the one beside it.
  Status FindTask(Context& context) {
    if (!task_path_.ends_with(".cu")) return Ok();
    if (!start_path_.empty()) {
      return Error{Format("{} is a source, and so is --start {}", task_path_, start_path_),
                   Blame::kUser, "give the task.toml, and with --start the source"};
    }
    TRY_OK(ReadSource(task_path_));
    Result<std::string> beside = TaskBeside(task_path_);
    if (!beside.ok()) {
      return Error{Format("{} is a source, and there is no task.toml beside it", task_path_),
                   Blame::kUser, HowToGetTask(task_path_)};
    }
    std::string task = std::move(beside).value();
    TRY(const task::Task read, task::ReadTask(task));
    std::error_code code;
    const bool is_baseline = fs::equivalent(task_path_, read.baseline_file, code);
    std::string source = std::exchange(task_path_, std::move(task));
    context.Err(Format("task: {}; start: {}{}\n", task_path_, source,
                       is_baseline ? ", the task's baseline" : ""));
    if (!is_baseline) start_path_ = std::move(source);
    return Ok();
  }

  const std::string& StartFile(const Job& job) const {
    return start_path_.empty() ? job.task.baseline_file : start_path_;
  }

  // What candidates are called when compiled; beside the start, whose includes they share.
  std::string JudgedFile(const Job& job) const {
    return fs::path(StartFile(job)).replace_filename("candidate.cu").string();
  }

  static void NameFile(const std::string& from, const std::string& to, std::string& text) {
    const size_t at = text.find(from + ":");
    if (at != std::string::npos) text.replace(at, from.size(), to);
  }

  Result<Job> MakeJob(const Options& options) {
    Job job;
    if (options.target != "cuda") {
      return Error{Format("--target {}: only cuda is there yet", options.target)};
    }
    if (options.device != "cpu") {
      return Error{Format("--device {}: candidates run on the cpu only so far", options.device)};
    }
    job.arch = cuda::FindArch(options.arch);
    if (job.arch == nullptr) {
      std::vector<std::string_view> names;
      for (const cuda::Arch& arch : cuda::Archs()) names.push_back(arch.name);
      return Error{Format("--arch {}: unknown; there is {}", options.arch, Join(names, ", "))};
    }
    TRY(job.proposers, ParseProposers(proposer_));
    TRY(job.budget, search::ParseBudget(budget_));
    const bool asks_model = Has(job.proposers, "llm");
    if (job.budget.tokens > 0 && !asks_model) {
      return Error{
          Format("--budget {}: only a language model spends tokens; add --proposer llm", budget_)};
    }
    TRY(job.task, task::ReadTask(task_path_));
    std::string start = job.task.baseline_text;
    if (!start_path_.empty()) {
      TRY(start, ReadSource(start_path_));
    }
    job.subject = search::MakeSubject(job.task, start, StartFile(job), options.arch);
    if (!job.subject.compiled) {
      std::string why = job.subject.why_not;
      while (why.ends_with('\n')) why.pop_back();
      start_refused_ = !start_path_.empty();
      return Error{why, Blame::kUser, Format("{} is what the search starts from", StartFile(job))};
    }
    job.context = search::MakeContext(job.task, job.subject);
    job.folder = folder_.empty() ? "runs/" + job.task.name : folder_;
    job.parameters = {{std::string(know::kTaskParameter), search::TaskHash(job.task)},
                      {"start", start_path_.empty() ? "the baseline" : "a file"},
                      {"seed", Format("{}", options.seed)},
                      {"budget", budget_},
                      {"target", options.target},
                      {"arch", options.arch},
                      {"proposer", proposer_},
                      {"registers", FindTool("ptxas") ? "ptxas" : "liveness estimate"},
                      {"version", kVersion}};
    if (asks_model && replay_.empty()) {
      TRY(const search::llm::Endpoint endpoint, search::llm::EndpointFromEnvironment());
      job.parameters.emplace(kModelParameter, endpoint.model);
    }
    for (const auto& [name, hash] : search::FileHashes(job.task, StartFile(job), start)) {
      job.parameters.emplace(std::string(know::kFilePrefix) + name, hash);
    }
    job.command =
        Format("warpsmith optimize {}{} --proposer {} --budget {} --seed {} --arch {}",
               Quoted(task_path_), start_path_.empty() ? "" : " --start " + Quoted(start_path_),
               Quoted(proposer_), Quoted(budget_), options.seed, options.arch);
    return job;
  }

  std::string ResumeCommand(const Job& job) const {
    return Format("{}{}{} -o {} --resume", job.command, kb_.empty() ? "" : " --kb " + Quoted(kb_),
                  replay_.empty() ? "" : " --replay " + Quoted(replay_), Quoted(job.folder));
  }

  // A knowledge base moves on. What a run took from one, and a model's answers, are in its file.
  std::string ReproduceCommand(const Job& job, const know::RunFile& file) const {
    const std::string& recorded = replay_.empty() ? job.folder : replay_;
    const bool needs_record = !file.priors().empty() || Has(job.proposers, "llm");
    return Format("{} --kb none{} -o {}", job.command,
                  needs_record ? " --replay " + Quoted(recorded) : "",
                  Quoted(job.folder + "-again"));
  }

  // The run whose exchanges are replayed; null without --replay. It must have been asked for the
  // same.
  Result<std::unique_ptr<know::RunFile>> OpenReplayed(Job& job) {
    if (replay_.empty()) return std::unique_ptr<know::RunFile>();
    TRY(std::unique_ptr<know::RunFile> file, know::RunFile::Open(replay_ + "/run.sqlite"));
    if (Has(job.proposers, "llm")) {
      const auto model = file->parameters().find(kModelParameter);
      if (model == file->parameters().end()) {
        return Error{Format("--replay {}: that run asked no language model", replay_)};
      }
      job.parameters.emplace(kModelParameter, model->second);
    }
    TRY_OK(file->CheckParameters(job.parameters));
    return file;
  }

  // The run's file: a new one, or with --resume the one that is there.
  Result<std::unique_ptr<know::RunFile>> OpenRun(Context& context, const Job& job) {
    std::error_code error;
    const std::string path = job.folder + "/run.sqlite";
    if (resume_ && !fs::exists(path, error)) {
      return Error{Format("nothing to resume: there is no {}", path), Blame::kUser,
                   "leave --resume out to start, or name the folder of the run with -o"};
    }
    fs::create_directories(job.folder, error);
    if (error) {
      return Error{Format("cannot make the folder {}: {}", job.folder, error.message())};
    }
    TRY(const bool exists, know::RunFile::Exists(path));
    if (exists) return OpenExisting(context, job, path);
    if (resume_) context.Err(Format("{} was made, but nothing was recorded; starting\n", path));
    TRY(const std::vector<know::Lesson> lessons, Lessons(context, job));
    return know::RunFile::Create(path, job.parameters, lessons);
  }

  // A run that got no further than the programs it was to begin with is no loss: they may have been
  // refused and mended since.
  Result<std::unique_ptr<know::RunFile>> OpenExisting(Context& context, const Job& job,
                                                      const std::string& path) {
    TRY(std::unique_ptr<know::RunFile> file, know::RunFile::Open(path));
    const std::vector<know::Attempt> attempts = file->Attempts();
    bool goes_on = resume_;
    if (file->holds_steps()) {
      if (!resume_) {
        return Error{
            Format("{} holds a run already; continue it with --resume, or give another "
                   "folder with -o",
                   job.folder)};
      }
      TRY_OK(file->CheckParameters(job.parameters));
    } else {
      goes_on =
          resume_ && file->CheckParameters(job.parameters).ok() &&
          std::ranges::all_of(attempts, [](const know::Attempt& a) { return a.result.accepted(); });
    }
    if (goes_on) {
      context.Err(Format("resuming {}: {} attempts are recorded\n", job.folder, attempts.size()));
      return file;
    }
    context.Err(Format("the run in {} had recorded no candidate; it starts afresh\n", job.folder));
    TRY(const std::vector<know::Lesson> lessons, Lessons(context, job));
    TRY_OK(file->Restart(job.parameters, lessons));
    return file;
  }

  // What the replayed run began with, or what the knowledge base suggests. A base that was asked
  // for must open; the default one may be out of reach.
  Result<std::vector<know::Lesson>> Lessons(Context& context, const Job& job) {
    if (job.replayed != nullptr) return job.replayed->priors();
    const std::optional<std::string> path = know::KnowledgeBasePath(kb_);
    if (!path) return std::vector<know::Lesson>();
    Result<know::KnowledgeBase> base = know::KnowledgeBase::Open(*path, /*create=*/true);
    if (!base.ok()) {
      if (!kb_.empty()) return base.error();
      context.Err(Format("warning: no knowledge base: {}\n", base.error().message));
      return std::vector<know::Lesson>();
    }
    return base.value().Priors(job.context, UnixSeconds());
  }

  Result<OptimizeResult> RunSearch(Context& context, const Job& job, know::RunFile& file) {
    const Options& options = context.options;
    const auto jobs = static_cast<uint32_t>(options.jobs);
    const Interrupt interrupt;  // from here on a signal ends the run in order
    ProgressLine progress(context);
    progress.Show("judging the task itself: reference, baseline, controls");
    TRY(const std::unique_ptr<verify::Judge> judge,
        verify::Judge::Make(job.task, options.seed, jobs));
    cuda::ProfileOptions profile_options;
    profile_options.arch = job.arch;
    if (job.subject.lifted) {
      const auto least = nest::Roofline(job.subject.program, job.subject.bench_sizes);
      if (least.ok()) profile_options.compulsory_flops = least.value().float_operations;
    }
    TRY(const std::unique_ptr<cuda::Profiler> profiler,
        cuda::Profiler::Make(job.task, profile_options));
    TRY(const std::unique_ptr<search::JudgeEvaluator> evaluator,
        search::JudgeEvaluator::Make(
            *judge, *profiler,
            {.seed = options.seed,
             .competitors = job.budget.competitors(),
             .jobs = jobs,
             .file_name = JudgedFile(job),
             .limits = {.shared_bytes_opt_in = job.arch->shared_bytes_per_block,
                        .device = cuda::FactsOf(*job.arch)}}));
    know::CopiedRecord copied(job.replayed != nullptr ? *job.replayed : file, file);
    search::Means means = {
        .seed = options.seed,
        .record = job.replayed != nullptr ? static_cast<know::ExchangeRecord*>(&copied) : &file,
        .replays = job.replayed != nullptr,
        .model = {},
        .lessons = file.priors(),
        .stop = [&] { return interrupt.requested(); }};
    if (Has(job.proposers, "llm")) means.model = job.parameters.at(kModelParameter);
    TRY(const std::unique_ptr<search::Proposer> proposer,
        MakeProposers(job.proposers, job.subject, means));
    search::Hooks hooks;
    const std::string most = job.budget.candidates > 0 ? budget_ : "?";
    const bool by_clock = job.budget.seconds > 0;
    hooks.on_attempt = [&](const know::Attempt& a, const search::Progress& p) {
      // What cannot be noted now is noted with the next.
      if (by_clock) (void)file.SetNote(kSecondsNote, Format("{:.3f}", p.seconds));
      progress.Show(StateText(p, most, progress.elapsed_seconds(), a.technique));
    };
    hooks.on_certificate = [&](const know::Attempt& a, const search::Progress& p) {
      if (!a.is_step()) return;
      progress.Say(
          Format("candidate {}: {} {}: {:.2f}x to {:.2f}x modelled, {}", a.sequence, a.technique,
                 a.parameters, a.result.speedup_low, a.result.speedup_high,
                 a.stands() ? "certified; the best so far" : "refuted: " + a.certification.reason));
      progress.Show(StateText(p, most, progress.elapsed_seconds(), a.technique));
    };
    hooks.stop = [&] { return interrupt.requested(); };
    hooks.unix_seconds = UnixSeconds;
    const search::Input input = {.baseline = job.task.baseline_text,
                                 .start = job.subject.source,
                                 .context = job.context,
                                 .lessons = file.priors()};
    TRY(const std::string spent, file.Note(kSecondsNote));
    const search::Options search_options = {.seed = options.seed,
                                            .budget = job.budget,
                                            .spent_seconds = std::atof(spent.c_str()),
                                            .jobs = options.jobs,
                                            .version = kVersion};
    OptimizeResult result;
    result.task = job.task.name;
    result.arch = options.arch;
    result.seed = options.seed;
    result.budget = budget_;
    result.by_clock = by_clock;
    result.folder = job.folder;
    result.resume = ResumeCommand(job);
    result.reproduce = ReproduceCommand(job, file);
    result.lessons = file.priors().size();
    TRY(result.outcome, search::Search(input, *proposer, *evaluator, file, search_options, hooks));
    if (by_clock) {
      TRY_OK(file.SetNote(kSecondsNote, Format("{:.3f}", result.outcome.progress.seconds)));
    }
    result.signal = interrupt.signal();
    result.elapsed_seconds = progress.elapsed_seconds();
    const know::Attempt* baseline = file.Find(search::kBaselineSequence);
    const know::Attempt* best = file.Find(result.outcome.best);
    WS_CHECK(baseline != nullptr && best != nullptr);
    result.baseline = *baseline;
    result.best = *best;
    const std::vector<know::Attempt> attempts = file.Attempts();
    for (const know::Attempt* a : report::Lineage(attempts, best->sequence)) {
      if (a->is_step()) result.steps.push_back(*a);
    }
    return result;
  }

  // Merges the run into the knowledge base. That it cannot is no reason to fail: the run's own file
  // holds everything.
  void Remember(Context& context, const know::RunFile& file) {
    const std::optional<std::string> path = know::KnowledgeBasePath(kb_);
    if (!path) return;
    Result<know::KnowledgeBase> base = know::KnowledgeBase::Open(*path, /*create=*/true);
    if (base.ok()) {
      const Result<uint64_t> merged = base.value().Merge(file.Attempts());
      if (merged.ok()) return;
      context.Err(Format("warning: not remembered: {}\n", merged.error().message));
    } else {
      context.Err(Format("warning: not remembered: {}\n", base.error().message));
    }
  }

  // The source with what it includes from beside the start, so that it compiles anywhere.
  std::string Alone(Context& context, const Job& job, const std::string& source) const {
    std::string alone = front::InlineIncludes(JudgedFile(job), source);
    if (front::CompileText("best.cu", alone)->ok()) return alone;
    context.Err(Format("warning: {}/best.cu includes files of {} that could not be put into it\n",
                       job.folder, fs::path(StartFile(job)).parent_path().string()));
    return source;
  }

  Status Write(Context& context, const Job& job, know::RunFile& file,
               const OptimizeResult& result) {
    report::Run run;
    run.title = job.task.name;
    run.command = ReproduceCommand(job, file);
    if (!file.priors().empty()) {
      run.command_note = Format(
          "The run began with {} lessons of a knowledge base. Its run.sqlite holds them, which "
          "--replay reads.",
          file.priors().size());
    }
    if (result.by_clock) {
      run.command_note += " How far a run comes in a time is not reproducible.";
    }
    run.end = result.end();
    run.parameters = job.parameters;
    run.attempts = file.Attempts();
    run.best = result.best.sequence;
    // The profiles name the file as the judge did; the report's reader has others.
    for (know::Attempt& a : run.attempts) {
      NameFile(JudgedFile(job), a.is_step() ? "best.cu" : StartFile(job), a.result.gradient);
    }
    TRY(run.baseline_source, file.Source(result.baseline.child));
    TRY(run.best_source, file.Source(result.best.child));
    TRY_OK(file.SetNote("best", result.best.child));
    TRY_OK(file.SetNote("end", run.end));
    TRY_OK(ReplaceFile(job.folder + "/best.cu", Alone(context, job, run.best_source)));
    return ReplaceFile(job.folder + "/report.html", report::RenderHtml(run));
  }

  static int Print(Context& context, const OptimizeResult& r) {
    context.Out(context.options.json ? DumpJson(ToJson(r)) + "\n" : ToText(r));
    if (!r.interrupted()) return kExitOk;
    context.Err(Format("interrupted; nothing finished is lost. To go on: {}\n", r.resume));
    return kExitSignal + r.signal;
  }

  std::string task_path_, start_path_, replay_, proposer_ = "rule", budget_ = "200", kb_, folder_;
  bool resume_ = false, start_refused_ = false;
};

}  // namespace

extern const Verb kOptimize = {"optimize",
                               "search for a faster program that is still right",
                               MakeCommand<OptimizeCommand>,
                               {},
                               /*handles_signals=*/true};

}  // namespace ws::driver
