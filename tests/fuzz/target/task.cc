// task.toml to a task, and its inputs where they are small; an input that begins like NumPy's
// format is read as that. The sources a text names are those of an example.
#include "task/read_task.h"

#include "task/npy.h"
#include "tests/fuzz/fuzz.h"

namespace ws::fuzz {
namespace {

constexpr uint64_t kMaxBytes = uint64_t{1} << 16;  // of an array that is filled

std::string FillArrays(const task::Task& task, const task::Sizes& sizes) {
  uint64_t total = 0;
  for (size_t i = 0; i < task.args.size(); ++i) {
    const task::Arg& arg = task.args[i];
    if (arg.role == task::Role::kScalar) {
      if (!task::ScalarBits(task, i, sizes).ok()) return "a scalar of a good task has no value";
      continue;
    }
    const auto bytes = task::BytesOfArray(arg, sizes);
    if (!bytes.ok()) return "an array of a good task has no size";
    total += bytes.value();
  }
  if (total > kMaxBytes) return {};
  for (const task::Family family : {task::Family::kFromInit, task::Family::kTies}) {
    const auto arrays = task::MakeInputs(task, sizes, family, 1);
    if (arrays.ok() && arrays.value().size() != task.args.size()) return "an array is missing";
  }
  return {};
}

std::string RunTask(std::string_view input) {
  if (task::IsNpy(input)) {
    for (const task::DType dtype : {task::DType::kF32, task::DType::kI64, task::DType::kBool}) {
      const auto data = task::NpyData(input, dtype);
      if (data.ok() && (data.value().data() < input.data() ||
                        data.value().data() + data.value().size() > input.data() + input.size())) {
        return "data outside of the file";
      }
    }
    return {};
  }
  const auto task = task::ReadTaskText(WS_SOURCE_DIR "/examples/softmax/task.toml", input);
  if (!task.ok()) return task.error().message.empty() ? "refused without a reason" : "";
  for (const task::Sizes& sizes : task.value().test_sizes) {
    if (std::string wrong = FillArrays(task.value(), sizes); !wrong.empty()) return wrong;
  }
  return {};
}

}  // namespace

namespace targets {
extern const FuzzTarget kTask = {"task", "toml", RunTask};
}  // namespace targets

}  // namespace ws::fuzz
