#include "ir/ptx_program.h"

#include "ir/reader/read.h"

namespace ws::ir {

PtxProgram::PtxProgram(std::string name, std::string text)
    : name_(std::move(name)), text_(std::move(text)), module_(memory_.arena()) {
  module_.sources = diag::SourceMap(memory_.arena());
  diag::Sink sink(memory_.arena());
  ok_ = ReadPtx(memory_.arena(), name_, text_, {}, sink, module_);
  diagnostics_ = diag::Render(sink.list(), module_.sources);
}

}  // namespace ws::ir
