// Which function of a program a task can call, and what to say where there is none.
#ifndef WARPSMITH_TASK_LAUNCHERS_H_
#define WARPSMITH_TASK_LAUNCHERS_H_

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ir/module.h"

namespace ws::task {

// Names of the host functions that launch kernels and can be given arrays, in the order of the
// source; `main` is none.
std::vector<std::string> Launchers(const ir::Module& module);

// The launcher called `entry`; with `entry` empty `launch`, else the only one. Errors name the
// choices; where a file has kernels but no launcher the hint is a launcher for its first kernel,
// and where it is a whole program, that `run` executes it.
Result<ir::FunctionId> ChooseLauncher(const ir::Module& module, std::string_view entry);

// As C++ spells a scalar type; empty for what is none.
std::string_view ScalarSpelling(ir::Type type);

}  // namespace ws::task

#endif  // WARPSMITH_TASK_LAUNCHERS_H_
