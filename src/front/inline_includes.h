// One text that stands alone: what a source includes "by name" in its place. Host only.
#ifndef WARPSMITH_FRONT_INLINE_INCLUDES_H_
#define WARPSMITH_FRONT_INLINE_INCLUDES_H_

#include <string>
#include <string_view>

namespace ws::front {

// `text` with each directive #include "name" replaced by the text of that file, found as
// ReadIncludes finds it, and so on inside; #pragma once becomes a guard. What cannot be replaced
// stays: files that are not found, names that come from macros, and files that include themselves
// without #pragma once. A text without such directives comes back as it is.
std::string InlineIncludes(std::string_view file_name, std::string_view text);

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_INLINE_INCLUDES_H_
