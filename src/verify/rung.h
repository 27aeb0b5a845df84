// The ladder (DESIGN §6): rungs in order, each a file of rung/ that defines one descriptor.
//
//   extern const RungStep kCompiled = {Rung::kCompiled, "what it shows", &Climb};
//
// A rung either passes, appending its Evidence to the verdict, or fails, filling the verdict's
// outcome, reason, findings and witness. A candidate climbs until the first failure.
#ifndef WARPSMITH_VERIFY_RUNG_H_
#define WARPSMITH_VERIFY_RUNG_H_

#include <memory>
#include <span>
#include <string_view>

#include "task/program.h"
#include "verify/judge.h"
#include "verify/pool.h"
#include "verify/sizes.h"

namespace ws::verify {

class FullSizes;

// A candidate on its way up.
struct Climb {
  const task::Task& task;
  const Reference& reference;
  const task::Program& reference_program;  // as written, not made ready for shadows
  const Pool& pool;
  const SizeSpace& space;
  const Candidate* baseline;    // null while the baseline itself is judged
  bool reference_is_baseline;   // the task's two programs are one
  const FullSizes* full_sizes;  // null: nothing is compared at bench sizes
  std::string_view precision;   // narrowest arithmetic that the task allows; empty: any
  bool approx = true;           // approximate forms are allowed
  const JudgeOptions& options;
  const task::KernelSource& kernels;
  std::string_view source;
  std::string_view file_name;
  std::unique_ptr<task::Program> program = nullptr;  // set by `compiled`
  Candidate candidate = {};                          // set by `compiled`
};

struct RungStep {
  Rung rung;
  const char* shows;  // one line for people
  bool (*climb)(Climb& climb, Verdict& verdict);
};

// All rungs, lowest first.
std::span<const RungStep* const> Rungs();

// Fills a rejection.
bool Reject(Verdict& verdict, Rung rung, std::string reason);

}  // namespace ws::verify

#endif  // WARPSMITH_VERIFY_RUNG_H_
