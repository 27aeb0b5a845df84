#include "task/toml_scan.h"

#include <algorithm>
#include <cstdint>

#include "base/format.h"

namespace ws::task {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

bool IsControl(char c) {
  const auto byte = static_cast<uint8_t>(c);
  return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7f;
}
bool IsAscii(char c) { return static_cast<uint8_t>(c) < 0x80; }

// Bytes of the character at `at` if it is well-formed UTF-8, else 0.
size_t CharacterBytes(std::string_view text, size_t at) {
  const auto lead = static_cast<uint8_t>(text[at]);
  const size_t bytes = lead >= 0xf0 && lead < 0xf5   ? 4
                       : lead >= 0xe0                ? 3
                       : lead >= 0xc2 && lead < 0xe0 ? 2
                                                     : 0;
  if (lead >= 0xf5 || bytes == 0 || at + bytes > text.size()) return 0;
  for (size_t i = 1; i < bytes; ++i) {
    if ((static_cast<uint8_t>(text[at + i]) & 0xc0) != 0x80) return 0;
  }
  return bytes;
}

StrayCharacter Stray(std::string_view text, size_t at) {
  const size_t bytes = CharacterBytes(text, at);
  if (bytes > 0) return {at, bytes, Format("`{}`", text.substr(at, bytes))};
  return {at, 1, Format("byte 0x{:02x}", static_cast<uint8_t>(text[at]))};
}

// The position behind the string that begins at `at`; where it is not closed, behind its line or
// the text.
size_t SkipString(std::string_view text, size_t at) {
  const char quote = text[at];
  const std::string triple(3, quote);
  const bool is_long = text.substr(at).starts_with(triple);
  at += is_long ? 3 : 1;
  while (at < text.size()) {
    if (is_long && text.substr(at).starts_with(triple)) {
      at += 3;  // up to two quotes before the closing ones are content
      for (int more = 0; more < 2 && at < text.size() && text[at] == quote; ++more) ++at;
      return at;
    }
    if (!is_long && text[at] == quote) return at + 1;
    if (!is_long && text[at] == '\n') return at;
    at += quote == '"' && text[at] == '\\' && at + 1 < text.size() && text[at + 1] != '\n' ? 2 : 1;
  }
  return text.size();
}

}  // namespace

std::optional<StrayCharacter> FindStray(std::string_view text) {
  const auto control = std::ranges::find_if(text, IsControl);
  size_t at = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  const auto end = static_cast<size_t>(control - text.begin());
  while (at < end) {
    if (text[at] == '#') {
      at = std::min(text.find('\n', at), text.size());
    } else if (text[at] == '"' || text[at] == '\'') {
      const size_t behind = std::min(SkipString(text, at), end);
      for (; at < behind; ++at) {
        if (!IsAscii(text[at])) return Stray(text, at);
      }
    } else if (!IsAscii(text[at])) {
      return Stray(text, at);
    } else {
      ++at;
    }
  }
  if (control != text.end()) return Stray(text, end);
  return std::nullopt;
}

}  // namespace ws::task
