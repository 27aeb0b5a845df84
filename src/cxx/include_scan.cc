#include "cxx/include_scan.h"

#include <algorithm>

namespace ws::cxx {
namespace {

// Characters that some compiler passes over: Unicode has spaces too.
bool IsBlank(char c) {
  return c == ' ' || c == '\t' || c == '\v' || c == '\f' || c == '\r' || c == '\0' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool IsOfWord(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// Bytes of a continuation of the line at `at`, with blanks behind its backslash as clang has it.
size_t Splice(std::string_view text, size_t at) {
  if (at >= text.size() || text[at] != '\\') return 0;
  size_t end = at + 1;
  while (end < text.size() && text[end] != '\n' && IsBlank(text[end])) ++end;
  if (end < text.size() && text[end] == '\n') return end + 1 - at;
  return text.substr(at + 1).starts_with('\r') ? 2 : 0;
}

// The comment that was read last: where its text begins, and behind it.
struct Comment {
  size_t begin = 0, end = 0;
};

// Reads on from a place of the text, without continuations.
class Cursor {
 public:
  Cursor(std::string_view text, size_t at, Comment& last) : text_(text), at_(at), last_(&last) {
    Skip();
  }

  size_t at() const { return at_; }
  bool AtEnd() const { return at_ >= text_.size() || text_[at_] == '\n'; }
  char Peek() const { return at_ < text_.size() ? text_[at_] : '\n'; }
  char Take() {
    const char c = Peek();
    ++at_;
    Skip();
    return c;
  }
  // Blanks and comments.
  void TakeBlanks() {
    while (!AtEnd()) {
      Cursor next = *this;
      if (IsBlank(Peek())) {
        Take();
      } else if (Peek() == '/' && (next.Take(), next.Peek() == '*')) {
        *this = next;
        Take();
        TakeComment();
      } else {
        return;
      }
    }
  }
  std::string TakeWord() {
    std::string word;
    while (IsOfWord(Peek())) word += Take();
    return word;
  }

 private:
  void Skip() {
    while (const size_t bytes = Splice(text_, at_)) at_ += bytes;
  }
  void TakeComment() {
    // What begins in a comment ends with it, so that no text is read again and again.
    if (at_ >= last_->begin && at_ + 1 < last_->end) {
      at_ = last_->end;
      return;
    }
    last_->begin = at_;
    char before = 0;
    bool is_closed = false;
    while (at_ < text_.size() && !is_closed) {
      const char c = text_[at_];
      ++at_;
      Skip();
      is_closed = before == '*' && c == '/';
      before = c;
    }
    last_->end = at_;
  }

  std::string_view text_;
  size_t at_;
  Comment* last_;
};

// Whether what is at `at` may be the first of its line but for blanks and comments.
bool MayBeginLine(std::string_view text, size_t at) {
  while (at > 0) {
    const char c = text[at - 1];
    if (c == '\n' && at > 1 && text[at - 2] == '\\') {
      at -= 2;
    } else if (c == '\n' || c == '\r') {
      return true;
    } else if (c == '/') {
      return at > 1 && (text[at - 2] == '*' || text[at - 2] == '\n');  // the end of a comment
    } else if (IsBlank(c)) {
      --at;
    } else {
      return false;
    }
  }
  return true;
}

// The line behind whose # the cursor stands, if it is one.
bool ReadLine(Cursor cursor, IncludeLine& line) {
  cursor.TakeBlanks();
  const std::string word = cursor.TakeWord();
  if (word != "include" && word != "include_next" && word != "import" && word != "embed") {
    return false;
  }
  cursor.TakeBlanks();
  line.end = cursor.at();
  const char open = cursor.Peek();
  if (open != '<' && open != '"') return true;
  cursor.Take();
  while (!cursor.AtEnd() && cursor.Peek() != (open == '<' ? '>' : '"')) {
    line.header += cursor.Take();
  }
  line.is_plain = word == "include" && !cursor.AtEnd();
  if (!cursor.AtEnd()) cursor.Take();
  line.end = cursor.at();
  if (!line.is_plain) line.header.clear();
  return true;
}

}  // namespace

std::vector<IncludeLine> FindIncludes(std::string_view text) {
  std::vector<IncludeLine> found;
  Comment comment;
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '#' && text[at] != '%') continue;
    Cursor behind(text, at, comment);
    if (behind.Take() == '%' && behind.Take() != ':') continue;
    if (!MayBeginLine(text, at)) continue;
    IncludeLine line;
    line.begin = at;
    if (!ReadLine(behind, line)) continue;
    line.end = std::min(line.end, text.size());
    found.push_back(line);
    at = line.end - 1;
  }
  return found;
}

bool ReadsUnknownFiles(std::string_view text) {
  return std::ranges::any_of(FindIncludes(text),
                             [](const IncludeLine& line) { return !line.is_plain; });
}

}  // namespace ws::cxx
