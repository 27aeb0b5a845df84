// The judge: a candidate's source text in, a verdict with evidence out (DESIGN §6). Host code.
#ifndef WARPSMITH_VERIFY_JUDGE_H_
#define WARPSMITH_VERIFY_JUDGE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "diag/render.h"
#include "exec/engine.h"
#include "task/program.h"
#include "task/task.h"
#include "task/value.h"

namespace ws::verify {

enum class Rung : uint8_t { kNone, kCompiled, kSanitized, kTested };
enum class Outcome : uint8_t {
  kAccepted,  // through `tested`, or through JudgeOptions::until where that is lower
  kRejected,  // the first failing rung says why
  kOutside,   // cannot be compiled here
  kFailed,    // our failure, never the candidate's
};

// A finding made to outlive its module.
struct RenderedFinding {
  std::string id;  // kebab-case FindingKind
  std::string message;
  std::string hint;
  std::string file;
  uint32_t line = 0, column = 0;
  std::string line_text;
  uint32_t other_line = 0;  // races
  std::string kernel;
  exec::Dim3 block{}, thread{};
  exec::Dim3 grid{}, block_size{};  // of the launch
  uint32_t launch = 0;
  uint64_t count = 1;
  bool is_note = false;
};

// The smallest input on which a candidate was seen to be wrong.
struct Witness {
  task::Sizes sizes;
  task::Family family = task::Family::kFromInit;
  uint64_t seed = 0;
  std::string output;          // argument name
  std::vector<int64_t> index;  // element
  task::Value expected = {}, got = {};
  double tolerance = 0;  // 0: exact
  uint64_t wrong_elements = 0;
};

// `y[3, 17] is 0.5, not 0.25 +- 1e-08`.
std::string ElementText(const Witness& witness);

// What was compared at a bench size.
struct FullSizeEvidence {
  task::Sizes sizes;
  bool is_listed = true;  // by the task; else a size beside one that is
  uint64_t outputs = 0;   // elements there are
  uint64_t compared = 0;  // of them; 0: none, and the summary says why
  uint64_t exact = 0;     // of the compared ones: with the tolerance of their own computation
  std::string summary;
};

// What stands behind one rung.
struct Evidence {
  Rung rung = Rung::kNone;
  std::string summary;            // one line for people
  uint64_t runs = 0;              // executions made
  uint64_t n = 0;                 // tested: fresh inputs after the screen
  double epsilon = 0, delta = 0;  // tested: see DESIGN §6
  uint64_t k = 0;
  std::vector<task::Sizes> sizes;            // listed and drawn ones of the screen
  std::vector<FullSizeEvidence> full_sizes;  // tested: bench sizes
  double worst_error_ratio = 0;              // largest |error| / tolerance seen
  // tested: families of inputs that are not tried, and why: `large`, `the reference overflows`.
  std::vector<std::pair<std::string, std::string>> left_out;
};

struct Verdict {
  Outcome outcome = Outcome::kFailed;
  Rung rung = Rung::kNone;         // highest passed
  Rung failed_rung = Rung::kNone;  // rejected: where
  std::string reason;              // one line
  std::vector<Evidence> evidence;
  std::vector<RenderedFinding> findings;
  std::vector<diag::Rendered> diagnostics;
  // The candidate is the reference: results can only be equal.
  bool compared_with_itself = false;
  bool has_witness = false;
  Witness witness;
  // Which way the candidate's kernels were compiled, and why where that is not what `auto` does
  // first; empty if it was not compiled.
  std::string front, front_note;
  uint64_t warp_instructions = 0;
};

// What a launch may ask for.
struct LaunchLimits {
  uint32_t threads_per_block = 1024;
  uint32_t shared_bytes_opt_in = 227 * 1024;  // of a block, with cudaFuncSetAttribute
  exec::DeviceFacts device = {};              // what programs are told of the device
};

struct JudgeOptions {
  Rung until = Rung::kTested;
  bool certify = true;  // n fresh inputs for (epsilon, delta, k); else the screen alone
  double epsilon = 0.01;
  double delta = 0.001;
  uint64_t k = 1;  // how many candidates compete (the budget)
  uint64_t seed = 0;
  uint32_t schedules = 3;    // sanitized: canonical order plus seeded ones
  uint32_t jobs = 1;         // threads over inputs
  LaunchLimits limits = {};  // of the architecture that the candidate is for
};

// A validated task with its reference results, shared by all candidates judged on it. Immutable
// after Make; Check may be called from several threads.
class Judge {
 public:
  // Compiles reference and baseline, runs the reference with shadows on the screening pool, and
  // validates the task: the baseline must pass, the controls (zeros, a constant, a copied input, a
  // dropped input) must fail; else the error names the reason.
  //
  // `kernels` says how reference, baseline and candidates are compiled. (With mathematics inlined
  // by another compiler, shadows would be lost and approximate forms seen where there are none; so
  // it stays calls here.)
  static Result<std::unique_ptr<Judge>> Make(const task::Task& task, uint64_t seed,
                                             uint32_t jobs = 1,
                                             const task::KernelSource& kernels = {});
  virtual ~Judge() = default;

  virtual Verdict Check(std::string_view source, std::string_view file_name,
                        const JudgeOptions& options) const = 0;
  // Certifies an already screened source on fresh inputs (part of Check when options.certify).
  virtual const task::Task& task() const = 0;
  // Lines that say how the task's own programs were compiled, where that is not the native way
  // though nobody asked for another.
  virtual const std::vector<std::string>& notes() const = 0;
};

const char* Name(Rung rung);        // compiled, sanitized, tested
const char* Name(Outcome outcome);  // accepted, rejected, outside, failed

}  // namespace ws::verify

#endif  // WARPSMITH_VERIFY_JUDGE_H_
