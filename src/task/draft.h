// A first task.toml from a launcher's signature: const pointers are inputs, others outputs;
// integers are sizes. What a signature does not say is a guess and marked CHECK.
#ifndef WARPSMITH_TASK_DRAFT_H_
#define WARPSMITH_TASK_DRAFT_H_

#include <string>
#include <string_view>

#include "base/result.h"
#include "task/program.h"

namespace ws::task {

// `entry` empty: `launch`, or the only host function that launches a kernel. An error says which
// functions there are.
Result<std::string> DraftTask(const Program& program, std::string_view source_name,
                              std::string_view task_name, std::string_view entry);

}  // namespace ws::task

#endif  // WARPSMITH_TASK_DRAFT_H_
