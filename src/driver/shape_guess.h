// Which shapes a launcher's arrays have, from running it: how far into each array it reaches at
// several sizes tells which product of sizes its extent is.
#ifndef WARPSMITH_DRIVER_SHAPE_GUESS_H_
#define WARPSMITH_DRIVER_SHAPE_GUESS_H_

#include <map>
#include <string>
#include <vector>

#include "task/program.h"
#include "task/task.h"

namespace ws::driver {

// Extents by name of the argument, such as {"rows", "cols"} or {"1"}, as far as they follow from
// runs at the task's test sizes. `sizes` are the names to choose from, outermost first. Empty where
// the launcher does not run to its end with arrays of the task's shapes.
std::map<std::string, std::vector<std::string>> GuessShapes(const task::Program& program,
                                                            const task::Task& task,
                                                            const std::vector<std::string>& sizes);

}  // namespace ws::driver

#endif  // WARPSMITH_DRIVER_SHAPE_GUESS_H_
