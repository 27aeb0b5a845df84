// Which expressions over sizes an extent follows.
#ifndef WARPSMITH_TASK_SHAPE_FIT_H_
#define WARPSMITH_TASK_SHAPE_FIT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "task/task.h"

namespace ws::task {

// The simplest shape over `names` (outermost first) whose number of elements is extents[i] at
// sizes[i] for every i: a constant, a product of sizes, that times a constant, a size plus a small
// constant, blocks of a power of two of something. Empty if none fits.
std::vector<std::string> FitShape(const std::vector<uint64_t>& extents,
                                  const std::vector<Sizes>& sizes,
                                  const std::vector<std::string>& names);

}  // namespace ws::task

#endif  // WARPSMITH_TASK_SHAPE_FIT_H_
