// Scalar arguments: C types and the bits of their values.
#ifndef WARPSMITH_TASK_SCALAR_H_
#define WARPSMITH_TASK_SCALAR_H_

#include <optional>
#include <string_view>
#include <vector>

#include "ir/types.h"
#include "task/task.h"

namespace ws::task {

// The IR type of a scalar of this C type (int -> kS32); nothing if it is none we know.
std::optional<ir::Type> ScalarTypeNamed(std::string_view ctype);
std::vector<std::string_view> ScalarTypeNames();

}  // namespace ws::task

#endif  // WARPSMITH_TASK_SCALAR_H_
