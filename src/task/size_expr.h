// Arithmetic over size names: integers (or decimal numbers), names, + - * / % ( ), ceil_div(a, b),
// min(a, b), max(a, b). Division of integers rounds towards zero. Everything is bounded: overflow,
// division by zero and deep nesting are errors.
#ifndef WARPSMITH_TASK_SIZE_EXPR_H_
#define WARPSMITH_TASK_SIZE_EXPR_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "task/task.h"

namespace ws::task {

// The value over integers; an error says what is wrong and where in `text`.
Result<int64_t> EvaluateInteger(std::string_view text, const Sizes& sizes);

// The value in double: numbers may be decimal (1e-5), `/` does not round, `%` is an error.
Result<double> EvaluateReal(std::string_view text, const Sizes& sizes);

// The names an expression uses, in order of first use; an error if it cannot be parsed.
Result<std::vector<std::string>> NamesIn(std::string_view text);

}  // namespace ws::task

#endif  // WARPSMITH_TASK_SIZE_EXPR_H_
