// `warpsmith compile`: one file, any stage.
#include <fstream>
#include <sstream>
#include <string>

#include "base/format.h"
#include "base/json.h"
#include "diag/render.h"
#include "driver/verb.h"
#include "front/compiled.h"
#include "front/dump.h"
#include "ir/print.h"
#include "ir/ptx.h"
#include "ir/verify.h"
#include "nest/lift.h"

namespace ws::driver {
namespace {

class CompileCommand : public Command {
 public:
  explicit CompileCommand(CLI::App& app) {
    app.add_option("FILE", file_, "the CUDA C++ file")->required();
    app.add_option("--emit", emit_, "what to print: tree, nest, ir, ptx; nothing by default")
        ->check(CLI::IsMember({"tree", "nest", "ir", "ptx"}));
    app.add_option("--function", function_, "with --emit ir: only this function");
    app.add_option("--entry", entry_,
                   "with --emit nest: the launcher (default: launch, or the only one)");
    app.add_option("-D", defines_, "NAME or NAME=TEXT: a macro")->take_all();
  }

  int Run(Context& context) override {
    std::ifstream in(file_, std::ios::binary);
    if (!in) return UsageError(context, Format("cannot read {}", file_));
    std::stringstream text;
    text << in.rdbuf();
    front::TextOptions options;
    options.read_includes = true;
    for (const std::string& define : defines_) {
      const size_t equals = define.find('=');
      options.defines.emplace_back(define.substr(0, equals),
                                   equals == std::string::npos ? "1" : define.substr(equals + 1));
    }
    const auto compiled = front::CompileText(file_, text.str(), options);
    std::vector<std::string> faults;
    if (compiled->ok()) faults = ir::Verify(compiled->module());
    if (!context.options.json) context.Err(diag::ToText(compiled->diagnostics()));
    for (const std::string& fault : faults) {
      context.Err(Format("internal error: malformed IR: {}\n", fault));
    }
    std::string emitted;
    const int status =
        faults.empty() ? Emit(context, *compiled, emitted) : int{kExitInfrastructure};
    if (!context.options.json) {
      context.Out(emitted);
    } else if (status == kExitOk || !compiled->ok()) {
      context.Out(Format("{{\"ok\":{},\"diagnostics\":{}{}}}\n", compiled->ok(),
                         diag::ToJson(compiled->diagnostics()),
                         emitted.empty() ? "" : ",\"emitted\":" + DumpJson(emitted)));
    }
    return status;
  }

 private:
  // Prints what --emit asks for to `out`; returns an ExitStatus.
  int Emit(Context& context, const front::Compiled& compiled, std::string& out) const {
    if (emit_ == "tree" && compiled.program().tree != nullptr) {
      out = front::DumpTree(*compiled.program().tree, *compiled.program().tokens);
    }
    if (!compiled.ok()) return kExitRejected;
    if (emit_ == "nest") return EmitNest(context, compiled, out);
    if (emit_ == "ptx") out = ir::ToPtx(compiled.module(), {.sm = Sm(context)});
    if (emit_ == "ir" && function_.empty()) out = ir::Dump(compiled.module());
    if (emit_ == "ir" && !function_.empty()) {
      const ir::FunctionId id = compiled.module().Find(function_);
      if (!id.valid()) return UsageError(context, Format("no function {}", function_));
      out = ir::Dump(compiled.module(), id);
    }
    return kExitOk;
  }

  int EmitNest(Context& context, const front::Compiled& compiled, std::string& out) const {
    const nest::Lifted lifted = nest::Lift(compiled.program(), Entry(compiled.module()));
    if (lifted.ok) {
      out = nest::ToText(lifted.program);
      return kExitOk;
    }
    const diag::LineColumn at = diag::FindLine(*compiled.program().sources, lifted.where);
    const std::string place = at.line == 0 ? file_ : Format("{}:{}:{}", file_, at.line, at.column);
    context.Err(Format("{}: error: cannot lift: {}\n", place, lifted.why_not));
    return kExitRejected;
  }

  // The launcher to lift: the named one, else `launch`, else the only function of the host.
  std::string Entry(const ir::Module& module) const {
    if (!entry_.empty() || module.Find("launch").valid()) return entry_.empty() ? "launch" : entry_;
    std::string only;
    for (const ir::Function& function : module.functions) {
      if (function.kind != ir::FunctionKind::kHost || function.num_blocks == 0) continue;
      if (!only.empty()) return "launch";
      only = function.name;
    }
    return only.empty() ? "launch" : only;
  }

  // The number in --arch sm_90.
  static int Sm(const Context& context) {
    const std::string& arch = context.options.arch;
    const size_t digits = arch.find_first_of("0123456789");
    return digits == std::string::npos ? 90 : std::atoi(arch.c_str() + digits);
  }

  std::string file_;
  std::string emit_;
  std::string function_;
  std::string entry_;
  std::vector<std::string> defines_;
};

}  // namespace

extern const Verb kCompile;
const Verb kCompile = {"compile", "one file, any stage", MakeCommand<CompileCommand>};

}  // namespace ws::driver
