// How a program came about: its steps from the baseline, and what their parameters mean.
#ifndef WARPSMITH_REPORT_STEPS_H_
#define WARPSMITH_REPORT_STEPS_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "know/attempt.h"

namespace ws::report {

// The attempts that led to attempt `sequence`, the baseline first. They point into `attempts`,
// which are in order of submission.
std::vector<const know::Attempt*> Lineage(std::span<const know::Attempt> attempts,
                                          uint64_t sequence);

// `threads=64` and "threads that reduce one row together", for each parameter of a technique's step
// that has a meaning on record.
std::vector<std::pair<std::string, std::string>> Meanings(std::string_view technique,
                                                          std::string_view parameters);

// How each technique fared in a run.
struct TechniqueCount {
  std::string technique;
  uint64_t tried = 0, accepted = 0;
  uint64_t won = 0;      // faster than their parent
  double best_gain = 0;  // largest speedup over a parent, mean of both ends
};
std::vector<TechniqueCount> CountTechniques(std::span<const know::Attempt> attempts);

}  // namespace ws::report

#endif  // WARPSMITH_REPORT_STEPS_H_
