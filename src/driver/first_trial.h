// A first run of a drafted task by its own program.
#ifndef WARPSMITH_DRIVER_FIRST_TRIAL_H_
#define WARPSMITH_DRIVER_FIRST_TRIAL_H_

#include <string>

#include "task/program.h"
#include "task/task.h"

namespace ws::driver {

// Why the program does not pass the task at its test sizes, with every check on: a finding, outputs
// that are not written in full, no launch at all. Empty if it passes.
std::string FirstTrial(const task::Program& program, const task::Task& task);

}  // namespace ws::driver

#endif  // WARPSMITH_DRIVER_FIRST_TRIAL_H_
