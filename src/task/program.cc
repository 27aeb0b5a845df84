#include "task/program.h"

#include "front/compiled.h"
#include "ir/verify.h"
#include "pass/pipeline.h"

namespace ws::task {

struct Program::State {
  std::unique_ptr<front::Compiled> compiled;
  std::vector<std::string> faults;
};

Program::Program() : state_(std::make_unique<State>()) {}
Program::~Program() = default;

std::unique_ptr<Program> Program::Compile(std::string_view text, std::string_view file_name) {
  std::unique_ptr<Program> program(new Program());
  State& state = *program->state_;
  state.compiled =
      front::CompileText(std::string(file_name), std::string(text), {.read_includes = true});
  if (!program->ok()) return program;
  state.faults = ir::Verify(state.compiled->module());
  if (!state.faults.empty()) return program;
  pass::ForExecution(state.compiled->module());
  state.faults = ir::Verify(state.compiled->module());
  return program;
}

bool Program::ok() const { return state_->compiled->ok(); }
const ir::Module& Program::module() const { return std::as_const(*state_->compiled).module(); }
const std::vector<diag::Rendered>& Program::diagnostics() const {
  return state_->compiled->diagnostics();
}
const std::vector<std::string>& Program::faults() const { return state_->faults; }

}  // namespace ws::task
