// `warpsmith init FILE.cu`: writes a first task.toml beside a launcher.
#include <filesystem>

#include "base/format.h"
#include "base/json.h"
#include "driver/files.h"
#include "driver/shape_guess.h"
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
    const Status refined = Refine(*program, target.string(), text.value());
    if (!refined.ok()) return Fail(context, refined.error());
    if (context.options.json) {
      context.Out(DumpJson({{"written", target.string()}}) + "\n");
    } else {
      const bool beside = target == file.parent_path() / "task.toml";
      context.Out(
          Format("wrote {}: look at every line marked CHECK, then\n"
                 "  warpsmith check {}{}\n",
                 target.string(), file_, beside ? "" : " --task " + target.string()));
    }
    return kExitOk;
  }

 private:
  // Runs the launcher on the drafted task and puts the shapes that it turns out to use in place of
  // those guessed from the signature. A draft that does not run stays as it is.
  static Status Refine(const task::Program& program, const std::string& path,
                       const std::string& draft) {
    const Result<task::Task> task = task::ReadTask(path);
    if (!task.ok() || task.value().test_sizes.empty()) return Ok();
    std::vector<std::string> sizes;  // in the order of the launcher's parameters
    for (const task::Arg& arg : task.value().args) {
      if (task.value().test_sizes[0].contains(arg.name)) sizes.push_back(arg.name);
    }
    std::string text = draft;
    for (const auto& [name, shape] : GuessShapes(program, task.value(), sizes)) {
      const size_t arg = text.find(Format("\nname = \"{}\"\n", name));
      const size_t begin = arg == std::string::npos ? arg : text.find("\nshape = ", arg);
      if (begin == std::string::npos) continue;
      const size_t end = text.find('\n', begin + 1);
      text.replace(begin + 1, end - begin - 1,
                   Format("shape = [\"{}\"]  # CHECK: what the launcher reaches when it runs",
                          Join(shape, "\", \"")));
    }
    return text == draft ? Ok() : WriteFile(path, text);
  }

  std::string file_, entry_, output_;
  bool force_ = false;
};

}  // namespace

extern const Verb kInit = {"init", "write a first task.toml for a launcher",
                           MakeCommand<InitCommand>};

}  // namespace ws::driver
