// Sizes that a task does not list.
#ifndef WARPSMITH_TASK_CHECK_SIZES_H_
#define WARPSMITH_TASK_CHECK_SIZES_H_

#include "base/result.h"
#include "task/task.h"

namespace ws::task {

// Whether the task can run at these sizes: every value can be computed, and all arrays together are
// no larger than a bench size may be.
Status CheckSizes(const Task& task, const Sizes& sizes);

}  // namespace ws::task

#endif  // WARPSMITH_TASK_CHECK_SIZES_H_
