// `warpsmith init FILE.cu`: writes a first task.toml beside a launcher.
#include <filesystem>

#include "base/format.h"
#include "base/json.h"
#include "driver/files.h"
#include "driver/verb.h"
#include "task/draft.h"
#include "task/program.h"

namespace ws::driver {
namespace {

namespace fs = std::filesystem;

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
    app.add_option("file", file_, "a .cu file with a launcher")->required();
    app.add_option("--entry", entry_, "the launcher (default: launch, or the only one)");
    app.add_option("-o,--output", output_, "where to write (default: task.toml beside the file)");
    app.add_flag("--force", force_, "overwrite an existing task.toml");
  }

  int Run(Context& context) override {
    const auto source = ReadSource(file_);
    if (!source.ok()) return Fail(context, source.error());
    const fs::path file(file_);
    const fs::path target = output_.empty() ? file.parent_path() / "task.toml" : fs::path(output_);
    std::error_code code;
    if (!force_ && fs::exists(target, code)) {
      return UsageError(context, Format("{} exists", target.string()), "--force overwrites it");
    }
    const auto program = task::Program::Compile(source.value(), file_);
    if (!program->ok()) {
      if (context.options.json) {
        const auto list = ParseJson(diag::ToJson(program->diagnostics()));
        context.Out(DumpJson({{"written", nullptr}, {"diagnostics", list.value()}}) + "\n");
      } else {
        context.Err(diag::ToText(program->diagnostics()));
      }
      return kExitRejected;
    }
    const fs::path folder = target.parent_path().empty() ? fs::path(".") : target.parent_path();
    const std::string source_name = fs::proximate(file, folder, code).generic_string();
    const auto text = task::DraftTask(*program, source_name, TaskName(file), entry_);
    if (!text.ok()) return Fail(context, {Format("{}: {}", file_, text.error().message)});
    const Status written = WriteFile(target.string(), text.value());
    if (!written.ok()) return Fail(context, written.error());
    if (context.options.json) {
      context.Out(DumpJson({{"written", target.string()}}) + "\n");
    } else {
      context.Out(
          Format("wrote {}: look at every line marked CHECK, then\n"
                 "  warpsmith check {} --task {}\n",
                 target.string(), file_, target.string()));
    }
    return kExitOk;
  }

 private:
  std::string file_, entry_, output_;
  bool force_ = false;
};

}  // namespace

extern const Verb kInit = {"init", "write a first task.toml for a launcher",
                           MakeCommand<InitCommand>};

}  // namespace ws::driver
