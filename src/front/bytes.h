// Text read eight bytes at a time. Device-clean.
//
// Eight bytes are one little-endian number, the first byte lowest. A question about each of them is
// answered by marks: the high bits of the bytes for which it holds.
#ifndef WARPSMITH_FRONT_BYTES_H_
#define WARPSMITH_FRONT_BYTES_H_

#include <bit>
#include <cstdint>
#include <cstring>

#include "base/macros.h"

namespace ws::front {

// Text that is read so has this many readable bytes behind it, the first of which is 0.
inline constexpr uint32_t kTextPadding = 8;

inline constexpr uint64_t kEachByte = 0x0101010101010101u;
inline constexpr uint64_t kMarks = 0x80 * kEachByte;

WS_HD inline uint64_t LoadBytes(const char* p) {
  uint64_t bytes;
  memcpy(&bytes, p, sizeof(bytes));
  return bytes;
}

// Of bytes below 0x80: those from `first` to `last`.
WS_HD constexpr uint64_t MarkRange(uint64_t ascii, char first, char last) {
  const uint64_t from = ascii + static_cast<uint64_t>(0x80 - first) * kEachByte;
  const uint64_t above = ascii + static_cast<uint64_t>(0x7f - last) * kEachByte;
  return from & ~above & kMarks;
}
// Letters, digits and _.
WS_HD constexpr uint64_t MarkWordParts(uint64_t bytes) {
  const uint64_t ascii = bytes & ~kMarks;
  const uint64_t lower = ascii | 0x20 * kEachByte;
  return (MarkRange(lower, 'a', 'z') | MarkRange(ascii, '0', '9') | MarkRange(ascii, '_', '_')) &
         ~bytes;
}
WS_HD constexpr uint64_t MarkEqual(uint64_t bytes, char c) {
  const uint64_t difference = bytes ^ static_cast<unsigned char>(c) * kEachByte;
  return ~(((difference & ~kMarks) + ~kMarks) | difference) & kMarks;
}

// Bytes before the first mark; 8 if there is none.
WS_HD constexpr uint32_t BytesBefore(uint64_t marks) {
  return static_cast<uint32_t>(std::countr_zero(marks)) / 8;
}
// The bytes before the first of the marks, of which there must be one; the others are 0.
WS_HD constexpr uint64_t KeepBefore(uint64_t bytes, uint64_t marks) {
  return bytes & (((marks & (0 - marks)) >> 7) - 1);
}

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_BYTES_H_
