#include "task/check_sizes.h"

#include "base/format.h"
#include "task/init_spec.h"
#include "task/limits.h"

namespace ws::task {

Status CheckSizes(const Task& task, const Sizes& sizes) {
  uint64_t total = 0;
  for (size_t i = 0; i < task.args.size(); ++i) {
    const Arg& arg = task.args[i];
    if (arg.role == Role::kScalar) {
      TRY_OK(ScalarBits(task, i, sizes));
      continue;
    }
    TRY(const uint64_t bytes, BytesOfArray(arg, sizes));
    TRY_OK(CheckInit(arg, sizes));
    if ((total += bytes) > kMaxBenchBytes) {
      return Error{
          Format("the data at {} is larger than {} MiB", ToText(sizes), kMaxBenchBytes >> 20)};
    }
  }
  return Ok();
}

}  // namespace ws::task
