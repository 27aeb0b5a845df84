#include "exec/printf.h"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstring>

namespace ws::exec {
namespace {

constexpr uint64_t kMostWidth = 4096;

// One conversion specification of C: flags, width, precision, length and letter.
struct Spec {
  std::string flags;  // of "-+ #0"
  uint64_t width = 0;
  uint64_t precision = 0;
  bool has_precision = false;
  int bytes = 4;  // of an integer, by the length
  char letter = 0;
};

class Formatter {
 public:
  Formatter(std::string_view format, const NextValue& next_value, const ReadText& read_text)
      : format_(format), next_value_(next_value), read_text_(read_text) {}

  std::string Run() {
    while (at_ < format_.size()) {
      if (format_[at_] != '%') {
        out_.push_back(format_[at_++]);
        continue;
      }
      ++at_;
      Spec spec;
      Parse(spec);
      if (spec.letter == '%') {
        out_.push_back('%');
      } else if (uint64_t value = 0; spec.letter != 0 && next_value_(BytesOf(spec), &value)) {
        Convert(spec, value);
      }
    }
    return std::move(out_);
  }

 private:
  // What the conversion's argument takes up after the promotions of C.
  static uint32_t BytesOf(const Spec& spec) {
    if (strchr("diuxXo", spec.letter) != nullptr) return spec.bytes == 8 ? 8 : 4;
    return spec.letter == 'c' ? 4 : 8;
  }
  char Peek() const { return at_ < format_.size() ? format_[at_] : '\0'; }
  // A number as it stands, or the next value for *; false if there is neither.
  bool Number(int64_t* number) {
    if (Peek() == '*') {
      ++at_;
      uint64_t value = 0;
      *number = next_value_(4, &value) ? static_cast<int32_t>(value) : 0;
      return true;
    }
    if (!isdigit(static_cast<unsigned char>(Peek()))) return false;
    uint64_t sum = 0;
    while (isdigit(static_cast<unsigned char>(Peek()))) {
      sum = std::min<uint64_t>(sum * 10 + static_cast<uint64_t>(format_[at_++] - '0'), 1u << 20);
    }
    *number = static_cast<int64_t>(sum);
    return true;
  }

  void Parse(Spec& spec) {
    while (Peek() != 0 && strchr("-+ #0", Peek()) != nullptr) {
      if (spec.flags.find(Peek()) == std::string::npos) spec.flags.push_back(Peek());
      ++at_;
    }
    int64_t number = 0;
    if (Number(&number)) {
      if (number < 0) {
        spec.flags.push_back('-');
        number = -number;
      }
      spec.width = std::min(static_cast<uint64_t>(number), kMostWidth);
    }
    if (Peek() == '.') {
      ++at_;
      number = 0;
      Number(&number);
      spec.has_precision = number >= 0;
      if (number > 0) spec.precision = std::min(static_cast<uint64_t>(number), kMostWidth);
    }
    for (; Peek() != 0 && strchr("hlLqjzt", Peek()) != nullptr; ++at_) {
      if (Peek() == 'h') {
        spec.bytes /= 2;
      } else {
        spec.bytes = 8;
      }
    }
    spec.letter = Peek();
    if (at_ < format_.size()) ++at_;
  }

  // The host's own printf writes it, with the flags and numbers as read.
  template <typename T>
  void Write(const Spec& spec, const char* length, T value) {
    std::string format = "%" + spec.flags + "*";
    if (spec.has_precision) format += ".*";
    format += length;
    format += spec.letter;
    const int width = static_cast<int>(spec.width);
    const int precision = static_cast<int>(spec.precision);
    const auto print = [&](char* to, size_t size) {
      return spec.has_precision ? snprintf(to, size, format.c_str(), width, precision, value)
                                : snprintf(to, size, format.c_str(), width, value);
    };
    char text[512];
    const int size = print(text, sizeof text);
    if (size < 0) return;
    if (static_cast<size_t>(size) < sizeof text) {
      out_.append(text, static_cast<size_t>(size));
      return;
    }
    std::string large(static_cast<size_t>(size) + 1, '\0');
    print(large.data(), large.size());
    out_.append(large.data(), static_cast<size_t>(size));
  }

  void Pad(const Spec& spec, const std::string& text) {
    const std::string blanks(spec.width > text.size() ? spec.width - text.size() : 0, ' ');
    const bool left = spec.flags.find('-') != std::string::npos;
    out_ += left ? text + blanks : blanks + text;
  }

  void Convert(const Spec& spec, uint64_t value) {
    const int shift = 64 - 8 * std::max(spec.bytes, 1);
    switch (spec.letter) {
      case 'd':
      case 'i':
        Write(spec, "ll", static_cast<long long>(static_cast<int64_t>(value << shift) >> shift));
        return;
      case 'u':
      case 'x':
      case 'X':
      case 'o':
        Write(spec, "ll", static_cast<unsigned long long>(value << shift >> shift));
        return;
      case 'a':
      case 'A':
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G': {
        double v = 0;
        memcpy(&v, &value, sizeof v);
        Write(spec, "", v);
        return;
      }
      case 'c':
        Pad(spec, std::string(1, static_cast<char>(value & 0xff)));
        return;
      case 'p': {
        char text[32];
        snprintf(text, sizeof text, "0x%llx", static_cast<unsigned long long>(value));
        Pad(spec, value == 0 ? "(nil)" : text);
        return;
      }
      case 's': {
        const uint64_t most = spec.has_precision ? spec.precision : ~uint64_t{0};
        std::string text = value == 0 ? (most < 6 ? "" : "(null)") : read_text_(value, most);
        if (text.size() > most) text.resize(most);
        Pad(spec, text);
        return;
      }
      default:
        return;
    }
  }

  std::string_view format_;
  const NextValue& next_value_;
  const ReadText& read_text_;
  size_t at_ = 0;
  std::string out_;
};

}  // namespace

std::string FormatPrintf(std::string_view format, std::span<const uint64_t> values,
                         const ReadText& read_text) {
  size_t next = 0;
  const NextValue next_value = [&](uint32_t, uint64_t* value) {
    if (next == values.size()) return false;
    *value = values[next++];
    return true;
  };
  return FormatPrintf(format, next_value, read_text);
}

std::string FormatPrintf(std::string_view format, const NextValue& next_value,
                         const ReadText& read_text) {
  return Formatter(format, next_value, read_text).Run();
}

std::string FormatPrintf(std::string_view format, std::span<const uint64_t> values,
                         const std::function<std::string(uint64_t)>& read_text) {
  return FormatPrintf(format, values,
                      ReadText([&](uint64_t address, uint64_t) { return read_text(address); }));
}

std::string StreamFormat::Padded(std::string text) {
  const uint64_t width = width_;
  width_ = 0;
  if (text.size() >= width) return text;
  const std::string blanks(width - text.size(), fill_);
  if (adjust_ == 'l') return text + blanks;
  if (adjust_ != 'i') return blanks + text;
  // Between the sign or the base and the digits.
  size_t at = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  if (text.size() > at + 1 && text[at] == '0' && (text[at + 1] == 'x' || text[at + 1] == 'X')) {
    at += 2;
  }
  return text.substr(0, at) + blanks + text.substr(at);
}

std::string StreamFormat::Put(StreamPut kind, uint64_t bits, uint32_t bytes,
                              const ReadText& read_text) {
  std::string flags = "%";
  if (show_pos_) flags += '+';
  const auto format = [](const std::string& with, auto value) {
    char text[64];
    const int size = snprintf(text, sizeof text, with.c_str(), value);
    if (static_cast<size_t>(size) < sizeof text) return std::string(text);
    std::string large(static_cast<size_t>(size) + 1, '\0');
    snprintf(large.data(), large.size(), with.c_str(), value);
    large.pop_back();
    return large;
  };
  switch (kind) {
    case StreamPut::kBool:
      if (bool_alpha_) return Padded(bits != 0 ? "true" : "false");
      return Put(StreamPut::kSigned, bits, 8, read_text);
    case StreamPut::kSigned:
      if (base_ != 10 && bytes < 8) bits &= (uint64_t{1} << (8 * bytes)) - 1;
      if (base_ != 10) break;
      return Padded(format(flags + "lld", static_cast<long long>(bits)));
    case StreamPut::kUnsigned:
      if (base_ != 10) break;
      return Padded(format("%llu", static_cast<unsigned long long>(bits)));
    case StreamPut::kDouble: {
      double value = 0;
      memcpy(&value, &bits, sizeof value);
      if (show_point_) flags += '#';
      if (float_letter_ != 'a') flags += "." + std::to_string(precision_);
      const char letter = float_letter_;
      flags += uppercase_ ? static_cast<char>(toupper(letter)) : letter;
      return Padded(format(flags, value));
    }
    case StreamPut::kChar:
      return Padded(std::string(1, static_cast<char>(bits & 0xff)));
    case StreamPut::kText:
      return Padded(read_text(bits, ~uint64_t{0}));
    case StreamPut::kPointer:
      return Padded(bits == 0 ? "0" : format("0x%llx", static_cast<unsigned long long>(bits)));
  }
  const char* letter = base_ == 8 ? "llo" : uppercase_ ? "llX" : "llx";
  return Padded(
      format(std::string(show_base_ ? "%#" : "%") + letter, static_cast<unsigned long long>(bits)));
}

std::string StreamFormat::Manipulate(uint64_t manipulator) {
  const int64_t argument = static_cast<int64_t>(manipulator) >> 8;
  switch (static_cast<Manipulator>(manipulator & 0xff)) {
    case Manipulator::kFlush:
      break;
    case Manipulator::kEndl:
      return "\n";
    case Manipulator::kFixed:
      float_letter_ = 'f';
      break;
    case Manipulator::kScientific:
      float_letter_ = 'e';
      break;
    case Manipulator::kDefaultFloat:
      float_letter_ = 'g';
      break;
    case Manipulator::kHexFloat:
      float_letter_ = 'a';
      break;
    case Manipulator::kPrecision:
      precision_ = argument < 0 ? 6 : static_cast<int>(std::min<int64_t>(argument, 4096));
      break;
    case Manipulator::kWidth:
      width_ = argument < 0 ? 0 : std::min(static_cast<uint64_t>(argument), kMostWidth);
      break;
    case Manipulator::kFill:
      fill_ = static_cast<char>(argument & 0xff);
      break;
    case Manipulator::kLeft:
      adjust_ = 'l';
      break;
    case Manipulator::kRight:
      adjust_ = 'r';
      break;
    case Manipulator::kInternal:
      adjust_ = 'i';
      break;
    case Manipulator::kHex:
      base_ = 16;
      break;
    case Manipulator::kDec:
      base_ = 10;
      break;
    case Manipulator::kOct:
      base_ = 8;
      break;
    case Manipulator::kBoolAlpha:
      bool_alpha_ = true;
      break;
    case Manipulator::kNoBoolAlpha:
      bool_alpha_ = false;
      break;
    case Manipulator::kShowPos:
      show_pos_ = true;
      break;
    case Manipulator::kNoShowPos:
      show_pos_ = false;
      break;
    case Manipulator::kShowPoint:
      show_point_ = true;
      break;
    case Manipulator::kNoShowPoint:
      show_point_ = false;
      break;
    case Manipulator::kUppercase:
      uppercase_ = true;
      break;
    case Manipulator::kNoUppercase:
      uppercase_ = false;
      break;
    case Manipulator::kShowBase:
      show_base_ = true;
      break;
    case Manipulator::kNoShowBase:
      show_base_ = false;
      break;
  }
  return "";
}

}  // namespace ws::exec
