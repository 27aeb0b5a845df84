// The text of an `init`: a word, or a word with arguments in parentheses.
#ifndef WARPSMITH_TASK_INIT_SPEC_H_
#define WARPSMITH_TASK_INIT_SPEC_H_

#include <string_view>

#include "base/result.h"
#include "task/task.h"

namespace ws::task {

// `uniform(-1, rows)` -> {kUniform, {"-1", "rows"}}. An error says what does not fit, such as a
// normal distribution of integers or a wrong number of arguments.
Result<Init> ParseInit(std::string_view text, DType dtype);

// Whether an array of this argument can be filled at `sizes`: its ranges are not empty and fit the
// type. Says nothing about files.
Status CheckInit(const Arg& arg, const Sizes& sizes);

}  // namespace ws::task

#endif  // WARPSMITH_TASK_INIT_SPEC_H_
