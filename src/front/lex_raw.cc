// device-clean
#include "front/lex.h"

namespace ws::front {

// Behind R"delimiter(text)delimiter", of which `p` is behind the first quote; null if it is none.
WS_HD const char* Lexer::EndOfRaw(const char* p) const {
  constexpr size_t kLongestDelimiter = 16;
  const char* const delimiter = p;
  while (p < end_ && *p != '(' && *p != ')' && *p != '\\' && *p != '"' && *p != ' ' && *p != '\n') {
    ++p;
  }
  const auto length = static_cast<size_t>(p - delimiter);
  if (p >= end_ || *p != '(' || length > kLongestDelimiter) return nullptr;
  for (++p; p < end_; ++p) {
    if (*p != ')' || static_cast<size_t>(end_ - p) < length + 2 || p[length + 1] != '"') continue;
    size_t same = 0;
    while (same < length && p[1 + same] == delimiter[same]) ++same;
    if (same < length) continue;
    return p + length + 2;
  }
  sink_->Report(diag::Kind::kUnterminatedLiteral, LocOf(delimiter - 1), 1, "raw string");
  return end_;
}

}  // namespace ws::front
