#include "search/source_hash.h"

#include "base/format.h"
#include "base/hash.h"

namespace ws::search {
namespace {

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f'; }

// Length of the comment at the front of `text`; 0 if there is none.
size_t CommentLength(std::string_view text) {
  if (text.starts_with("//")) return std::min(text.find('\n'), text.size());
  if (!text.starts_with("/*")) return 0;
  const size_t end = text.find("*/", 2);
  return end == std::string_view::npos ? text.size() : end + 2;
}

// Length of the string or character literal at the front of `text`; 0 if there is none.
size_t LiteralLength(std::string_view text) {
  const char quote = text.front();
  if (quote != '"' && quote != '\'') return 0;
  for (size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == quote || text[i] == '\n') {
      return i + 1;
    }
  }
  return text.size();
}

}  // namespace

std::string NormaliseSource(std::string_view source) {
  std::string out;
  char gap = 0;  // what stands for the white space and comments since the last character
  while (!source.empty()) {
    if (const size_t comment = CommentLength(source); comment > 0) {
      if (gap == 0) gap = ' ';
      source.remove_prefix(comment);
      continue;
    }
    if (IsSpace(source.front())) {
      gap = gap == '\n' || source.front() == '\n' ? '\n' : ' ';
      source.remove_prefix(1);
      continue;
    }
    if (gap != 0 && !out.empty()) out += gap;
    gap = 0;
    const size_t literal = LiteralLength(source);
    const size_t length = literal > 0 ? std::min(literal, source.size()) : 1;
    out += source.substr(0, length);
    source.remove_prefix(length);
  }
  return out;
}

std::string ContentHash(std::string_view source) {
  return Format("{:016x}", HashText(NormaliseSource(source)));
}

}  // namespace ws::search
