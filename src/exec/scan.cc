// scanf of executed programs: the conversions of C on a text.
#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "exec/host_streams.h"

namespace ws::exec {
namespace {

bool IsBlank(char c) { return isspace(static_cast<unsigned char>(c)) != 0; }
bool IsDigit(char c) { return isdigit(static_cast<unsigned char>(c)) != 0; }

struct Spec {
  bool skips = false;  // %*d
  uint64_t width = ~uint64_t{0};
  uint32_t bytes = 4;  // of an integer
  char letter = 0;
  std::string set;  // of [
  bool inverted = false;
};

class Scanner {
 public:
  Scanner(std::string_view text, uint64_t at, std::string_view format, const StoreScanned& store)
      : text_(text), format_(format), store_(store), at_(std::min<uint64_t>(at, text.size())) {}

  int Run() {
    while (k_ < format_.size()) {
      const char c = format_[k_];
      if (IsBlank(c)) {
        SkipBlanks();
        ++k_;
      } else if (c != '%') {
        if (AtEnd()) return Result();
        if (text_[at_] != c) return stored_;
        ++at_;
        ++k_;
      } else {
        ++k_;
        if (!Convert()) return failed_by_end_ ? Result() : stored_;
      }
    }
    return stored_;
  }
  uint64_t at() const { return at_; }

 private:
  bool AtEnd() const { return at_ >= text_.size(); }
  int Result() const { return stored_ == 0 && !converted_ ? -1 : stored_; }
  void SkipBlanks() {
    while (!AtEnd() && IsBlank(text_[at_])) ++at_;
  }

  Spec ReadSpec() {
    Spec spec;
    const auto peek = [&] { return k_ < format_.size() ? format_[k_] : '\0'; };
    if (peek() == '*') {
      spec.skips = true;
      ++k_;
    }
    if (IsDigit(peek())) spec.width = 0;
    while (IsDigit(peek())) {
      spec.width =
          std::min<uint64_t>(spec.width * 10 + static_cast<uint64_t>(peek() - '0'), 1u << 20);
      ++k_;
    }
    bool is_long = false;
    for (; peek() != 0 && strchr("hlLqjzt", peek()) != nullptr; ++k_) {
      if (peek() == 'h') {
        spec.bytes /= 2;
      } else {
        spec.bytes = 8;
        is_long = true;
      }
    }
    spec.letter = peek();
    if (k_ < format_.size()) ++k_;
    if (spec.letter == 'p') spec.bytes = 8;
    if (strchr("fFeEgGaA", spec.letter) != nullptr) spec.bytes = is_long ? 8 : 4;
    if (spec.letter == '[') ReadSet(spec);
    return spec;
  }

  void ReadSet(Spec& spec) {
    if (k_ < format_.size() && format_[k_] == '^') {
      spec.inverted = true;
      ++k_;
    }
    const size_t first = k_;
    for (; k_ < format_.size() && (format_[k_] != ']' || k_ == first); ++k_) {
      const bool is_range =
          format_[k_] == '-' && k_ > first && k_ + 1 < format_.size() && format_[k_ + 1] != ']';
      if (!is_range) {
        spec.set.push_back(format_[k_]);
        continue;
      }
      ++k_;
      for (int c = static_cast<unsigned char>(format_[k_ - 2]);
           c <= static_cast<unsigned char>(format_[k_]); ++c) {
        spec.set.push_back(static_cast<char>(c));
      }
    }
    if (k_ < format_.size()) ++k_;
  }

  bool Convert() {
    const Spec spec = ReadSpec();
    if (strchr("[cn", spec.letter) == nullptr) SkipBlanks();
    if (spec.letter == 'n') {
      const auto count = static_cast<int64_t>(at_);
      return Store(spec, &count, false);
    }
    if (spec.letter == '%') {
      if (AtEnd() || text_[at_] != '%') return false;
      ++at_;
      return true;
    }
    if (AtEnd()) {
      failed_by_end_ = true;
      return false;
    }
    if (spec.letter != 0 && strchr("diuxXop", spec.letter) != nullptr) return Integer(spec);
    if (spec.letter != 0 && strchr("fFeEgGaA", spec.letter) != nullptr) return Float(spec);
    if (spec.letter == 's' || spec.letter == '[') return Word(spec);
    if (spec.letter != 'c') return false;
    const uint64_t wanted = spec.width == ~uint64_t{0} ? 1 : spec.width;
    if (wanted > text_.size() - at_) {
      failed_by_end_ = true;
      return false;
    }
    const std::string_view bytes = text_.substr(at_, wanted);
    at_ += wanted;
    return Put(spec, bytes, true);
  }

  bool Integer(const Spec& spec) {
    constexpr uint64_t kMost = 128;
    const std::string word(text_.substr(at_, std::min(spec.width, kMost)));
    const int base = spec.letter == 'x' || spec.letter == 'X' || spec.letter == 'p' ? 16
                     : spec.letter == 'o'                                           ? 8
                     : spec.letter == 'i'                                           ? 0
                                                                                    : 10;
    char* end = nullptr;
    const bool is_signed = spec.letter == 'd' || spec.letter == 'i';
    const auto value = is_signed ? static_cast<uint64_t>(strtoll(word.c_str(), &end, base))
                                 : strtoull(word.c_str(), &end, base);
    if (end == word.c_str()) return false;
    at_ += static_cast<uint64_t>(end - word.c_str());
    return Store(spec, &value, true);
  }

  bool Float(const Spec& spec) {
    constexpr uint64_t kMost = 512;
    const std::string word(text_.substr(at_, std::min(spec.width, kMost)));
    char* end = nullptr;
    const double value = strtod(word.c_str(), &end);
    if (end == word.c_str()) return false;
    at_ += static_cast<uint64_t>(end - word.c_str());
    if (spec.bytes == 8) return Store(spec, &value, true);
    const float narrow = strtof(word.c_str(), nullptr);
    return Store(spec, &narrow, true);
  }

  bool Word(const Spec& spec) {
    const uint64_t first = at_;
    while (!AtEnd() && at_ - first < spec.width) {
      const bool in_set = spec.set.find(text_[at_]) != std::string::npos;
      if (spec.letter == 's' ? IsBlank(text_[at_]) : in_set == spec.inverted) break;
      ++at_;
    }
    if (at_ == first) return false;
    std::string bytes(text_.substr(first, at_ - first));
    bytes.push_back('\0');
    return Put(spec, bytes, true);
  }

  bool Store(const Spec& spec, const void* value, bool counts) {
    return Put(spec, {static_cast<const char*>(value), spec.bytes}, counts);
  }
  bool Put(const Spec& spec, std::string_view bytes, bool counts) {
    converted_ |= counts;
    if (spec.skips) return true;
    if (!store_(argument_++, bytes)) return false;
    if (counts) ++stored_;
    return true;
  }

  std::string_view text_, format_;
  const StoreScanned& store_;
  uint64_t at_;
  size_t k_ = 0;
  uint32_t argument_ = 0;
  int stored_ = 0;
  bool converted_ = false, failed_by_end_ = false;
};

}  // namespace

int ScanText(std::string_view text, uint64_t* at, std::string_view format,
             const StoreScanned& store) {
  Scanner scanner(text, *at, format, store);
  const int result = scanner.Run();
  *at = scanner.at();
  return result;
}

}  // namespace ws::exec
