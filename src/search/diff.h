// Line differences between two texts.
#ifndef WARPSMITH_SEARCH_DIFF_H_
#define WARPSMITH_SEARCH_DIFF_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ws::search {

// A line of the merged text: kept in both, only in the old, only in the new. Line numbers from 1;
// 0 where the line is not in that text.
struct DiffLine {
  char mark = ' ';  // ' ', '-', '+'
  uint32_t old_line = 0, new_line = 0;
  std::string_view text;
};

// The shortest difference; texts of more than 3000 lines are compared as one whole change. The
// result points into both texts.
std::vector<DiffLine> Diff(std::string_view old_text, std::string_view new_text);

// Unified format with `context` lines around each change, without file headers; empty if equal.
std::string UnifiedDiff(std::string_view old_text, std::string_view new_text, uint32_t context = 3);

}  // namespace ws::search

#endif  // WARPSMITH_SEARCH_DIFF_H_
