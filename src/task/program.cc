#include "task/program.h"

#include <algorithm>

#include "base/format.h"
#include "front/compiled.h"
#include "ir/print.h"
#include "ir/verify.h"
#include "pass/pipeline.h"
#include "pass/predicate.h"

namespace ws::task {

struct Program::State {
  std::unique_ptr<front::Compiled> compiled, written;
  std::vector<diag::Rendered> diagnostics;
  std::vector<std::string> faults;
  std::optional<Error> failure;
  KernelPath path = KernelPath::kNative;
  std::string path_note;
  bool ok = false;
};

Program::Program() : state_(std::make_unique<State>()) {}
Program::~Program() = default;

namespace {

// `id`: the compiler.
diag::Rendered ErrorOf(std::string_view file, const char* id, const Error& error) {
  diag::Rendered out;
  out.file = std::string(file);
  out.severity = diag::Severity::Error;
  out.id = id;
  out.message = error.message;
  out.hint = error.hint;
  return out;
}

// `file:3:4: inline assembly is not supported`, of the first error.
std::string FirstError(const std::vector<diag::Rendered>& diagnostics) {
  for (const diag::Rendered& d : diagnostics) {
    if (d.severity != diag::Severity::Error) continue;
    return Format("{}:{}:{}: {}", d.file, d.line, d.column, d.message);
  }
  return {};
}

}  // namespace

// The host's code natively, the kernels' bodies from another compiler.
bool Program::TakeMade(std::string_view text, std::string_view file_name,
                       const KernelSource& kernels) {
  State& state = *state_;
  const front::TextOptions host_only = {.read_includes = true, .host_only = true};
  state.compiled = front::CompileText(std::string(file_name), std::string(text), host_only);
  state.diagnostics = state.compiled->diagnostics();
  state.ok = state.compiled->ok();
  if (!state.ok) return false;
  const auto made = cxx::MakeKernels(*state.compiled, kernels);
  if (!made.ok() && made.error().blame == Blame::kInfrastructure) {
    state.failure = made.error();
  } else if (!made.ok()) {
    state.diagnostics.push_back(ErrorOf(file_name, cxx::NameOf(kernels.path), made.error()));
  }
  state.ok =
      made.ok() && cxx::TakeKernels(state.compiled->module(), made.value(), state.diagnostics);
  if (!state.ok) return false;
  state.path = kernels.path;
  state.written = front::CompileText(std::string(file_name), std::string(text), host_only);
  std::vector<diag::Rendered> again;
  WS_CHECK(cxx::TakeKernels(state.written->module(), made.value(), again));
  return true;
}

// What the native front end refuses: the other compilers, one after the other. Where all refuse it,
// the first one's words stand.
void Program::AskOthers(std::string_view text, std::string_view file_name, KernelSource kernels) {
  State& state = *state_;
  const std::vector<diag::Rendered> native = state.diagnostics;
  std::vector<diag::Rendered> first;
  bool is_host = false;  // the host's code is refused, which no other compiler helps
  for (const KernelPath path : cxx::CompilersHere()) {
    kernels.path = path;
    if (TakeMade(text, file_name, kernels)) {
      state.path_note =
          Format("kernels compiled by {}: {}", cxx::TitleOf(path), FirstError(native));
      return;
    }
    state.failure.reset();
    if (first.empty()) first = state.diagnostics;
    is_host = !state.compiled->ok();
    if (is_host) break;
  }
  if (first.empty()) return;  // there is none
  state.diagnostics = first;
  // Where the host's code is refused, that is what stands in the way; else all that was said.
  if (!is_host) state.diagnostics.insert(state.diagnostics.begin(), native.begin(), native.end());
}

std::unique_ptr<Program> Program::Compile(std::string_view text, std::string_view file_name,
                                          const KernelSource& kernels) {
  std::unique_ptr<Program> program(new Program());
  State& state = *program->state_;
  if (cxx::IsOtherCompiler(kernels.path)) {
    if (!program->TakeMade(text, file_name, kernels)) return program;
  } else {
    const front::TextOptions options = {.read_includes = true};
    state.compiled = front::CompileText(std::string(file_name), std::string(text), options);
    state.diagnostics = state.compiled->diagnostics();
    state.ok = state.compiled->ok();
    if (!state.ok && kernels.path == KernelPath::kAuto)
      program->AskOthers(text, file_name, kernels);
    if (!state.ok) return program;
    if (state.written == nullptr) {
      state.faults = ir::Verify(state.compiled->module());
      if (!state.faults.empty()) return program;
      if (kernels.path == KernelPath::kPrinted) {
        state.path = KernelPath::kPrinted;
        state.ok = cxx::TakePrintedKernels(state.compiled->module(), state.diagnostics);
        if (!state.ok) return program;
      }
      state.written = front::CompileText(std::string(file_name), std::string(text), options);
    }
  }
  state.faults = ir::Verify(state.compiled->module());
  if (!state.faults.empty()) return program;
  pass::ForExecution(state.compiled->module());
  state.faults = ir::Verify(state.compiled->module());
  return program;
}

std::unique_ptr<Program> Program::CompileForShadows(std::string_view text,
                                                    std::string_view file_name,
                                                    const KernelSource& kernels) {
  std::unique_ptr<Program> program = Compile(text, file_name, kernels);
  if (!program->ok() || !program->faults().empty()) return program;
  ir::Module& module = program->state_->compiled->module();
  for (uint32_t f = 0; f < module.functions.size(); ++f) {
    if (module.functions[f].kind != ir::FunctionKind::kHost) {
      pass::Predicate(module, ir::FunctionId(f));
    }
  }
  program->state_->faults = ir::Verify(module);
  return program;
}

bool Program::ok() const { return state_->ok; }
const ir::Module& Program::module() const { return std::as_const(*state_->compiled).module(); }
const ir::Module& Program::written() const { return std::as_const(*state_->written).module(); }
const std::vector<diag::Rendered>& Program::diagnostics() const { return state_->diagnostics; }
const Error* Program::failure() const { return state_->failure ? &*state_->failure : nullptr; }
KernelPath Program::path() const { return state_->path; }
const std::string& Program::path_note() const { return state_->path_note; }
const std::vector<std::string>& Program::faults() const { return state_->faults; }

bool SameProgram(const Program& a, const Program& b) {
  const ir::Module &x = a.module(), &y = b.module();
  if (x.globals.size() != y.globals.size() || x.functions.size() != y.functions.size() ||
      x.insts.size() != y.insts.size()) {
    return false;
  }
  for (uint32_t i = 0; i < x.globals.size(); ++i) {
    if (!std::ranges::equal(x.globals[i].init, y.globals[i].init)) return false;
  }
  return ir::Dump(x) == ir::Dump(y);
}

}  // namespace ws::task
