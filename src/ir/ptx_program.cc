#include "ir/ptx_program.h"

#include "ir/reader/read.h"

namespace ws::ir {

namespace {

// Tokens, names and IR take up to so many times the text; pages that nobody touches cost nothing.
size_t BytesFor(size_t text) {
  constexpr size_t kMostTimes = 64;
  return ArenaMemory::kDefaultBytes + kMostTimes * text;
}

}  // namespace

PtxProgram::PtxProgram(std::string name, std::string text)
    : name_(std::move(name)),
      text_(std::move(text)),
      memory_(BytesFor(text_.size())),
      module_(memory_.arena()) {
  module_.sources = diag::SourceMap(memory_.arena());
  diag::Sink sink(memory_.arena());
  ok_ = ReadPtx(memory_.arena(), name_, text_, {}, sink, module_);
  diagnostics_ = diag::Render(sink.list(), module_.sources);
}

}  // namespace ws::ir
