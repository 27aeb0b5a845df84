// A map is computed inside the nests that read its result: the temporary between them, its traffic
// and often a launch go away; what is read several times is computed as often.
#include <algorithm>

#include "target/cuda/schedule_tools.h"
#include "target/cuda/technique.h"

namespace ws::target::cuda {
namespace {

constexpr int64_t kAll = -1;

// Nests, in the program as scheduled, that can be computed inside others.
std::vector<uint32_t> Candidates(const Situation& situation) {
  std::vector<uint32_t> result;
  if (!situation.schedule.splits.empty()) return result;
  const Result<nest::Program> program = nest::ApplyRewrites(situation.program, situation.schedule);
  if (!program.ok()) return result;
  for (uint32_t n = 0; n < program.value().nests.size(); ++n) {
    if (nest::InlineNest(program.value(), n).ok()) result.push_back(n);
  }
  return result;
}

double Helps(const Situation& situation) {
  if (Candidates(situation).empty()) return 0;
  switch (situation.limit) {
    case Limit::kFloat:
    case Limit::kSpecial:
    case Limit::kIssue:
      return 0.4;
    case Limit::kUnknown:
    case Limit::kDram:
    case Limit::kL2:
    case Limit::kShared:
    case Limit::kLatency:
    case Limit::kLaunch:
      return 0.9;
  }
  return 0;
}

std::vector<Parameters> Space(const Situation& situation) {
  std::vector<Parameters> result;
  const std::vector<uint32_t> candidates = Candidates(situation);
  if (candidates.size() > 1) result.push_back({{"nest", kAll}});
  for (const uint32_t n : candidates) result.push_back({{"nest", n}});
  return result;
}

Result<nest::Schedule> Apply(const Situation& situation, const Parameters& parameters) {
  const int64_t nest = Get(parameters, "nest", kAll);
  if (nest != kAll) {
    if (nest < 0) return Error{"no such nest"};
    return nest::AddInline(situation.program, situation.schedule, static_cast<uint32_t>(nest));
  }
  nest::Schedule schedule = situation.schedule;
  for (bool found = true; found;) {
    found = false;
    for (const uint32_t n : Candidates({situation.program, schedule, situation.sizes})) {
      Result<nest::Schedule> next = nest::AddInline(situation.program, schedule, n);
      if (!next.ok()) continue;
      schedule = std::move(next).value();
      found = true;
      break;
    }
  }
  if (schedule == situation.schedule) return Error{"no nest that could be computed inside another"};
  return schedule;
}

constexpr ParameterMeaning kParameters[] = {
    {"nest", "which nest of the program is computed where it is read, counted from 0; -1: all"},
};

}  // namespace

extern const Technique kKernelFusion = {
    "kernel_fusion",
    "kernel fusion",
    "Computes a map inside the loops that read it and drops the temporary between them.",
    Helps,
    Space,
    Apply,
    kParameters};

}  // namespace ws::target::cuda
