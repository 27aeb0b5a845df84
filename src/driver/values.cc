#include "driver/values.h"

#include <algorithm>
#include <charconv>

#include "base/format.h"
#include "base/nearest.h"

namespace ws::driver {

Result<uint64_t> ParseWhole(std::string_view text, uint64_t low, uint64_t high) {
  uint64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || rest != end || value < low || value > high) {
    return Error{Format("`{}` is no whole number from {} to {}", text, low, high)};
  }
  return value;
}

CLI::Validator WholeNumber(uint64_t low, uint64_t high) {
  return CLI::Validator(
      [low, high](std::string& text) {
        const Result<uint64_t> value = ParseWhole(text, low, high);
        return value.ok() ? std::string() : value.error().message;
      },
      "", "whole number");
}

CLI::Validator Number(double low, double high) {
  return CLI::Validator(
      [low, high](std::string& text) {
        double value = 0;
        const char* const end = text.data() + text.size();
        const auto [rest, error] = std::from_chars(text.data(), end, value);
        const bool fits = error == std::errc() && rest == end && value >= low && value <= high;
        return fits ? std::string()
                    : Format("`{}` is no number from {:g} to {:g}", text, low, high);
      },
      "", "number");
}

CLI::Validator Choice(std::vector<std::string_view> words) {
  const std::string list = Format("{{{}}}", Join(words, ","));
  return CLI::Validator(
      [words = std::move(words)](std::string& text) {
        if (std::ranges::find(words, text) != words.end()) return std::string();
        const std::string others = Format("there is {}", Join(words, ", "));
        return Format("no `{}`; {}", text, DidYouMean(text, words, others));
      },
      list, "choice");
}

}  // namespace ws::driver
