// NumPy's .npy files (NEP 1): little-endian, C order.
#ifndef WARPSMITH_TASK_NPY_H_
#define WARPSMITH_TASK_NPY_H_

#include <string_view>

#include "base/result.h"
#include "task/task.h"

namespace ws::task {

bool IsNpy(std::string_view file);

// The elements' bytes; an error if the file is damaged, in Fortran order or of another type.
Result<std::string_view> NpyData(std::string_view file, DType dtype);

}  // namespace ws::task

#endif  // WARPSMITH_TASK_NPY_H_
