// Who says what a candidate is worth. The search sees sources go in and assessments come out; the
// judge, the time model and the task are behind this interface.
#ifndef WARPSMITH_SEARCH_EVALUATOR_H_
#define WARPSMITH_SEARCH_EVALUATOR_H_

#include <string_view>

#include "know/attempt.h"

namespace ws::search {

// Thread-safe. Deterministic in the source, apart from cost_ms.
class Evaluator {
 public:
  virtual ~Evaluator() = default;

  // Judges by the shared screen and, if it is accepted, tells its time and speedup.
  virtual know::Assessment Screen(std::string_view source) const = 0;
  // Judges a screened source on fresh inputs; times are not told again.
  virtual know::Assessment Certify(std::string_view source) const = 0;
};

}  // namespace ws::search

#endif  // WARPSMITH_SEARCH_EVALUATOR_H_
