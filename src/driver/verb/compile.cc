// `warpsmith compile`: one file, any stage.
#include <string>

#include "base/arena_memory.h"
#include "base/format.h"
#include "base/json.h"
#include "diag/render.h"
#include "driver/files.h"
#include "driver/verb.h"
#include "front/compiled.h"
#include "front/dump.h"
#include "ir/print.h"
#include "ir/ptx.h"
#include "ir/verify.h"
#include "nest/generate.h"
#include "nest/lift.h"
#include "nest/schedule.h"
#include "pass/body.h"
#include "pass/pipeline.h"

namespace ws::driver {
namespace {

class CompileCommand : public Command {
 public:
  explicit CompileCommand(CLI::App& app) {
    app.add_option("FILE", file_, "the CUDA C++ file")->required();
    app.add_option("--emit", emit_,
                   "what to print: tree, nest, ir, ptx, cuda (generated); nothing by default")
        ->check(CLI::IsMember({"tree", "nest", "ir", "ptx", "cuda"}));
    app.add_option(
           "--passes", passes_,
           "with --emit ir or ptx: after the passes for execution or timing; none by default")
        ->check(CLI::IsMember({"none", "execution", "timing"}));
    app.add_option(
        "--schedule", schedule_,
        "with --emit cuda: the schedule, as a step's record writes it; naive by default");
    app.add_option("--function", function_, "with --emit ir: only this function");
    app.add_option("--entry", entry_, "with --emit nest: the launcher (launch)");
    app.add_option("-D", defines_, "NAME or NAME=TEXT: a macro")->take_all();
  }

  int Run(Context& context) override {
    const Result<std::string> text = ReadSource(file_);
    if (!text.ok()) return Fail(context, text.error());
    front::TextOptions options;
    options.read_includes = true;
    for (const std::string& define : defines_) {
      const size_t equals = define.find('=');
      options.defines.emplace_back(define.substr(0, equals),
                                   equals == std::string::npos ? "1" : define.substr(equals + 1));
    }
    const auto compiled = front::CompileText(file_, text.value(), options);
    if (compiled->ok()) {
      for (const std::string& fault : ir::Verify(compiled->module())) {
        return Fail(context, {"internal: malformed IR: " + fault, Blame::kInfrastructure});
      }
    }
    const Emitted emitted = Emit(*compiled, context.options.sm());
    if (emitted.no_function) return UsageError(context, Format("no function {}", function_));
    if (context.options.json) {
      const auto diagnostics = ParseJson(diag::ToJson(compiled->diagnostics()));
      Json object = {{"ok", compiled->ok()}, {"diagnostics", diagnostics.value()}};
      if (!emit_.empty()) object["emitted"] = emitted.ok ? Json(emitted.text) : Json();
      if (!emitted.why_not.empty()) object["error"] = emitted.why_not;
      context.Out(DumpJson(object) + "\n");
    } else {
      context.Err(diag::ToText(compiled->diagnostics()));
      if (!emitted.why_not.empty()) context.Err(emitted.why_not + "\n");
      context.Out(emitted.text);
    }
    return compiled->ok() && emitted.ok ? kExitOk : kExitRejected;
  }

 private:
  struct Emitted {
    bool ok = false;
    bool no_function = false;
    std::string text;
    std::string why_not;  // with its place
  };

  // What --emit asks for; of a program with errors only the tree.
  Emitted Emit(const front::Compiled& compiled, int sm) const {
    Emitted out;
    out.ok = compiled.ok() || emit_ == "tree";
    if (emit_ == "tree" && compiled.program().tree != nullptr) {
      out.text = front::DumpTree(*compiled.program().tree, *compiled.program().tokens);
    }
    if (!compiled.ok()) return out;
    if (emit_ == "ir" || emit_ == "ptx") {
      ArenaMemory memory;
      ir::Module module(memory.arena());
      pass::CloneModule(compiled.module(), module);
      if (passes_ == "execution") pass::ForExecution(module);
      if (passes_ == "timing") pass::ForTiming(module);
      const ir::FunctionId id = module.Find(function_);
      if (emit_ == "ptx") {
        out.text = ir::ToPtx(module, {.sm = sm});
      } else if (function_.empty()) {
        out.text = ir::Dump(module);
      } else if (id.valid()) {
        out.text = ir::Dump(module, id);
      } else {
        out.no_function = true;
      }
    }
    if (emit_ == "nest" || emit_ == "cuda") {
      const nest::Lifted lifted = nest::Lift(compiled.program(), entry_);
      out.ok = lifted.ok;
      if (lifted.ok && emit_ == "nest") {
        out.text = nest::ToText(lifted.program);
      } else if (lifted.ok) {
        const Result<std::string> text = Generate(lifted.program);
        out.ok = text.ok();
        text.ok() ? out.text = text.value() : out.why_not = "error: " + text.error().message;
      } else {
        const diag::LineColumn at = diag::FindLine(*compiled.program().sources, lifted.where);
        const std::string place =
            at.line == 0 ? file_ : Format("{}:{}:{}", file_, at.line, at.column);
        out.why_not = Format("{}: error: cannot lift: {}", place, lifted.why_not);
      }
    }
    return out;
  }

  Result<std::string> Generate(const nest::Program& program) const {
    nest::Schedule schedule = nest::DefaultSchedule(program);
    if (!schedule_.empty()) {
      TRY(schedule, nest::ParseSchedule(schedule_));
    }
    return nest::Generate(program, schedule);
  }

  std::string file_;
  std::string emit_;
  std::string passes_ = "none";
  std::string schedule_;
  std::string function_;
  std::string entry_ = "launch";
  std::vector<std::string> defines_;
};

}  // namespace

extern const Verb kCompile;
const Verb kCompile = {"compile", "one file, any stage", MakeCommand<CompileCommand>};

}  // namespace ws::driver
