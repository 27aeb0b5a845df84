// `warpsmith init FILE.cu`: writes a first task.toml beside a launcher.
#include <filesystem>
#include <optional>

#include "base/format.h"
#include "base/json.h"
#include "driver/files.h"
#include "driver/first_trial.h"
#include "driver/verb.h"
#include "task/array_use.h"
#include "task/draft.h"
#include "task/program.h"

namespace ws::driver {
namespace {

namespace fs = std::filesystem;

constexpr int64_t kGranules[] = {1, 2, 4, 8, 16, 32, 64};

// A file's stem as the name of a task.
std::string TaskName(const fs::path& path) {
  std::string name = path.stem().string().substr(0, 64);
  for (char& c : name) {
    const bool keeps = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!keeps && c != '-') c = '_';
  }
  return name.empty() ? "task" : name;
}

class InitCommand : public Command {
 public:
  explicit InitCommand(CLI::App& app) {
    app.add_option("FILE", file_, "a .cu file with a launcher")->required();
    app.add_option("--entry", entry_, "the launcher (default: launch, or the only one)");
    app.add_option("--reference", reference_,
                   "a .cu file with the same launcher that says what is right (default: FILE "
                   "itself, which can only show that candidates do what it does)");
    app.add_option("-o,--output", output_,
                   "the file to write, or a folder (default: task.toml beside FILE)");
    app.add_flag("--force", force_, "overwrite an existing task.toml");
    app.footer(
        "The launcher runs at small sizes: what it reads and stores, and how far it reaches, "
        "gives\nroles and shapes. Guesses are marked CHECK in the file.");
  }

  int Run(Context& context) override {
    const auto source = ReadSource(file_);
    if (!source.ok()) return Fail(context, source.error());
    const Result<std::string> target = Target();
    if (!target.ok()) return Fail(context, target.error());
    const auto program = task::Program::Compile(source.value(), file_);
    if (!program->ok()) return Refuse(context, *program);
    const Result<task::Draft> draft = MakeDraft(*program, target.value());
    if (!draft.ok()) return Fail(context, draft.error());
    if (!reference_.empty()) {
      const Status fits = CheckReference(draft.value().task);
      if (!fits.ok()) return Fail(context, fits.error());
    }
    const Status written = WriteFile(target.value(), task::ToText(draft.value()));
    if (!written.ok()) return Fail(context, written.error());
    Print(context, target.value());
    return kExitOk;
  }

 private:
  // Where the task is written; an error if that is not possible.
  Result<std::string> Target() const {
    fs::path target =
        output_.empty() ? fs::path(file_).parent_path() / "task.toml" : fs::path(output_);
    std::error_code code;
    if (output_.ends_with('/') || fs::is_directory(target, code)) target /= "task.toml";
    const fs::path folder = target.parent_path();
    if (!folder.empty() && !fs::is_directory(folder, code)) {
      return Error{Format("there is no folder {}", folder.string()), Blame::kUser,
                   Format("make it first: mkdir -p {}", folder.string())};
    }
    if (!force_ && fs::exists(target, code)) {
      return Error{Format("{} exists", target.string()), Blame::kUser, "--force overwrites it"};
    }
    return target.string();
  }

  static int Refuse(Context& context, const task::Program& program) {
    if (context.options.json) {
      const auto list = ParseJson(diag::ToJson(program.diagnostics()));
      context.Out(DumpJson({{"written", nullptr}, {"diagnostics", list.value()}}) + "\n");
    } else {
      context.Err(diag::ToText(program.diagnostics()));
    }
    return kExitRejected;
  }

  // A path as the task in `folder` names it.
  static std::string NameFrom(const std::string& target, const std::string& file) {
    const fs::path folder = fs::path(target).parent_path();
    std::error_code code;
    return fs::proximate(file, folder.empty() ? fs::path(".") : folder, code).generic_string();
  }

  // The draft at sizes that its program takes: a launcher may want multiples of a vector's or a
  // tile's length.
  static task::Draft Fitted(const task::Program& program, const task::Draft& drafted) {
    std::optional<task::Draft> first;
    std::string why;
    for (const int64_t granule : kGranules) {
      task::Draft draft = drafted;
      if (granule > 1) task::Coarsen(draft, granule);
      const auto use = task::ObserveUse(program, draft.task, draft.size_names);
      task::Refine(draft, use);
      if (granule > 1 && !use) break;
      const std::string problem = FirstTrial(program, draft.task);
      if (problem.empty()) {
        if (granule > 1) {
          draft.size_note = Format("multiples of {}; {}", granule, why);
        }
        task::Draft crossed = draft;
        task::Cross(crossed);
        return FirstTrial(program, crossed.task).empty() ? crossed : draft;
      }
      if (first) continue;
      first = std::move(draft);
      why = problem;
    }
    first->size_note = "the program does not pass " + why;
    return *std::move(first);
  }

  Result<task::Draft> MakeDraft(const task::Program& program, const std::string& target) const {
    Result<task::Draft> draft =
        task::DraftTask(program, NameFrom(target, file_), TaskName(file_), entry_);
    if (!draft.ok()) {
      const Error& error = draft.error();
      return Error{Format("{}: {}", file_, error.message), error.blame, error.hint};
    }
    task::Draft& made = draft.value();
    task::TakeElements(made, task::ObserveElements(program, made.task));
    task::SpreadTests(program, made.task, made.size_names);
    made = Fitted(program, made);
    if (!reference_.empty()) made.task.reference_file = NameFrom(target, reference_);
    return draft;
  }

  // Whether the file given as reference can be called like the launcher.
  Status CheckReference(const task::Task& task) const {
    TRY(const std::string source, ReadSource(reference_));
    const auto program = task::Program::Compile(source, reference_);
    std::vector<diag::Rendered> diagnostics = program->diagnostics();
    if (program->ok() && program->FindEntry(task, diagnostics)) return Ok();
    std::string text = diag::ToText(diagnostics);
    while (text.ends_with('\n')) text.pop_back();
    return Error{std::move(text)};
  }

  void Print(Context& context, const std::string& target) const {
    const std::string reference = reference_.empty() ? file_ : reference_;
    if (context.options.json) {
      context.Out(DumpJson({{"written", target},
                            {"reference", reference},
                            {"reference_is_baseline", reference_.empty()}}) +
                  "\n");
      return;
    }
    const bool beside =
        output_.empty() || fs::path(target) == fs::path(file_).parent_path() / "task.toml";
    context.Out(
        Format("wrote {}: look at every line marked CHECK, then\n"
               "  warpsmith check {}{}\n",
               target, file_, beside ? "" : " --task " + target));
    if (reference_.empty()) {
      context.Out(
          Format("The reference is {} itself: a verdict shows no more than that a candidate does "
                 "what it does.\nName the plainest program that is right under [reference], or "
                 "with --reference FILE.\n",
                 file_));
    }
  }

  std::string file_, entry_, output_, reference_;
  bool force_ = false;
};

}  // namespace

extern const Verb kInit = {"init", "write a first task.toml for a launcher",
                           MakeCommand<InitCommand>};

}  // namespace ws::driver
