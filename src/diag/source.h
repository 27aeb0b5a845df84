// Source files of one program and positions in them. Device-clean.
//
// All files of a program lie one behind another in one space of 32-bit offsets, so that a position
// is a single number. Offset 0 is no position.
#ifndef WARPSMITH_DIAG_SOURCE_H_
#define WARPSMITH_DIAG_SOURCE_H_

#include <cstdint>
#include <string_view>

#include "base/arena.h"
#include "base/macros.h"

namespace ws::diag {

// A position: an offset in the SourceMap. 0 means unknown.
struct Loc {
  uint32_t offset = 0;
  WS_HD constexpr bool valid() const { return offset != 0; }
  WS_HD constexpr bool operator==(const Loc& o) const { return offset == o.offset; }
};

struct SourceFile {
  std::string_view name;  // as the user gave it; printed in diagnostics
  std::string_view text;
  uint32_t base = 0;  // offset of text[0] in the map
};

// The files of one program. Names and texts must outlive the map.
class SourceMap {
 public:
  SourceMap() = default;
  WS_HD explicit SourceMap(Arena& arena) : files_(arena) {}

  // Adds a file and returns its index.
  WS_HD uint32_t Add(std::string_view name, std::string_view text) {
    const uint32_t base = next_;
    next_ += static_cast<uint32_t>(text.size()) + 1;
    files_.push_back({name, text, base});
    return files_.size() - 1;
  }
  WS_HD uint32_t size() const { return files_.size(); }
  WS_HD const SourceFile& file(uint32_t index) const { return files_[index]; }

  // Index of the file that holds `loc`; size() if none does.
  WS_HD uint32_t FileOf(Loc loc) const {
    for (uint32_t i = 0; i < files_.size(); ++i) {
      const SourceFile& f = files_[i];
      if (loc.offset >= f.base && loc.offset <= f.base + f.text.size()) return i;
    }
    return files_.size();
  }
  // Text of `length` bytes at `loc`; clipped to the file.
  WS_HD std::string_view Text(Loc loc, uint32_t length) const {
    const uint32_t index = FileOf(loc);
    if (index == files_.size()) return {};
    const SourceFile& f = files_[index];
    const uint32_t begin = loc.offset - f.base;
    const uint32_t left = static_cast<uint32_t>(f.text.size()) - begin;
    return {f.text.data() + begin, length < left ? length : left};
  }

 private:
  Vec<SourceFile> files_;
  uint32_t next_ = 1;
};

// Line and column, both from 1, columns in bytes. Host only.
struct LineColumn {
  uint32_t line = 0;
  uint32_t column = 0;
  std::string_view line_text;  // without its line end
};
LineColumn FindLine(const SourceMap& map, Loc loc);

}  // namespace ws::diag

#endif  // WARPSMITH_DIAG_SOURCE_H_
