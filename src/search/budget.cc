#include "search/budget.h"

#include <charconv>

#include "base/format.h"

namespace ws::search {

Result<Budget> ParseBudget(std::string_view text) {
  const Error malformed{Format(
      "`{}` is no budget: give candidates (200), time (60s, 10m), or tokens (50000tok)", text)};
  if (text.starts_with('$')) {
    return Error{
        Format("budget {}: prices of models are not known here; give tokens (50000tok)", text)};
  }
  uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const std::string_view unit(end, static_cast<size_t>(text.data() + text.size() - end));
  if (error != std::errc() || number == 0 || number > 100'000'000) return malformed;
  if (unit.empty()) return Budget{.candidates = number};
  if (unit == "s") return Budget{.seconds = static_cast<double>(number)};
  if (unit == "m") return Budget{.seconds = 60.0 * static_cast<double>(number)};
  if (unit == "tok") return Budget{.tokens = number};
  return malformed;
}

}  // namespace ws::search
