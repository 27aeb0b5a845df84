#include "report/html.h"

#include <cmath>
#include <cstdint>

#include "base/format.h"

namespace ws::report {
namespace {

// Length of the well-formed UTF-8 sequence at the front of `text`; 0 if there is none. Overlong
// forms, surrogates and what is beyond U+10FFFF are not well-formed.
size_t SequenceLength(std::string_view text) {
  const auto byte = [&](size_t i) { return static_cast<uint8_t>(text[i]); };
  const uint8_t first = byte(0);
  if (first < 0x80) return 1;
  const size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || text.size() < length) return 0;
  for (size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return 0;
  }
  if (first == 0xe0 && byte(1) < 0xa0) return 0;
  if (first == 0xed && byte(1) > 0x9f) return 0;
  if (first == 0xf0 && byte(1) < 0x90) return 0;
  if (first == 0xf4 && byte(1) > 0x8f) return 0;
  return length;
}

}  // namespace

std::string Escape(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const size_t length = SequenceLength(text);
    const char c = text.front();
    if (length == 0 || (length == 1 && static_cast<uint8_t>(c) < 32 && c != '\n' && c != '\t')) {
      out += "\xef\xbf\xbd";
    } else if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else if (c == '\'') {
      out += "&#39;";
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return out;
}

std::string Number(double value) {
  if (!std::isfinite(value)) return "–";
  const double size = std::abs(value);
  if (size == 0) return "0";
  if (size < 0.01) return Format("{:.2e}", value);
  if (size < 10) return Format("{:.2f}", value);
  if (size < 100) return Format("{:.1f}", value);
  if (size >= 1e15) return Format("{:.3e}", value);
  const std::string digits = Format("{:.0f}", size);
  std::string out = value < 0 ? "-" : "";
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += ',';
    out += digits[i];
  }
  return out;
}

std::string Microseconds(double low, double high) {
  return Format("{} – {} µs", Number(low), Number(high));
}

std::string Times(double low, double high) {
  return Format("{}× – {}×", Number(low), Number(high));
}

}  // namespace ws::report
