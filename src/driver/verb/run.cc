// `warpsmith run FILE [--task T] [--size S]`: executes the entry once, with every check.
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>

#include "base/format.h"
#include "base/hash.h"
#include "base/json.h"
#include "driver/candidate.h"
#include "driver/files.h"
#include "driver/launch_dump.h"
#include "driver/run_text.h"
#include "driver/verb.h"
#include "driver/whole_program.h"
#include "task/element.h"
#include "task/program.h"
#include "task/task.h"
#include "verify/execute.h"
#include "verify/pool.h"
#include "verify/reference.h"
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
    AddFrontOption(app, front_);
    app.add_flag("--compare", compare_,
                 "also run the task's reference, and compare the outputs within its tolerance");
    app.add_option("ARG", words_, "arguments of main(); `--` before one that begins with a dash");
    app.add_option("--order", order_,
                   "in which order lanes, warps and blocks run: 0, as they are numbered (the "
                   "default); any other number draws one");
    app.add_option("--files", files_,
                   "a folder in which a program with main() may read and write files; without it "
                   "there are none");
    app.add_option("--dump-launches", dump_,
                   "instead: write PTX, launches, inputs and expected outputs to this folder, for "
                   "tools/on_gpu.sh");
  }

  int Run(Context& context) override {
    std::error_code code;
    if (!files_.empty() && !std::filesystem::is_directory(files_, code)) {
      return UsageError(context, Format("--files {}: there is no such folder", files_),
                        "make it first");
    }
    // Without a task FILE may be a whole program.
    if (candidate_.task.empty() && dump_.empty() && candidate_.file.ends_with(".cu")) {
      const auto source = ReadSource(candidate_.file);
      if (!source.ok()) return Fail(context, source.error());
      const auto program = task::Program::Compile(source.value(), candidate_.file,
                                                  KernelsOf(front_, context.options));
      if (program->failure() != nullptr) return Fail(context, *program->failure());
      if (!program->path_note().empty()) context.Err("note: " + program->path_note() + "\n");
      if (!program->ok()) return Outside(context, program->diagnostics());
      const ir::FunctionId main = program->module().Find("main");
      if (!program->faults().empty()) {
        return Fail(context, {"internal: " + program->faults()[0], Blame::kInfrastructure});
      }
      if (main.valid() && compare_) {
        return UsageError(context, "--compare is for a task, and there is none",
                          "name one with --task");
      }
      if (main.valid()) {
        std::vector<std::string> words = words_;
        words.insert(words.begin(), candidate_.file);
        return RunWholeProgram(context, *program, main, words, {files_, order_});
      }
    }
    if (!words_.empty()) {
      return UsageError(context, Format("`{}` is one word too many", words_[0]),
                        "only a program with main() takes arguments; see `warpsmith run --help`");
    }
    const Result<Candidate> read = ReadCandidate(context, candidate_);
    if (!read.ok()) return Fail(context, read.error());
    if (!dump_.empty()) return Dump(context, read.value());
    const auto& [task, file, source] = read.value();
    const auto program = task::Program::Compile(source, file, KernelsOf(front_, context.options));
    if (program->failure() != nullptr) return Fail(context, *program->failure());
    if (!program->path_note().empty()) context.Err("note: " + program->path_note() + "\n");
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
    const auto run = session.Run(inputs.value(), sizes, OptionsOf(context, order_));
    const std::chrono::duration<double, std::milli> time = std::chrono::steady_clock::now() - begin;
    if (!run.ok()) return Fail(context, run.error());
    std::optional<verify::SampleComparison> comparison;
    if (compare_ && run.value().report.status == exec::RunStatus::kOk) {
      const auto compared = Compare(context, task, sizes, run.value());
      if (!compared.ok()) return Fail(context, compared.error());
      comparison = compared.value();
    }
    Print(context, *program, task, sizes, run.value(), time.count(), comparison);
    const bool wrong = comparison.has_value() && comparison->wrong > 0;
    return run.value().clean && !wrong ? kExitOk : kExitRejected;
  }

 private:
  // The outputs of a run against the reference's on the same inputs.
  static Result<verify::SampleComparison> Compare(const Context& context, const task::Task& task,
                                                  const task::Sizes& sizes,
                                                  const verify::RunResult& run) {
    task::KernelSource kernels = KernelsOf("auto", context.options);
    kernels.keeps_math_calls = true;  // so that shadows see them
    TRY(const verify::CompiledReference compiled, verify::CompileReference(task, kernels));
    const uint64_t fuel = OptionsOf(context).limits.fuel;
    TRY(const verify::Sample sample,
        compiled.reference.MakeSample(sizes, task::Family::kFromInit, context.options.seed, fuel));
    return verify::CompareOutputs(task, sample, run.outputs);
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

  static Json NoteOf(const task::Program& program) {
    return program.path_note().empty() ? Json() : Json(program.path_note());
  }

  static std::string ComparisonText(const verify::SampleComparison& comparison) {
    if (comparison.wrong > 0) {
      return Format("against the reference: {} of {} elements are wrong: {}\n", comparison.wrong,
                    comparison.elements, verify::ElementText(comparison.witness));
    }
    return Format(
        "against the reference: all {} elements right, worst error {:.3g} of the "
        "tolerance\n",
        comparison.elements, comparison.worst_ratio);
  }

  static void Print(Context& context, const task::Program& program, const task::Task& task,
                    const task::Sizes& sizes, const verify::RunResult& run, double milliseconds,
                    const std::optional<verify::SampleComparison>& comparison) {
    FindingCounts counts;
    for (const verify::RenderedFinding& finding : run.findings) {
      ++(finding.is_note ? counts.notes : counts.findings);
    }
    Json outputs = Json::array();
    std::string text = run.report.printed;
    if (!text.empty() && !text.ends_with('\n')) text += '\n';
    AppendFormat(text, "{} at {}: {} launch{}, {} warp instructions, engine time {:.3f} ms\n",
                 Headline(run.report.status, counts), task::ToText(sizes),
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
        head.push_back(task::ElementText(array.dtype, task::BitsAt(array, i)));
      }
      AppendFormat(text, "{} {} [{}] checksum {}: {}{}\n", arg.name, task::Name(array.dtype),
                   Join(array.shape, ", "), checksum, Join(head, " "), count > kHead ? " ..." : "");
      outputs.push_back({{"name", arg.name},
                         {"dtype", task::Name(array.dtype)},
                         {"shape", array.shape},
                         {"checksum", checksum},
                         {"head", head}});
    }
    Json against;
    if (comparison.has_value()) {
      text += ComparisonText(*comparison);
      against = {{"elements", comparison->elements},
                 {"wrong", comparison->wrong},
                 {"ambiguous", comparison->ambiguous},
                 {"worst_error_ratio", comparison->worst_ratio}};
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
    Json object = {{"status", StatusWord(run.report.status, counts)},
                   {"sizes", std::move(size_object)},
                   {"launches", run.report.launches.size()},
                   {"warp_instructions", run.report.warp_instructions},
                   {"time_ms", milliseconds},
                   {"time_basis", "engine"},
                   {"printed", run.report.printed},
                   {"outputs", std::move(outputs)},
                   {"findings", std::move(findings)},
                   {"diagnostics", Json::array()},
                   {"front", cxx::NameOf(program.path())},
                   {"front_note", NoteOf(program)}};
    if (comparison.has_value()) object["comparison"] = std::move(against);
    context.Out(DumpJson(object) + "\n");
  }

  CandidateOptions candidate_;
  std::string dump_, files_, size_, front_ = "auto";
  std::vector<std::string> words_;
  bool compare_ = false;
  uint64_t order_ = 0;
};

}  // namespace

extern const Verb kRun = {"run", "execute once with every check; outputs and engine time",
                          MakeCommand<RunCommand>};

}  // namespace ws::driver
