// Checks of values on the command line whose messages say what would be taken. Texts that are no
// number, have something behind it, or do not fit are refused before they are converted.
#ifndef WARPSMITH_DRIVER_VALUES_H_
#define WARPSMITH_DRIVER_VALUES_H_

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ws::driver {

// The whole number that `text` is, in decimal digits, if it is from `low` to `high`.
Result<uint64_t> ParseWhole(std::string_view text, uint64_t low, uint64_t high);

// For CLI::Option::check: whole numbers, or any, from `low` to `high`.
CLI::Validator WholeNumber(uint64_t low, uint64_t high);
CLI::Validator Number(double low, double high);
// One of these words; a typing error is told from something else.
CLI::Validator Choice(std::vector<std::string_view> words);

}  // namespace ws::driver

#endif  // WARPSMITH_DRIVER_VALUES_H_
