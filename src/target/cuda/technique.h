// Techniques for CUDA (DESIGN §8): steps from one schedule to a faster one, and for code that is
// under no schedule from one source text to another. A file target/cuda/technique/<stem>.cc
// defines, in namespace ws::target::cuda:
//
//   extern const Technique kBlockShape = {
//       "block_shape", "work per thread increase", "Threads per block and elements per thread.",
//       Helps, Space, Apply, kParameters};
//
// and nothing else is to be edited. A step is proposed by Space for a situation, and Apply gives
// the new schedule or text, or an error that names what stands against it. Host code.
#ifndef WARPSMITH_TARGET_CUDA_TECHNIQUE_H_
#define WARPSMITH_TARGET_CUDA_TECHNIQUE_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "front/compiled.h"
#include "nest/analysis.h"
#include "nest/program.h"
#include "nest/schedule.h"

namespace ws::target::cuda {

// What limits a kernel, as far as techniques care; kUnknown when nothing was profiled.
enum class Limit : uint8_t {
  kUnknown,
  kDram,
  kL2,
  kShared,
  kIssue,
  kFloat,
  kSpecial,
  kLatency,
  kLaunch
};

// Where a search stands: a program, a schedule for it, the sizes that matter, what limits it now.
struct Situation {
  const nest::Program& program;
  const nest::Schedule& schedule;
  const nest::SizeValues& sizes;  // bench sizes by launcher parameter; may be empty
  Limit limit = Limit::kUnknown;
};

// Where a search stands on a source text that no schedule stands behind.
struct TextSituation {
  const front::Compiled& program;  // compiled without errors
  std::string_view entry;          // the launcher
  std::string_view arch;           // sm_90
  Limit limit = Limit::kUnknown;
};

// Values of a step's parameters in a fixed order: {{"kernel", 0}, {"threads", 256}}.
using Parameters = std::vector<std::pair<std::string, int64_t>>;
std::string ToText(const Parameters& parameters);  // kernel=0 threads=256
int64_t Get(const Parameters& parameters, std::string_view name, int64_t otherwise = 0);

// What a step's parameter says, in a line; reports and help print it beside the value.
struct ParameterMeaning {
  const char* name;
  const char* meaning;
};

// A technique on source text; the functions as those of Technique. What a step takes for granted
// (pointers that do not overlap, say) is for the judge to find out.
struct TextSteps {
  double (*helps)(const TextSituation& situation);
  std::vector<Parameters> (*space)(const TextSituation& situation);
  Result<std::string> (*apply)(const TextSituation& situation, const Parameters& parameters);
};

struct Technique {
  const char* name;        // stem of its file
  const char* literature;  // name in the literature
  const char* summary;     // one sentence
  // Steps on schedules; all three null if the technique works on text alone.
  // How much it may help where the situation's limit is what holds the kernel back: 0 .. 1; a
  // prior.
  double (*helps)(const Situation& situation);
  // Every parameter choice worth trying here, in a fixed order; empty where it does not apply.
  std::vector<Parameters> (*space)(const Situation& situation);
  Result<nest::Schedule> (*apply)(const Situation& situation, const Parameters& parameters);
  std::span<const ParameterMeaning> parameters;  // every one that `space` sets
  const TextSteps* on_text = nullptr;            // null if it works on schedules alone
};

inline constexpr ParameterMeaning kKernelParameter = {"kernel", "which kernel, counted from 0"};
// What `name` says in a step of the technique; empty if it has no such parameter.
std::string_view MeaningOf(const Technique& technique, std::string_view name);

// All techniques, sorted by name.
std::span<const Technique* const> Techniques();
const Technique* FindTechnique(std::string_view name);  // null if there is none

// A step that applies: its schedule is valid and differs from the situation's.
struct Move {
  const Technique* technique = nullptr;
  Parameters parameters;
  nest::Schedule schedule;
};
std::vector<Move> Moves(const Situation& situation);

// A step on source text that applies and changes something.
struct TextMove {
  const Technique* technique = nullptr;
  Parameters parameters;
  std::string source;
};
std::vector<TextMove> TextMoves(const TextSituation& situation);

// Source text of a schedule; the error names what cannot be expressed.
Result<std::string> GenerateSource(const nest::Program& program, const nest::Schedule& schedule,
                                   std::string_view arch);

}  // namespace ws::target::cuda

#endif  // WARPSMITH_TARGET_CUDA_TECHNIQUE_H_
