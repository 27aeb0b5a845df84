// The reference of a task, compiled: what candidates are compared with, and within what.
#ifndef WARPSMITH_VERIFY_REFERENCE_H_
#define WARPSMITH_VERIFY_REFERENCE_H_

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "diag/render.h"
#include "task/program.h"
#include "task/task.h"
#include "verify/pool.h"

namespace ws::verify {

struct CompiledReference {
  std::unique_ptr<task::Program> program;   // as it is written
  std::unique_ptr<task::Program> shadowed;  // made ready for shadows
  std::string precision;                    // narrowest arithmetic allowed; empty: any
  bool approx = false;                      // approximate forms are allowed
  Reference reference;                      // refers to `shadowed` and to the task
};

// The task outlives what comes out. Errors: the reference cannot be compiled, or is not what the
// task says.
Result<CompiledReference> CompileReference(const task::Task& task,
                                           const task::KernelSource& kernels);

// The first thing that a program's diagnostics say.
std::string FirstError(const std::vector<diag::Rendered>& diagnostics);

}  // namespace ws::verify

#endif  // WARPSMITH_VERIFY_REFERENCE_H_
