#include "front/inline_includes.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "base/format.h"
#include "front/include_files.h"

namespace ws::front {
namespace {

constexpr uint64_t kMostBytes = uint64_t{8} << 20;  // of the result

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v'; }

std::string_view FolderOf(std::string_view file_name) {
  const size_t slash = file_name.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : file_name.substr(0, slash + 1);
}

// Length of the comment or the literal at the front of `text`; 0 if there is neither.
size_t OpaqueLength(std::string_view text) {
  if (text.starts_with("//")) {
    for (size_t i = 2; i < text.size(); ++i) {
      if (text[i] == '\n' && text[i - 1] != '\\') return i;
    }
    return text.size();
  }
  if (text.starts_with("/*")) {
    const size_t end = text.find("*/", 2);
    return end == std::string_view::npos ? text.size() : end + 2;
  }
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

// Takes blanks and comments that stay on the line off the front.
void SkipBlanks(std::string_view& text) {
  while (!text.empty()) {
    if (IsBlank(text.front())) {
      text.remove_prefix(1);
    } else if (text.starts_with("/*")) {
      text.remove_prefix(OpaqueLength(text));
    } else {
      return;
    }
  }
}

bool TakeWord(std::string_view& text, std::string_view word) {
  SkipBlanks(text);
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

// A directive that matters here, at the front of a line.
struct Directive {
  bool once = false;      // #pragma once
  std::string_view name;  // of #include "name"
  size_t length = 0;      // from # to behind the last word
};

std::optional<Directive> ReadDirective(std::string_view line) {
  std::string_view rest = line;
  if (!TakeWord(rest, "#")) return std::nullopt;
  Directive directive;
  if (TakeWord(rest, "include")) {
    if (!TakeWord(rest, "\"")) return std::nullopt;
    const size_t close = rest.find_first_of("\"\n");
    if (close == std::string_view::npos || rest[close] != '"') return std::nullopt;
    directive.name = rest.substr(0, close);
    rest.remove_prefix(close + 1);
  } else if (TakeWord(rest, "pragma") && TakeWord(rest, "once")) {
    directive.once = true;
  } else {
    return std::nullopt;
  }
  directive.length = line.size() - rest.size();
  return directive;
}

class Inliner {
 public:
  Inliner(std::string_view file_name, std::string_view text)
      : top_(FolderOf(file_name)), files_(ReadIncludes(file_name, text)) {}

  void Append(std::string_view text, std::string_view folder, bool is_main) {
    bool line_begins = true;
    while (!text.empty()) {
      if (line_begins) {
        const std::optional<Directive> directive = ReadDirective(text);
        if (directive && Replace(*directive, folder, is_main)) {
          text.remove_prefix(directive->length);
          continue;
        }
      }
      const size_t length = std::max<size_t>(1, std::min(OpaqueLength(text), text.size()));
      const std::string_view piece = text.substr(0, length);
      out_ += piece;
      const bool is_comment = piece.starts_with("/*");
      line_begins = piece.back() == '\n' || (line_begins && (is_comment || IsBlank(piece[0])));
      text.remove_prefix(length);
    }
  }

  std::string Take() { return std::move(out_); }

 private:
  // Index of the file that `name` means in a file of `folder`.
  std::optional<size_t> Find(std::string_view folder, std::string_view name) const {
    for (const std::string_view place : {folder, std::string_view(top_)}) {
      const std::string path = Format("{}{}", place, name);
      const auto it = std::ranges::find(files_, path, [](const auto& file) { return file.first; });
      if (it != files_.end()) return static_cast<size_t>(it - files_.begin());
    }
    return std::nullopt;
  }

  static bool HasPragmaOnce(std::string_view text) {
    bool line_begins = true;
    while (!text.empty()) {
      if (line_begins) {
        const std::optional<Directive> directive = ReadDirective(text);
        if (directive && directive->once) return true;
      }
      const size_t length = std::max<size_t>(1, std::min(OpaqueLength(text), text.size()));
      line_begins = text[length - 1] == '\n';
      text.remove_prefix(length);
    }
    return false;
  }

  // Writes what stands for a directive; false if the directive stays.
  bool Replace(const Directive& directive, std::string_view folder, bool is_main) {
    if (directive.once) return !is_main;
    const std::optional<size_t> index = Find(folder, directive.name);
    if (!index || out_.size() > kMostBytes) return false;
    const auto& [path, text] = files_[*index];
    const bool once = HasPragmaOnce(text);
    if (std::ranges::find(open_, *index) != open_.end()) return once;
    open_.push_back(*index);
    AppendFormat(out_, "// begin {}\n", directive.name);
    const std::string guard = Format("WARPSMITH_INLINED_{}", *index);
    if (once) AppendFormat(out_, "#ifndef {}\n#define {}\n", guard, guard);
    Append(text, FolderOf(path), /*is_main=*/false);
    if (!out_.ends_with('\n')) out_ += '\n';
    if (once) out_ += "#endif\n";
    AppendFormat(out_, "// end {}", directive.name);
    open_.pop_back();
    return true;
  }

  std::string top_;
  std::vector<std::pair<std::string, std::string>> files_;  // path and text
  std::vector<size_t> open_;                                // files being written, outermost first
  std::string out_;
};

}  // namespace

std::string InlineIncludes(std::string_view file_name, std::string_view text) {
  Inliner inliner(file_name, text);
  inliner.Append(text, FolderOf(file_name), /*is_main=*/true);
  return inliner.Take();
}

}  // namespace ws::front
