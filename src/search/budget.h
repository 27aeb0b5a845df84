// How much a search may spend: `200` candidates, `60s` or `10m` of wall-clock time.
#ifndef WARPSMITH_SEARCH_BUDGET_H_
#define WARPSMITH_SEARCH_BUDGET_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace ws::search {

struct Budget {
  uint64_t candidates = 0;  // 0: as many as fit into the time
  double seconds = 0;       // 0: no limit; runs with one are not reproducible

  // How many candidates compete, for certification: the budget, or kTimedCandidates.
  uint64_t competitors() const { return candidates > 0 ? candidates : kTimedCandidates; }
  static constexpr uint64_t kTimedCandidates = 10'000;
};

// Errors: not of that form; budgets in tokens or money, which only language models spend.
Result<Budget> ParseBudget(std::string_view text);

}  // namespace ws::search

#endif  // WARPSMITH_SEARCH_BUDGET_H_
