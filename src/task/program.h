// A source text on its way to execution: compiled, made ready for the engine, and matched with the
// task's arguments.
#ifndef WARPSMITH_TASK_PROGRAM_H_
#define WARPSMITH_TASK_PROGRAM_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cxx/kernels.h"
#include "diag/render.h"
#include "ir/module.h"
#include "task/task.h"

namespace ws::task {

using cxx::KernelPath;
using cxx::KernelSource;
using cxx::NameOf;
using cxx::TitleOf;

// Owns everything of one compiled source. Immutable; may be used from several threads.
class Program {
 public:
  // Never null. The texts are copied; files that the text includes are read beside `file_name`.
  // Kernels that come another way than the native one are compiled natively as well.
  static std::unique_ptr<Program> Compile(std::string_view text, std::string_view file_name,
                                          const KernelSource& kernels = {});
  // The same program for runs with shadows: short branches are selections, so that what a
  // comparison within tolerance decides is known value by value.
  static std::unique_ptr<Program> CompileForShadows(std::string_view text,
                                                    std::string_view file_name,
                                                    const KernelSource& kernels = {});
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  // Whether there is a module: the source had no errors.
  bool ok() const;
  const ir::Module& module() const;   // gone through pass::ForExecution
  const ir::Module& written() const;  // the module before that; functions and positions as there
  const std::vector<diag::Rendered>& diagnostics() const;
  // Why kernels could not be compiled the way that was asked for, where that is no fault of the
  // source; null otherwise.
  const Error* failure() const;
  // Which way the kernels were compiled; and a line that says so and why, where that is not the
  // native one though nobody asked for another, else empty.
  KernelPath path() const;
  const std::string& path_note() const;
  // What the IR verifier says of the module; not empty is a fault of ours, not of the source.
  const std::vector<std::string>& faults() const;

  // The host function that the task calls; nothing, and a diagnostic, if there is none or if its
  // parameters do not match the task's arguments.
  std::optional<ir::FunctionId> FindEntry(const Task& task,
                                          std::vector<diag::Rendered>& diagnostics) const;

 private:
  Program();
  bool TakeMade(std::string_view text, std::string_view file_name, const KernelSource& kernels);
  void AskOthers(std::string_view text, std::string_view file_name, KernelSource kernels);
  struct State;
  std::unique_ptr<State> state_;
};

// Whether both compile to the same code and data, names and all: nothing but comments, layout and
// what goes unused can tell them apart. Both must be ok().
bool SameProgram(const Program& a, const Program& b);

// `launch(float* y, const float* x, int rows)`.
std::string SignatureText(const Task& task);

}  // namespace ws::task

#endif  // WARPSMITH_TASK_PROGRAM_H_
