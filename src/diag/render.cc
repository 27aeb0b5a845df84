#include "diag/render.h"

#include <cctype>

#include "base/format.h"

namespace ws::diag {
namespace {

constexpr KindInfo kKinds[] = {
#define DIAG(name, severity, message, hint) {#name, Severity::severity, message, hint},
#include "diag/diagnostics.def"
#undef DIAG
};

// Names and literals of a program can be as long as it is.
std::string Shortened(std::string_view text) {
  constexpr size_t kLongest = 160;
  std::string out(text.substr(0, kLongest));
  if (text.size() > kLongest) out += "...";
  return out;
}

std::string Fill(std::string_view pattern, const Arg* args) {
  std::string out;
  for (size_t i = 0; i < pattern.size(); ++i) {
    const bool is_argument = pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}' &&
                             pattern[i + 1] >= '0' && pattern[i + 1] <= '2';
    if (!is_argument) {
      out += pattern[i];
      continue;
    }
    const Arg& arg = args[pattern[i + 1] - '0'];
    out += arg.is_number ? std::to_string(arg.number) : Shortened(arg.text);
    i += 2;
  }
  return out;
}

const char* SeverityName(Severity severity) {
  switch (severity) {
    case Severity::Error:
      return "error";
    case Severity::Warning:
      return "warning";
    case Severity::Note:
      return "note";
  }
  return "";
}

std::string JsonText(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20 || byte >= 0x7f) {
      constexpr char kHex[] = "0123456789abcdef";
      out += "\\u00";
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    } else {
      out += c;
    }
  }
  return out + "\"";
}

}  // namespace

KindInfo InfoOf(Kind kind) { return kKinds[static_cast<uint16_t>(kind)]; }

std::string KebabCase(std::string_view camel) {
  std::string out;
  for (const char c : camel) {
    if (std::isupper(static_cast<unsigned char>(c)) != 0) {
      if (!out.empty()) out += '-';
      out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    } else {
      out += c;
    }
  }
  return out;
}

LineColumn FindLine(const SourceMap& map, Loc loc) {
  const uint32_t index = map.FileOf(loc);
  if (!loc.valid() || index == map.size()) return {};
  const SourceFile& file = map.file(index);
  const std::string_view text = file.text;
  const uint32_t at = loc.offset - file.base;
  LineColumn result{1, 1, {}};
  size_t begin = 0;
  for (size_t end = text.find('\n'); end < at; end = text.find('\n', begin)) {
    ++result.line;
    begin = end + 1;
  }
  result.column = static_cast<uint32_t>(at - begin + 1);
  // Of a line that nobody would read no more than tells so.
  constexpr size_t kMost = 1000;
  result.line_text = text.substr(begin, kMost);
  const size_t end = result.line_text.find('\n');
  if (end != std::string_view::npos) result.line_text = result.line_text.substr(0, end);
  return result;
}

std::vector<Rendered> Render(std::span<const Diagnostic> list, const SourceMap& map) {
  std::vector<Rendered> out;
  for (const Diagnostic& d : list) {
    const KindInfo info = InfoOf(d.kind);
    const LineColumn at = FindLine(map, d.loc);
    const uint32_t file = map.FileOf(d.loc);
    out.push_back({.severity = d.severity,
                   .id = KebabCase(info.name),
                   .message = Fill(info.message, d.args),
                   .hint = Fill(info.hint, d.args),
                   .file = at.line > 0 ? std::string(map.file(file).name) : std::string(),
                   .line = at.line,
                   .column = at.column,
                   .length = d.length,
                   .line_text = std::string(at.line_text)});
  }
  return out;
}

std::string ToText(std::span<const Rendered> list) {
  std::string out;
  for (const Rendered& d : list) {
    if (d.line > 0) {
      out += d.file + ":" + std::to_string(d.line) + ":" + std::to_string(d.column) + ": ";
    }
    out += std::string(SeverityName(d.severity)) + ": " + d.message + " [" + d.id + "]\n";
    if (d.line > 0) {
      std::string line = d.line_text;
      constexpr size_t kWidest = 160;
      if (line.size() <= kWidest) {
        std::string caret;
        for (uint32_t i = 0; i + 1 < d.column && i < line.size(); ++i) {
          caret += line[i] == '\t' ? '\t' : ' ';
        }
        caret += '^';
        for (uint32_t i = 1; i < d.length && d.column - 1 + i < line.size(); ++i) caret += '~';
        AppendFormat(out, "  {}\n  {}\n", line, caret);
      }
    }
    if (!d.hint.empty()) out += "  hint: " + d.hint + "\n";
  }
  return out;
}

std::string ToJson(std::span<const Rendered> list) {
  std::string out = "[";
  for (const Rendered& d : list) {
    if (out.size() > 1) out += ',';
    out += "{\"severity\":" + JsonText(SeverityName(d.severity)) + ",\"id\":" + JsonText(d.id) +
           ",\"message\":" + JsonText(d.message) + ",\"hint\":" + JsonText(d.hint) +
           ",\"file\":" + JsonText(d.file) + ",\"line\":" + std::to_string(d.line) +
           ",\"column\":" + std::to_string(d.column) + ",\"length\":" + std::to_string(d.length) +
           "}";
  }
  return out + "]";
}

}  // namespace ws::diag
