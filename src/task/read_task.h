// A task out of a text that is in memory, for tests; task.h reads files.
#ifndef WARPSMITH_TASK_READ_TASK_H_
#define WARPSMITH_TASK_READ_TASK_H_

#include <string>
#include <string_view>

#include "base/result.h"
#include "task/task.h"

namespace ws::task {

// Like ReadTask; `path` is for messages, and its folder is where sources are looked for.
Result<Task> ReadTaskText(const std::string& path, std::string_view text);

}  // namespace ws::task

#endif  // WARPSMITH_TASK_READ_TASK_H_
