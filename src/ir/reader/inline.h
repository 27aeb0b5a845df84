// PTX statements inside of a function that is being written: inline assembly. Device-clean.
#ifndef WARPSMITH_IR_READER_INLINE_H_
#define WARPSMITH_IR_READER_INLINE_H_

#include <span>
#include <string_view>

#include "diag/diag.h"
#include "ir/builder.h"

namespace ws::ir {

namespace reader {
class Reader;
}

struct InlinePtx {
  // Lives as long as the reader does.
  std::string_view text;
  // Of each byte of the text, and of its end, where it stands in the source map.
  const uint32_t* places = nullptr;
  // What %0, %1 and so on are: registers of .b16, .b32, .b64, .f32 or .f64.
  std::span<const RegId> operands;
  // A predicate that holds the carry before and behind the text; none: the text's function has one.
  RegId carry = {};
  // The function that is written, and how much local memory it has, in bytes; .local adds to it.
  FunctionId function = {};
  uint32_t* frame_bytes = nullptr;
};

// Reads such texts one after the other, as PTX of the newest version for the newest target that
// runs here. The carry that .cc leaves lasts from one text of a function to the next, if the texts
// are given no register for it.
class InlineReader {
 public:
  WS_HD InlineReader(Arena& arena, diag::Sink& sink, Module& module);

  // Appends the statements where `builder` stands; it may be in another block afterwards, or in
  // none. False after errors.
  WS_HD bool Read(const InlinePtx& code, FunctionBuilder& builder);

 private:
  reader::Reader* reader_ = nullptr;  // none if the arena was full
};

}  // namespace ws::ir

#endif  // WARPSMITH_IR_READER_INLINE_H_
