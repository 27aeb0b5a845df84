// What `warpsmith optimize` says at its end, and while it runs.
#ifndef WARPSMITH_DRIVER_OPTIMIZE_RESULT_H_
#define WARPSMITH_DRIVER_OPTIMIZE_RESULT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "know/attempt.h"
#include "search/search.h"

namespace ws::driver {

struct OptimizeResult {
  std::string task, arch;
  uint64_t seed = 1;
  std::string budget;  // as it was given
  bool by_clock = false;
  std::string folder;             // of the run
  std::string resume, reproduce;  // command lines
  uint64_t lessons = 0;           // that it began with
  search::Outcome outcome;
  know::Attempt baseline, best;
  std::vector<know::Attempt> steps;  // that led from the baseline to the best
  double elapsed_seconds = 0;
  int signal = 0;  // that interrupted it

  bool interrupted() const { return outcome.end == search::End::kInterrupted; }
  // One sentence: how the search ended.
  std::string end() const;
};

Json ToJson(const OptimizeResult& result);
std::string ToText(const OptimizeResult& result);

// The live line of a search: `most` is the budget in candidates, or "?".
std::string StateText(const search::Progress& progress, std::string_view most, double seconds,
                      std::string_view technique);

}  // namespace ws::driver

#endif  // WARPSMITH_DRIVER_OPTIMIZE_RESULT_H_
