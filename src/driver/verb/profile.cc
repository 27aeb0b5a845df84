// `warpsmith profile`: counters, time range, what limits a source, and what to try.
#include <fstream>
#include <sstream>

#include "base/json.h"
#include "driver/verb.h"
#include "target/cuda/profile.h"
#include "task/task.h"

namespace ws::driver {
namespace {

class ProfileCommand : public Command {
 public:
  explicit ProfileCommand(CLI::App& app) {
    app.add_option("file", file_, "CUDA source with the task's entry (default: the baseline)");
    app.add_option("--task", task_, "task.toml")->required();
    app.add_flag("--no-ptxas", no_ptxas_, "estimate registers even where ptxas is found");
  }

  int Run(Context& context) override {
    const target::cuda::Arch* arch = target::cuda::FindArch(context.options.arch);
    if (arch == nullptr) {
      std::string known;
      for (const target::cuda::Arch& a : target::cuda::Archs()) {
        known += (known.empty() ? "" : ", ") + std::string(a.name);
      }
      return UsageError(context, "unknown architecture `" + context.options.arch + "`",
                        "one of " + known);
    }
    const Result<task::Task> task = task::ReadTask(task_);
    if (!task.ok()) return Fail(context, task.error());
    std::string source = task.value().baseline_text;
    std::string name = task.value().baseline_file;
    if (!file_.empty()) {
      std::ifstream in(file_, std::ios::binary);
      if (!in) return UsageError(context, "cannot read `" + file_ + "`");
      std::stringstream text;
      text << in.rdbuf();
      source = text.str();
      name = file_;
    }
    target::cuda::ProfileOptions options;
    options.arch = arch;
    options.use_ptxas = !no_ptxas_;
    const auto profiler = target::cuda::Profiler::Make(task.value(), options);
    if (!profiler.ok()) return Fail(context, profiler.error());
    const Result<target::cuda::Profile> profile = profiler.value()->Run(source, name);
    if (!profile.ok()) {
      context.Err("error: " + profile.error().message + "\n");
      return profile.error().blame == Blame::kUser ? kExitRejected : kExitInfrastructure;
    }
    context.Out(context.options.json ? DumpJson(ToJson(profile.value()), 2) + "\n"
                                     : ToText(profile.value()));
    return kExitOk;
  }

 private:
  static int Fail(Context& context, const Error& error) {
    context.Err("error: " + error.message + "\n");
    return error.blame == Blame::kUser ? kExitUsage : kExitInfrastructure;
  }

  std::string file_, task_;
  bool no_ptxas_ = false;
};

}  // namespace

extern const Verb kProfile = {"profile", "counters, modelled time, limits, textual gradient",
                              MakeCommand<ProfileCommand>};

}  // namespace ws::driver
