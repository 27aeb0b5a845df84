// What a TOML text may not hold outside of comments, found before toml++ sees it: its parser takes
// some such bytes for impossible, and what it does then is undefined. Strings hold such characters as
// \u escapes, because what is a string to us need not be one to that parser in a broken text.
#ifndef WARPSMITH_TASK_TOML_SCAN_H_
#define WARPSMITH_TASK_TOML_SCAN_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace ws::task {

struct StrayCharacter {
  size_t at = 0;     // byte
  size_t bytes = 1;  // of the character, as far as it is UTF-8
  std::string name;  // as a message shows it: `é` or byte 0x80
};

// The first byte that is neither ASCII text nor in a comment; control characters are stray everywhere
// but for tabs and line ends. A byte order mark at the beginning is none.
std::optional<StrayCharacter> FindStray(std::string_view text);

}  // namespace ws::task

#endif  // WARPSMITH_TASK_TOML_SCAN_H_
