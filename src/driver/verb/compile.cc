// `warpsmith compile`: one file, any stage.
#include <filesystem>
#include <string>
#include <vector>

#include "base/arena_memory.h"
#include "base/format.h"
#include "base/json.h"
#include "base/nearest.h"
#include "cxx/kernels.h"
#include "diag/render.h"
#include "driver/candidate.h"
#include "driver/files.h"
#include "driver/schedule_option.h"
#include "driver/values.h"
#include "driver/verb.h"
#include "front/compiled.h"
#include "front/dump.h"
#include "ir/print.h"
#include "ir/ptx.h"
#include "ir/ptx_program.h"
#include "ir/verify.h"
#include "nest/generate.h"
#include "nest/lift.h"
#include "nest/schedule.h"
#include "pass/body.h"
#include "pass/pipeline.h"
#include "search/subject.h"
#include "task/launchers.h"
#include "task/task.h"

namespace ws::driver {
namespace {

class CompileCommand : public Command {
 public:
  explicit CompileCommand(CLI::App& app) {
    app.add_option("FILE", file_, "a file of CUDA C++, or of PTX (.ptx)")->required();
    app.add_option("--emit", emit_,
                   "what to print (nothing by default): tree, syntax; nest, the lifted tensor "
                   "program; schedule, how that is executed; ir; ptx; cuda, generated from nest "
                   "and schedule")
        ->check(Choice({"tree", "nest", "schedule", "ir", "ptx", "cuda"}));
    app.add_option(
           "--passes", passes_,
           "with --emit ir or ptx: after the passes for execution or timing; none by default")
        ->check(Choice({"none", "execution", "timing"}));
    app.add_option("--schedule", schedule_,
                   "with --emit cuda or schedule: naive (the default), steps, or a schedule");
    app.add_option("--task", task_,
                   "with steps: the task for whose bench sizes they were taken (default: the "
                   "task.toml beside FILE, if there is one)");
    app.add_option("--function", function_, "with --emit ir: only this function");
    app.add_option("--entry", entry_,
                   "with --emit nest, schedule or cuda: the launcher (default: launch, or the only "
                   "one)");
    app.add_option("-D", defines_, "NAME or NAME=TEXT: a macro")->take_all();
    AddFrontOption(app, front_);
    app.footer(ScheduleHelp());
  }

  int Run(Context& context) override {
    const Result<std::string> text = ReadSource(file_);
    if (!text.ok()) return Fail(context, text.error());
    if (std::filesystem::path(file_).extension() == ".ptx") return RunPtx(context, text.value());
    front::TextOptions options;
    options.read_includes = true;
    for (const std::string& define : defines_) {
      const size_t equals = define.find('=');
      options.defines.emplace_back(define.substr(0, equals),
                                   equals == std::string::npos ? "1" : define.substr(equals + 1));
    }
    const auto compiled = front::CompileText(file_, text.value(), options);
    // What is made of trees is the native front end's in any case.
    const bool of_trees =
        emit_ == "tree" || emit_ == "nest" || emit_ == "schedule" || emit_ == "cuda";
    cxx::KernelSource kernels = KernelsOf(front_, context.options);
    if (kernels.path == cxx::KernelPath::kAuto) {
      const std::vector<cxx::KernelPath> others = cxx::CompilersHere();
      const bool native = compiled->ok() || of_trees || others.empty();
      kernels.path = native ? cxx::KernelPath::kNative : others[0];
    }
    if (of_trees && kernels.path != cxx::KernelPath::kNative) {
      return Fail(context, {Format("--emit {} wants --front native", emit_), Blame::kUser,
                            "of other compilers, --emit ir and --emit ptx can be had"});
    }
    if (kernels.path != cxx::KernelPath::kNative) {
      return RunOther(context, *compiled, text.value(), std::move(options), kernels);
    }
    if (compiled->ok()) {
      for (const std::string& fault : ir::Verify(compiled->module())) {
        return Fail(context, {"internal: malformed IR: " + fault, Blame::kInfrastructure});
      }
    }
    const Result<Emitted> made = Emit(*compiled, text.value(), context.options);
    if (!made.ok()) return Fail(context, made.error());
    return Show(context, compiled->ok(), compiled->diagnostics(), made.value());
  }

 private:
  struct Emitted {
    bool ok = false;
    std::string text;
    std::string why_not;  // with its place
    std::string front = "native", front_note = {};
  };

  // Kernels from another compiler: `ptx` is what it made, `ir` what became of that behind the
  // program's launchers.
  int RunOther(Context& context, const front::Compiled& native, const std::string& text,
               front::TextOptions options, const cxx::KernelSource& kernels) {
    options.host_only = kernels.path != cxx::KernelPath::kPrinted;
    const auto compiled = front::CompileText(file_, text, options);
    std::vector<diag::Rendered> diagnostics = compiled->diagnostics();
    Emitted emitted;
    emitted.front = cxx::NameOf(kernels.path);
    emitted.ok = compiled->ok();
    if (emitted.ok && kernels.path == cxx::KernelPath::kPrinted) {
      emitted.ok = cxx::TakePrintedKernels(compiled->module(), diagnostics);
    } else if (emitted.ok) {
      const auto made = cxx::MakeKernels(*compiled, kernels);
      if (!made.ok() && made.error().blame == Blame::kInfrastructure && native.ok()) {
        return Fail(context, made.error());
      }
      if (!made.ok()) {
        emitted.ok = false;
        emitted.why_not = Format("{}: error: {}", file_, made.error().message);
        diagnostics = native.diagnostics();
      } else {
        emitted.ok = cxx::TakeKernels(compiled->module(), made.value(), diagnostics);
        emitted.text = made.value().ptx;
      }
    }
    if (emitted.ok) {
      for (const std::string& fault : ir::Verify(compiled->module())) {
        return Fail(context, {"internal: malformed IR: " + fault, Blame::kInfrastructure});
      }
      const bool as_made = emit_ == "ptx" && passes_ == "none" && !emitted.text.empty();
      if (emit_.empty()) emitted.text.clear();
      if (!emit_.empty() && !as_made) {
        Result<std::string> shown = EmitModule(compiled->module(), context.options.sm());
        if (!shown.ok()) return Fail(context, shown.error());
        emitted.text = std::move(shown).value();
      }
    } else {
      emitted.text.clear();
    }
    if (emitted.ok && front_ == "auto") {
      for (const diag::Rendered& d : native.diagnostics()) {
        if (d.severity != diag::Severity::Error) continue;
        emitted.front_note =
            Format("kernels compiled by {}: {}:{}:{}: {}", cxx::TitleOf(kernels.path), d.file,
                   d.line, d.column, d.message);
        break;
      }
    }
    return Show(context, compiled->ok(), diagnostics, emitted);
  }

  // PTX has no tree, and nothing to lift.
  int RunPtx(Context& context, const std::string& text) {
    if (!emit_.empty() && emit_ != "ir" && emit_ != "ptx") {
      return Fail(context, {Format("--emit {} wants CUDA C++", emit_), Blame::kUser,
                            "of PTX, --emit ir and --emit ptx can be had"});
    }
    const ir::PtxProgram program(file_, text);
    Emitted emitted;
    emitted.ok = program.ok();
    if (program.ok()) {
      for (const std::string& fault : ir::Verify(program.module())) {
        return Fail(context, {"internal: malformed IR: " + fault, Blame::kInfrastructure});
      }
      if (!emit_.empty()) {
        Result<std::string> shown = EmitModule(program.module(), context.options.sm());
        if (!shown.ok()) return Fail(context, shown.error());
        emitted.text = std::move(shown).value();
      }
    }
    return Show(context, program.ok(), program.diagnostics(), emitted);
  }

  int Show(Context& context, bool ok, const std::vector<diag::Rendered>& rendered,
           const Emitted& emitted) const {
    if (context.options.json) {
      const auto diagnostics = ParseJson(diag::ToJson(rendered));
      Json object = {{"ok", ok && emitted.ok}, {"diagnostics", diagnostics.value()}};
      if (!emit_.empty()) object["emitted"] = emitted.ok ? Json(emitted.text) : Json();
      if (!emitted.why_not.empty()) object["error"] = emitted.why_not;
      object["front"] = emitted.front;
      object["front_note"] = emitted.front_note.empty() ? Json() : Json(emitted.front_note);
      context.Out(DumpJson(object) + "\n");
    } else {
      if (!emitted.front_note.empty()) context.Err(Format("note: {}\n", emitted.front_note));
      context.Err(diag::ToText(rendered));
      if (!emitted.why_not.empty()) context.Err(emitted.why_not + "\n");
      context.Out(emitted.text);
    }
    return ok && emitted.ok ? kExitOk : kExitRejected;
  }

  // What --emit asks for; of a program with errors only the tree. The error is one of usage.
  Result<Emitted> Emit(const front::Compiled& compiled, const std::string& text,
                       const Options& options) const {
    Emitted out;
    out.ok = compiled.ok() || emit_ == "tree";
    if (emit_ == "tree" && compiled.program().tree != nullptr) {
      out.text = front::DumpTree(*compiled.program().tree, *compiled.program().tokens);
    }
    if (!compiled.ok()) return out;
    if (emit_ == "ir" || emit_ == "ptx") {
      TRY(out.text, EmitModule(compiled.module(), options.sm()));
    }
    if (emit_ == "nest" || emit_ == "schedule" || emit_ == "cuda") {
      TRY(out, EmitNest(compiled, text, options));
    }
    return out;
  }

  Result<std::string> EmitModule(const ir::Module& from, int sm) const {
    ArenaMemory memory;
    ir::Module module(memory.arena());
    pass::CloneModule(from, module);
    if (passes_ == "execution") pass::ForExecution(module);
    if (passes_ == "timing") pass::ForTiming(module);
    if (emit_ == "ptx") return ir::ToPtx(module, {.sm = sm});
    if (function_.empty()) return ir::Dump(module);
    const ir::FunctionId id = module.Find(function_);
    if (id.valid()) return ir::Dump(module, id);
    std::vector<std::string_view> names;
    for (const ir::Function& function : module.functions) names.push_back(function.name);
    return Error{Format("no function {}", function_), Blame::kUser,
                 DidYouMean(function_, names, "--emit ir prints all")};
  }

  // The tensor program, its schedule, or what both give.
  Result<Emitted> EmitNest(const front::Compiled& compiled, const std::string& text,
                           const Options& options) const {
    Result<ir::FunctionId> id = task::ChooseLauncher(compiled.module(), entry_);
    if (!id.ok()) {
      const Error& error = id.error();
      return Error{Format("{}: {}", file_, error.message), error.blame, error.hint};
    }
    const std::string entry(compiled.module().functions[id.value().index].name);
    const nest::Lifted lifted = nest::Lift(compiled.program(), entry);
    Emitted out;
    if (!lifted.ok) {
      const diag::LineColumn at = diag::FindLine(*compiled.program().sources, lifted.where);
      const std::string place =
          at.line == 0 ? file_ : Format("{}:{}:{}", file_, at.line, at.column);
      out.why_not = Format("{}: error: cannot lift: {}", place, lifted.why_not);
      return out;
    }
    out.ok = true;
    if (emit_ == "nest") {
      out.text = nest::ToText(lifted.program);
      return out;
    }
    TRY(const nest::SizeValues sizes, BenchSizes(text, options));
    TRY(const nest::Schedule schedule, ReadSchedule(schedule_, lifted.program, sizes));
    if (emit_ == "schedule") {
      out.text = nest::ToText(schedule) + "\n";
      return out;
    }
    Result<std::string> generated = nest::Generate(lifted.program, schedule);
    out.ok = generated.ok();
    if (out.ok) {
      out.text = std::move(generated).value();
    } else {
      out.why_not = Format("{}: error: cannot generate: {}", file_, generated.error().message);
    }
    return out;
  }

  // Of the task that is given, or of the one beside the file; empty without.
  Result<nest::SizeValues> BenchSizes(const std::string& text, const Options& options) const {
    std::string path = task_;
    if (path.empty()) {
      path = std::filesystem::path(file_).replace_filename("task.toml").string();
      std::error_code code;
      if (schedule_.empty() || !std::filesystem::is_regular_file(path, code)) {
        return nest::SizeValues();
      }
    }
    TRY(const task::Task task, task::ReadTask(path));
    return search::MakeSubject(task, text, file_, options.arch).bench_sizes;
  }

  std::string file_;
  std::string emit_;
  std::string passes_ = "none";
  std::string schedule_;
  std::string task_;
  std::string function_;
  std::string entry_;
  std::string front_ = "native";
  std::vector<std::string> defines_;
};

}  // namespace

extern const Verb kCompile;
const Verb kCompile = {"compile", "one file, any stage", MakeCommand<CompileCommand>};

}  // namespace ws::driver
