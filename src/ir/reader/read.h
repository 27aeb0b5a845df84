// PTX text to IR (PTX ISA 9.0). Device-clean.
//
// Every instruction becomes the operation of ops.def that does the same, or a few of them: carry
// chains, mad24, sad, set, slct and the like are taken apart. Registers keep their declared types.
// The .param variables of calls become registers where they are scalars; arrays lie in the local
// frame and go by address, the array that a function returns too. A call through a pointer becomes
// a chain of comparisons with the functions whose address is taken.
//
// An instruction that the engine does not execute becomes a trap of its own kind, with a warning:
// a kernel that does not reach it runs. Mistakes are reported with their position, and reading goes
// on behind the next semicolon.
#ifndef WARPSMITH_IR_READER_READ_H_
#define WARPSMITH_IR_READER_READ_H_

#include <span>
#include <string_view>

#include "diag/diag.h"
#include "ir/module.h"

namespace ws::ir {

// A symbol of the text that stands for something the module has already: a kernel that is declared
// without a body, or a variable.
struct PtxLink {
  std::string_view symbol;
  FunctionId kernel = {};
  GlobalId variable = {};
};

struct PtxReadOptions {
  std::span<const PtxLink> links = {};
  // `.loc` that names this file of module.sources (by the name that `.file` gives it) becomes the
  // position of the instructions behind it; others, and without, positions are those in the PTX.
  uint32_t lines_of = 0xffffffffu;
};

// Reads `text` to the end of `module`. The text must outlive the module. False after errors; the
// module is of no use then.
WS_HD bool ReadPtx(Arena& arena, std::string_view name, std::string_view text,
                   const PtxReadOptions& options, diag::Sink& sink, Module& module);

}  // namespace ws::ir

#endif  // WARPSMITH_IR_READER_READ_H_
