// printf of executed programs: the conversions of C as glibc writes them, on values given as 64-bit
// registers; and what std::ostream writes.
#ifndef WARPSMITH_EXEC_PRINTF_H_
#define WARPSMITH_EXEC_PRINTF_H_

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace ws::exec {

// The text behind an address, at most `most` bytes of it.
using ReadText = std::function<std::string(uint64_t address, uint64_t most)>;

// The next argument, which takes up 4 or 8 bytes; false if there is none.
using NextValue = std::function<bool(uint32_t bytes, uint64_t* value)>;

// Floating values are doubles. A conversion without a value prints nothing; %n is not done and
// prints nothing. Widths and precisions beyond 4096 count as 4096.
std::string FormatPrintf(std::string_view format, std::span<const uint64_t> values,
                         const ReadText& read_text);
// The same with values that are fetched as the format asks for them.
std::string FormatPrintf(std::string_view format, const NextValue& next_value,
                         const ReadText& read_text);
// The same where texts are read to their ends.
std::string FormatPrintf(std::string_view format, std::span<const uint64_t> values,
                         const std::function<std::string(uint64_t)>& read_text);

// What is inserted into a std::ostream.
enum class StreamPut : uint8_t { kSigned, kUnsigned, kDouble, kChar, kText, kPointer, kBool };

// A manipulator is `kind | argument << 8`; the numbers are those of builtins.def.
enum class Manipulator : uint8_t {
  kFlush,
  kEndl,
  kFixed,
  kScientific,
  kDefaultFloat,
  kPrecision,
  kWidth,
  kFill,
  kLeft,
  kRight,
  kInternal,
  kHex,
  kDec,
  kOct,
  kBoolAlpha,
  kNoBoolAlpha,
  kShowPos,
  kNoShowPos,
  kShowPoint,
  kNoShowPoint,
  kUppercase,
  kNoUppercase,
  kShowBase,
  kNoShowBase,
  kHexFloat,
};

// The state of one std::ostream.
class StreamFormat {
 public:
  // What the value is written as; the width lasts for one value. `bytes` is the size of a signed
  // integer, which other bases than ten show as it stands.
  std::string Put(StreamPut kind, uint64_t bits, uint32_t bytes, const ReadText& read_text);
  std::string Manipulate(uint64_t manipulator);
  int precision() const { return precision_; }
  uint64_t width() const { return width_; }
  char fill() const { return fill_; }

 private:
  std::string Padded(std::string text);

  int precision_ = 6;
  uint64_t width_ = 0;
  char fill_ = ' ';
  char float_letter_ = 'g';  // f, e, g, a
  char adjust_ = 'r';        // r, l, i
  int base_ = 10;
  bool bool_alpha_ = false, show_pos_ = false, show_point_ = false, uppercase_ = false;
  bool show_base_ = false;
};

}  // namespace ws::exec

#endif  // WARPSMITH_EXEC_PRINTF_H_
