// Running a host function on the data of a task.
#ifndef WARPSMITH_VERIFY_EXECUTE_H_
#define WARPSMITH_VERIFY_EXECUTE_H_

#include <string>
#include <vector>

#include "exec/engine.h"
#include "task/program.h"
#include "task/task.h"
#include "verify/judge.h"

namespace ws::verify {

// A program that has the task's entry.
struct Candidate {
  const task::Program* program = nullptr;
  ir::FunctionId entry;
};

struct RunResult {
  exec::RunReport report;
  std::vector<task::Array> outputs;  // outputs and inouts, in the order of task.args
  // Findings of the run and of what the data shows: inputs changed, outputs not written in full.
  std::vector<RenderedFinding> findings;
  bool clean = false;  // nothing but notes
};

// One instance of a program: device globals and statics live through its runs.
class Session {
 public:
  Session(const Candidate& candidate, const task::Task& task);

  // Calls the entry on `arrays` (as task::MakeInputs gives them).
  Result<RunResult> Run(const std::vector<task::Array>& arrays, const task::Sizes& sizes,
                        const exec::RunOptions& options);

  // Calls `shadow(arg, element, value)` for every element of every output after the last Run (which
  // must have had a domain) and before the next.
  template <typename F>
  void ForEachShadow(F shadow) const {
    for (size_t i = 0; i < task_.args.size(); ++i) {
      if (!IsOutput(task_.args[i])) continue;
      for (uint64_t e = 0; e < counts_[i]; ++e) {
        shadow(i, e, Shadow(i, e));
      }
    }
  }

  // Where an array argument of the Run under way or last made begins in the addresses that a Tracer
  // sees, and the shadow of one of its elements.
  uint64_t FlatAddress(size_t arg) const { return instance_.FlatAddress(pointers_[arg]); }
  uint64_t BytesOf(size_t arg) const { return counts_[arg] * task::BytesOf(task_.args[arg].dtype); }
  exec::Shadow Shadow(size_t arg, uint64_t element) const {
    return instance_.ReadShadow(pointers_[arg], element, task::IrType(task_.args[arg].dtype));
  }

  static bool IsOutput(const task::Arg& arg) {
    return arg.role == task::Role::kOutput || arg.role == task::Role::kInOut;
  }

  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

 private:
  void FreeArrays();
  // Whether the arrays of the last Run are as large as these.
  bool HasSizes(const std::vector<task::Array>& arrays) const;
  void CheckData(const std::vector<task::Array>& arrays, bool checks, RunResult& result);

  Candidate candidate_;
  const task::Task& task_;
  exec::Instance instance_;
  std::vector<exec::DevicePtr> pointers_;  // per argument; 0 for scalars
  std::vector<uint64_t> counts_;           // elements
  uint64_t calls_ = 0;
};

// Names and positions of a finding made to outlive the module.
RenderedFinding Render(const exec::Finding& finding, const ir::Module& module);
// A finding without a position.
RenderedFinding MakeFinding(exec::FindingKind kind, std::string message);

// `file:3:14: what it says`.
std::string PlaceAndMessage(const RenderedFinding& finding);

// `[3, 17]` of a row-major element.
std::vector<int64_t> IndexOf(const task::Array& array, uint64_t element);
std::string IndexText(const std::vector<int64_t>& index);

}  // namespace ws::verify

#endif  // WARPSMITH_VERIFY_EXECUTE_H_
