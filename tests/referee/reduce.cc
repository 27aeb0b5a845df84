#include "tests/referee/reduce.h"

#include <algorithm>

namespace ws::referee {
namespace {

// Whether the line at `at` stands before the program's own, or is one that all programs have: these
// are indented, or begin a kernel.
bool IsFrame(const std::string& text, size_t at, size_t head_bytes) {
  if (at < head_bytes) return true;
  const size_t begin = text.rfind('\n', at) + 1;
  return text.compare(begin, 2, "  ") == 0 || text.compare(begin, 11, "__global__ ") == 0 ||
         text.compare(begin, 5, "void ") == 0;
}

// Where the parenthesis at `open` closes; npos if it does not.
size_t Closing(const std::string& text, size_t open) {
  uint32_t depth = 0;
  for (size_t i = open; i < text.size(); ++i) {
    if (text[i] == '(') ++depth;
    if (text[i] == ')' && --depth == 0) return i;
  }
  return std::string::npos;
}

}  // namespace

std::string Reduce(const Program& program, const std::function<bool(const std::string&)>& holds,
                   uint32_t most_tries, bool parentheses) {
  std::vector<bool> out(program.parts.size(), false);
  std::vector<size_t> order(program.parts.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  // The longest first.
  std::ranges::sort(order, [&](size_t a, size_t b) {
    return program.parts[a].second - program.parts[a].first >
           program.parts[b].second - program.parts[b].first;
  });
  const auto without = [&] {
    std::string text;
    for (size_t i = 0; i < program.text.size(); ++i) {
      bool left_out = false;
      for (size_t p = 0; p < out.size() && !left_out; ++p) {
        left_out = out[p] && i >= program.parts[p].first && i < program.parts[p].second;
      }
      if (!left_out) text += program.text[i];
    }
    return text;
  };
  uint32_t tries = 0;
  for (const size_t p : order) {
    if (tries++ == most_tries) return without();
    out[p] = true;
    if (!holds(without())) out[p] = false;
  }
  std::string text = without();
  if (!parentheses) return text;
  for (size_t open = text.find('('); open != std::string::npos; open = text.find('(', open + 1)) {
    if (tries++ >= most_tries) break;
    const size_t close = Closing(text, open);
    const bool is_layout = text.compare(open >= 9 ? open - 9 : 0, 9, "__align__") == 0;
    if (close == std::string::npos || close < open + 3 || is_layout) continue;
    if (IsFrame(text, open, program.head_bytes)) continue;
    for (const char* simple : {"(1)", "(0)"}) {
      std::string smaller = text;
      smaller.replace(open, close - open + 1, simple);
      if (!holds(smaller)) continue;
      text = smaller;
      break;
    }
  }
  return text;
}

}  // namespace ws::referee
