// printf of executed programs: the conversions of C, on values given as 64-bit registers.
#ifndef WARPSMITH_EXEC_PRINTF_H_
#define WARPSMITH_EXEC_PRINTF_H_

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace ws::exec {

// `read_text` gives the text behind an address (%s). Floating values are doubles. A conversion
// without a value prints nothing.
std::string FormatPrintf(std::string_view format, std::span<const uint64_t> values,
                         const std::function<std::string(uint64_t)>& read_text);

}  // namespace ws::exec

#endif  // WARPSMITH_EXEC_PRINTF_H_
