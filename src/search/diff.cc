#include "search/diff.h"

#include <algorithm>

#include "base/format.h"

namespace ws::search {
namespace {

std::vector<std::string_view> Lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return lines;
}

constexpr size_t kMostLines = 3000;

}  // namespace

std::vector<DiffLine> Diff(std::string_view old_text, std::string_view new_text) {
  const std::vector<std::string_view> a = Lines(old_text), b = Lines(new_text);
  // common[i][j]: longest common subsequence of a[i..] and b[j..].
  const bool whole = a.size() > kMostLines || b.size() > kMostLines;
  const size_t width = b.size() + 1;
  std::vector<uint16_t> common(whole ? 0 : (a.size() + 1) * width);
  for (size_t i = whole ? 0 : a.size(); i-- > 0;) {
    for (size_t j = b.size(); j-- > 0;) {
      common[i * width + j] =
          a[i] == b[j] ? static_cast<uint16_t>(common[(i + 1) * width + j + 1] + 1)
                       : std::max(common[(i + 1) * width + j], common[i * width + j + 1]);
    }
  }
  std::vector<DiffLine> lines;
  size_t i = 0, j = 0;
  while (i < a.size() || j < b.size()) {
    const bool both = i < a.size() && j < b.size() && !whole;
    if (both && a[i] == b[j]) {
      lines.push_back({' ', static_cast<uint32_t>(i + 1), static_cast<uint32_t>(j + 1), a[i]});
      ++i, ++j;
    } else if (i < a.size() &&
               (!both || common[(i + 1) * width + j] >= common[i * width + j + 1])) {
      lines.push_back({'-', static_cast<uint32_t>(i + 1), 0, a[i]});
      ++i;
    } else {
      lines.push_back({'+', 0, static_cast<uint32_t>(j + 1), b[j]});
      ++j;
    }
  }
  return lines;
}

std::string UnifiedDiff(std::string_view old_text, std::string_view new_text, uint32_t context) {
  const std::vector<DiffLine> lines = Diff(old_text, new_text);
  std::string out;
  size_t next = 0;  // first line not yet printed
  for (size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].mark == ' ') continue;
    // The hunk ends where 2 * context lines in a row are kept.
    size_t last = i;
    for (size_t j = i; j < lines.size() && j - last <= 2 * size_t{context}; ++j) {
      if (lines[j].mark != ' ') last = j;
    }
    const size_t begin = std::max(next, i > context ? i - context : 0);
    const size_t end = std::min(lines.size(), last + context + 1);
    uint32_t old_first = 0, new_first = 0, old_count = 0, new_count = 0;
    for (size_t j = begin; j < end; ++j) {
      if (lines[j].old_line != 0 && old_count++ == 0) old_first = lines[j].old_line;
      if (lines[j].new_line != 0 && new_count++ == 0) new_first = lines[j].new_line;
    }
    AppendFormat(out, "@@ -{},{} +{},{} @@\n", old_first, old_count, new_first, new_count);
    for (size_t j = begin; j < end; ++j) {
      out += lines[j].mark;
      out += lines[j].text;
      out += '\n';
    }
    next = end;
    i = end - 1;
  }
  return out;
}

}  // namespace ws::search
