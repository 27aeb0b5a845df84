// A first task.toml for a launcher: what its signature says, what a run of it shows (array_use.h),
// and guesses, which are marked CHECK.
#ifndef WARPSMITH_TASK_DRAFT_H_
#define WARPSMITH_TASK_DRAFT_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "task/array_use.h"
#include "task/program.h"
#include "task/task.h"

namespace ws::task {

struct Draft {
  Task task;  // its files as they are to be written; const pointers inputs, others inout
  std::vector<std::string> size_names;  // in the order of the launcher's parameters
  std::vector<std::string> role_notes, shape_notes, dtype_notes;  // by argument; empty: certain
  std::string bench_note;
  int64_t granule = 1;    // all sizes are multiples of it
  std::string size_note;  // why the test sizes are such, or what is wrong with them
};

// From the signature alone. `entry` empty: `launch`, or the only launcher. Errors: as
// ChooseLauncher's; a parameter of a type that tasks do not have.
Result<Draft> DraftTask(const Program& program, std::string_view source_name,
                        std::string_view task_name, std::string_view entry);

// Element types that the signature leaves open (void pointers), by what kernels take them for
// (ObserveElements).
void TakeElements(Draft& draft, const std::vector<std::optional<ir::Type>>& elements);

// Makes all test sizes multiples of `granule` (those of one entry stay different from each other),
// and the bench sizes that Refine chooses.
void Coarsen(Draft& draft, int64_t granule);

// Gives the sizes of the second entry to the names in the opposite order: else every entry would
// have them in one order, as if the task asked for it.
void Cross(Draft& draft);

// Roles and shapes by what the launcher did; bench sizes such that all arguments take 64 to 256
// MiB, as far as the judge can run that often enough.
void Refine(Draft& draft, const std::optional<Use>& use);

// The task.toml.
std::string ToText(const Draft& draft);

}  // namespace ws::task

#endif  // WARPSMITH_TASK_DRAFT_H_
