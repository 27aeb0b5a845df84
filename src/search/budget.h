// How much a search may spend: `200` candidates, `60s` or `10m` of wall-clock time,
// `50000tok` of a language model.
#ifndef WARPSMITH_SEARCH_BUDGET_H_
#define WARPSMITH_SEARCH_BUDGET_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace ws::search {

struct Budget {
  uint64_t candidates = 0;  // 0: as many as fit into the rest
  double seconds = 0;       // 0: no limit; runs with one are not reproducible
  uint64_t tokens = 0;      // 0: no limit; of requests and answers; the batch in flight is finished

  // How many candidates compete, for certification: the budget, or kTimedCandidates.
  uint64_t competitors() const { return candidates > 0 ? candidates : kTimedCandidates; }
  static constexpr uint64_t kTimedCandidates = 10'000;
};

// Errors: not of that form; money, since prices are known to nobody here.
Result<Budget> ParseBudget(std::string_view text);

}  // namespace ws::search

#endif  // WARPSMITH_SEARCH_BUDGET_H_
