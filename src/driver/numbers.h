// Checks of numbers on the command line whose messages say what would be taken. Texts that are no
// number, have something behind it, or do not fit are refused before they are converted.
#ifndef WARPSMITH_DRIVER_NUMBERS_H_
#define WARPSMITH_DRIVER_NUMBERS_H_

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace ws::driver {

// The whole number that `text` is, in decimal digits, if it is from `low` to `high`.
Result<uint64_t> ParseWhole(std::string_view text, uint64_t low, uint64_t high);

// For CLI::Option::check: whole numbers, or any, from `low` to `high`.
CLI::Validator WholeNumber(uint64_t low, uint64_t high);
CLI::Validator Number(double low, double high);

}  // namespace ws::driver

#endif  // WARPSMITH_DRIVER_NUMBERS_H_
