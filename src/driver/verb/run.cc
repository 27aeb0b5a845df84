// `warpsmith run FILE [--task T] [--size S]`: executes the entry once, with every check.
#include <algorithm>
#include <chrono>

#include "base/format.h"
#include "base/hash.h"
#include "base/json.h"
#include "driver/candidate.h"
#include "driver/files.h"
#include "driver/launch_dump.h"
#include "driver/verb.h"
#include "task/element.h"
#include "task/program.h"
#include "task/task.h"
#include "verify/execute.h"
#include "verify/verdict_text.h"

namespace ws::driver {
namespace {

constexpr uint64_t kHead = 8;  // elements of each output that are printed

class RunCommand : public Command {
 public:
  explicit RunCommand(CLI::App& app) {
    AddCandidateOptions(app, candidate_,
                        "a .cu file with the task's entry, or with main() and no task "
                        "(default: the task's baseline)");
    AddSizeOption(app, size_, "in the first test size");
    app.add_option("--dump-launches", dump_,
                   "instead: write PTX, launches, inputs and expected outputs to this folder, for "
                   "tools/on_gpu.sh");
  }

  int Run(Context& context) override {
    if (candidate_.task.empty() && dump_.empty() && candidate_.file.ends_with(".cu")) {
      const auto source = ReadSource(candidate_.file);
      if (!source.ok()) return Fail(context, source.error());
      const auto program = task::Program::Compile(source.value(), candidate_.file);
      if (program->ok() && program->faults().empty()) {
        const ir::FunctionId id = program->module().Find("main");
        if (id.valid()) return RunMain(context, *program, id);
      }
    }
    const Result<Candidate> read = ReadCandidate(context, candidate_);
    if (!read.ok()) return Fail(context, read.error());
    if (!dump_.empty()) return Dump(context, read.value());
    const auto& [task, file, source] = read.value();
    const auto program = task::Program::Compile(source, file);
    std::vector<diag::Rendered> diagnostics = program->diagnostics();
    if (program->ok() && !program->faults().empty()) {
      return Fail(context, {"internal: " + program->faults()[0], Blame::kInfrastructure});
    }
    const auto entry = program->ok() ? program->FindEntry(task, diagnostics) : std::nullopt;
    if (!entry) return Outside(context, diagnostics);

    const Result<task::Sizes> read_sizes = ReadSizes(size_, task, task.test_sizes[0]);
    if (!read_sizes.ok()) return Fail(context, read_sizes.error());
    const task::Sizes& sizes = read_sizes.value();
    const auto inputs =
        task::MakeInputs(task, sizes, task::Family::kFromInit, context.options.seed);
    if (!inputs.ok()) return Fail(context, inputs.error());
    verify::Session session({program.get(), *entry}, task);
    const auto begin = std::chrono::steady_clock::now();
    const auto run = session.Run(inputs.value(), sizes, exec::RunOptions{});
    const std::chrono::duration<double, std::milli> time = std::chrono::steady_clock::now() - begin;
    if (!run.ok()) return Fail(context, run.error());
    Print(context, task, sizes, run.value(), time.count());
    return run.value().clean ? kExitOk : kExitRejected;
  }

 private:
  // A whole program: what it prints, then what was found.
  static int RunMain(Context& context, const task::Program& program, ir::FunctionId id) {
    const ir::Module& module = program.module();
    if (!module.Params(module.functions[id.index]).empty()) {
      return UsageError(context, "main() takes arguments, which there are none of here",
                        "write `int main()`");
    }
    exec::Instance instance(module);
    const auto begin = std::chrono::steady_clock::now();
    const exec::RunReport report = instance.Call(id, {}, exec::RunOptions{});
    const std::chrono::duration<double, std::milli> time = std::chrono::steady_clock::now() - begin;
    std::string text = report.printed;
    if (!text.empty() && !text.ends_with('\n')) text += '\n';
    const auto notes =
        static_cast<size_t>(std::ranges::count_if(report.findings, &exec::Finding::is_note));
    AppendFormat(text, "main(): {}; {} launch{}, {} warp instructions, engine time {:.3f} ms\n",
                 Headline(report.status, report.findings.size() - notes, notes),
                 report.launches.size(), report.launches.size() == 1 ? "" : "es",
                 report.warp_instructions, time.count());
    Json findings = Json::array();
    for (const exec::Finding& finding : report.findings) {
      const verify::RenderedFinding rendered = verify::Render(finding, module);
      text += verify::ToText(rendered);
      findings.push_back(verify::ToJson(rendered));
    }
    if (context.options.json) {
      context.Out(DumpJson({{"status", StatusName(report.status)},
                            {"printed", report.printed},
                            {"launches", report.launches.size()},
                            {"warp_instructions", report.warp_instructions},
                            {"time_ms", time.count()},
                            {"time_basis", "engine"},
                            {"findings", std::move(findings)}}) +
                  "\n");
    } else {
      context.Out(text);
    }
    return report.clean() ? kExitOk : kExitRejected;
  }

  int Dump(Context& context, const Candidate& candidate) const {
    const Options& options = context.options;
    const int sm = options.sm();
    const Status dumped = DumpLaunches(candidate, options.seed, sm, dump_);
    if (!dumped.ok()) return Fail(context, dumped.error());
    if (options.json) {
      context.Out(DumpJson({{"written", dump_}}) + "\n");
    } else {
      context.Out(Format("wrote {0}/check and {0}/time\n", dump_));
    }
    return kExitOk;
  }

  static int Outside(Context& context, const std::vector<diag::Rendered>& diagnostics) {
    if (context.options.json) {
      const auto list = ParseJson(diag::ToJson(diagnostics));
      context.Out(DumpJson({{"status", "outside"}, {"diagnostics", list.value()}}) + "\n");
    } else {
      context.Out(diag::ToText(diagnostics));
    }
    return kExitRejected;
  }

  static const char* StatusName(exec::RunStatus status) {
    switch (status) {
      case exec::RunStatus::kOk:
        return "ok";
      case exec::RunStatus::kStopped:
        return "stopped";
      case exec::RunStatus::kNoFuel:
        return "no-fuel";
      case exec::RunStatus::kNoMemory:
        return "no-memory";
    }
    return "";
  }

  // `2 findings, stopped`: what is wrong comes before what was done.
  static std::string Headline(exec::RunStatus status, size_t findings, size_t notes) {
    if (findings == 0) return StatusName(status);
    std::string text = Format("{} finding{}", findings, findings == 1 ? "" : "s");
    if (notes > 0) AppendFormat(text, ", {} note{}", notes, notes == 1 ? "" : "s");
    return text + (status == exec::RunStatus::kOk ? ", ran to its end"
                                                  : Format(", {}", StatusName(status)));
  }

  static void Print(Context& context, const task::Task& task, const task::Sizes& sizes,
                    const verify::RunResult& run, double milliseconds) {
    const auto notes =
        static_cast<size_t>(std::ranges::count_if(run.findings, &verify::RenderedFinding::is_note));
    Json outputs = Json::array();
    std::string text =
        Format("{} at {}: {} launch{}, {} warp instructions, engine time {:.3f} ms\n",
               Headline(run.report.status, run.findings.size() - notes, notes), task::ToText(sizes),
               run.report.launches.size(), run.report.launches.size() == 1 ? "" : "es",
               run.report.warp_instructions, milliseconds);
    size_t output = 0;
    for (const task::Arg& arg : task.args) {
      if (!verify::Session::IsOutput(arg)) continue;
      const task::Array& array = run.outputs[output++];
      const auto* bytes = reinterpret_cast<const char*>(array.bytes.data());
      const std::string checksum = Format("{:016x}", HashText({bytes, array.bytes.size()}));
      const uint64_t count = task::ElementCount(array);
      std::vector<std::string> head;
      for (uint64_t i = 0; i < std::min(kHead, count); ++i) {
        head.push_back(Format("{:.9g}", task::ToNumber(array.dtype, task::BitsAt(array, i))));
      }
      AppendFormat(text, "{} {} [{}] checksum {}: {}{}\n", arg.name, task::Name(array.dtype),
                   Join(array.shape, ", "), checksum, Join(head, " "), count > kHead ? " ..." : "");
      outputs.push_back({{"name", arg.name},
                         {"dtype", task::Name(array.dtype)},
                         {"shape", array.shape},
                         {"checksum", checksum},
                         {"head", head}});
    }
    Json findings = Json::array();
    for (const verify::RenderedFinding& finding : run.findings) {
      text += verify::ToText(finding);
      findings.push_back(verify::ToJson(finding));
    }
    if (!context.options.json) {
      context.Out(text);
      return;
    }
    Json size_object = Json::object();
    for (const auto& [name, value] : sizes) size_object[name] = value;
    const Json object = {{"status", StatusName(run.report.status)},
                         {"sizes", std::move(size_object)},
                         {"launches", run.report.launches.size()},
                         {"warp_instructions", run.report.warp_instructions},
                         {"time_ms", milliseconds},
                         {"time_basis", "engine"},
                         {"outputs", std::move(outputs)},
                         {"findings", std::move(findings)},
                         {"diagnostics", Json::array()}};
    context.Out(DumpJson(object) + "\n");
  }

  CandidateOptions candidate_;
  std::string dump_, size_;
};

}  // namespace

extern const Verb kRun = {"run", "execute once with every check; outputs and engine time",
                          MakeCommand<RunCommand>};

}  // namespace ws::driver
