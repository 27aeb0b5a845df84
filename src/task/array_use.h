// What a launcher does with its arrays, from running it at a few sizes: how far it reaches into
// each, which tells what product of sizes an extent is; what it stores to; whose old content shows
// in what comes out.
#ifndef WARPSMITH_TASK_ARRAY_USE_H_
#define WARPSMITH_TASK_ARRAY_USE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "task/program.h"
#include "task/task.h"

namespace ws::task {

// Sizes should differ by at least this, so that `rows + 1` is not taken for `cols`.
inline constexpr int64_t kSizeStep = 11;

struct ArrayUse {
  std::vector<std::string> shape;  // expressions such as {"rows", "cols"}; empty: nothing fits
  bool touched = false;
  bool stored = false;
  bool old_content_shows = false;  // of an array stored to
};

struct Use {
  std::vector<ArrayUse> arrays;  // by argument; scalars have an empty one
  // Cost in warp instructions is `cost` at sizes of about `cost_extent`, and grows with the
  // `cost_power`-th power of all sizes.
  double cost = 0, cost_extent = 1, cost_power = 1;
};

// What the kernels that get an array take its elements for, by argument; nothing for scalars, for
// arrays that no kernel gets, and where the kernels say nothing or do not agree. From running the
// task's entry once.
std::vector<std::optional<ir::Type>> ObserveElements(const Program& program, const Task& task);

// Where one block does everything at the task's third test size, as a grid of 256 threads does with
// 64 elements: makes one of `sizes` larger in the second and third, so that there are several
// blocks and the last of them is not full; not where that takes long.
void SpreadTests(const Program& program, Task& task, const std::vector<std::string>& sizes);

// Runs the task's entry at its test sizes and at one larger size. Arrays of the task are given more
// room than their shapes say. `sizes` are the names that shapes may use, outermost first. Nothing
// where the entry does not run to its end at every test size.
std::optional<Use> ObserveUse(const Program& program, const Task& task,
                              const std::vector<std::string>& sizes);

}  // namespace ws::task

#endif  // WARPSMITH_TASK_ARRAY_USE_H_
