// Running a program that has main(), as `run` does without a task.
#ifndef WARPSMITH_DRIVER_WHOLE_PROGRAM_H_
#define WARPSMITH_DRIVER_WHOLE_PROGRAM_H_

#include <cstdint>
#include <string>
#include <vector>

#include "driver/verb.h"
#include "exec/engine.h"
#include "ir/module.h"
#include "task/program.h"

namespace ws::driver {

// What `run` is asked for besides: the folder of the program's files (empty: there are none), and
// the order of lanes, warps and blocks (0: as they are numbered; another number draws one).
struct RunRequest {
  std::string files;
  uint64_t order = 0;
};

// How `run` executes a program: on the device that --arch names.
exec::RunOptions OptionsOf(const Context& context, uint64_t order = 0);

// Runs `main` with every check and prints what it printed, what it returned and what was found.
// `words` are argv: the program's name first. exit() ends the program as a return from main does.
// Returns kExitOk if it returned 0 and nothing but notes was found.
int RunWholeProgram(Context& context, const task::Program& program, ir::FunctionId main,
                    const std::vector<std::string>& words, const RunRequest& request);

}  // namespace ws::driver

#endif  // WARPSMITH_DRIVER_WHOLE_PROGRAM_H_
