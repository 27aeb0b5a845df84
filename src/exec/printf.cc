#include "exec/printf.h"

#include <cstdio>
#include <cstring>

namespace ws::exec {
namespace {

constexpr size_t kMaxWidth = 128;

// One conversion specification of C: flags, width, precision and letter; lengths are dropped.
struct Spec {
  std::string flags;  // "%-08.3"
  char letter = 0;
  bool is_long = false;
};

size_t ParseSpec(std::string_view format, size_t at, Spec& spec) {
  spec.flags = "%";
  ++at;
  uint32_t number = 0;
  for (; at < format.size(); ++at) {
    const char c = format[at];
    if (strchr("-+ #0.", c) != nullptr) {
      number = 0;
    } else if (c >= '0' && c <= '9') {
      number = number * 10 + static_cast<uint32_t>(c - '0');
      if (number > kMaxWidth) continue;
    } else if (strchr("hljzt", c) != nullptr) {
      spec.is_long = spec.is_long || c != 'h';
      continue;
    } else {
      spec.letter = c;
      return at + 1;
    }
    if (spec.flags.size() < 24) spec.flags.push_back(c);
  }
  return at;
}

}  // namespace

std::string FormatPrintf(std::string_view format, std::span<const uint64_t> values,
                         const std::function<std::string(uint64_t)>& read_text) {
  std::string out;
  size_t next = 0;
  for (size_t at = 0; at < format.size();) {
    if (format[at] != '%') {
      out.push_back(format[at++]);
      continue;
    }
    Spec spec;
    at = ParseSpec(format, at, spec);
    if (spec.letter == '%') {
      out.push_back('%');
      continue;
    }
    if (spec.letter == 0 || next >= values.size()) continue;
    const uint64_t value = values[next++];
    char text[512] = {};
    const std::string& flags = spec.flags;
    switch (spec.letter) {
      case 'd':
      case 'i': {
        const long long v = spec.is_long ? static_cast<long long>(value)
                                         : static_cast<long long>(static_cast<int32_t>(value));
        snprintf(text, sizeof text, (flags + "lld").c_str(), v);
        break;
      }
      case 'u':
      case 'x':
      case 'X':
      case 'o': {
        const unsigned long long v =
            spec.is_long ? value : static_cast<unsigned long long>(static_cast<uint32_t>(value));
        snprintf(text, sizeof text, (flags + "ll" + spec.letter).c_str(), v);
        break;
      }
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G': {
        double v = 0;
        memcpy(&v, &value, sizeof v);
        snprintf(text, sizeof text, (flags + spec.letter).c_str(), v);
        break;
      }
      case 'c':
        snprintf(text, sizeof text, "%c", static_cast<int>(value & 0xff));
        break;
      case 'p':
        snprintf(text, sizeof text, "0x%llx", static_cast<unsigned long long>(value));
        break;
      case 's':
        out += read_text(value);
        continue;
      default:
        continue;
    }
    out += text;
  }
  return out;
}

}  // namespace ws::exec
