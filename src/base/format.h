// Text formatting: {fmt} behind two functions. The only header that includes {fmt}.
//
//   Format("{}:{}", file, line)            a new string
//   AppendFormat(out, "{:.3f} ms\n", t)    at the end of an existing one
//   Join(values, ", ")                     as an argument of either
//
// Format strings are checked when compiled; formatting does not depend on the locale.
#ifndef WARPSMITH_BASE_FORMAT_H_
#define WARPSMITH_BASE_FORMAT_H_

#include <fmt/format.h>

#include <iterator>
#include <string>
#include <string_view>
#include <utility>

namespace ws {

template <typename... Args>
std::string Format(fmt::format_string<Args...> format, Args&&... args) {
  return fmt::vformat(format, fmt::make_format_args(args...));
}

template <typename... Args>
void AppendFormat(std::string& out, fmt::format_string<Args...> format, Args&&... args) {
  fmt::vformat_to(std::back_inserter(out), format, fmt::make_format_args(args...));
}

template <typename Range>
auto Join(Range&& range, std::string_view separator) {
  return fmt::join(std::forward<Range>(range), separator);
}

}  // namespace ws

#endif  // WARPSMITH_BASE_FORMAT_H_
