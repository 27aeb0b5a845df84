// device-clean
#include "ir/reader/inline.h"

#include "ir/reader/reader.h"

namespace ws::ir {
namespace reader {

// The newest that grammar.def knows all of.
inline constexpr Platform kInlinePlatform = {"90a", 90, 90};

WS_HD bool Reader::ReadInline(const InlinePtx& code, FunctionBuilder& builder) {
  errors_before_ = sink_->errors();
  text_ = code.text;
  places_ = {0, code.places};
  platform_ = kInlinePlatform;
  tokens_.clear();
  // As in a body, something stands before the first statement.
  Token open;
  open.kind = TokenKind::kPunct;
  open.punct = '{';
  tokens_.push_back(open);
  Lex(text_, places_, words_, *sink_, tokens_);
  if (arena_->failed() || sink_->errors() != errors_before_) return false;
  at_ = 1;
  builder_ = &builder;
  if (function_.index != code.function.index) carry_ = RegId();
  if (code.carry.valid()) carry_ = code.carry;
  function_ = code.function;
  in_kernel_ = module_->functions[function_.index].kind == FunctionKind::kKernel;
  frame_bytes_ = *code.frame_bytes;
  BeginBody();
  BeginStack();
  for (uint32_t i = 0; i < code.operands.size() && !arena_->failed(); ++i) {
    if (!code.operands[i].valid()) continue;
    const WordId percent = words_.Intern("%");
    if (!percent.valid()) break;
    Bind(open, Numbered(percent, i), Meaning::kRegister, code.operands[i].index);
  }
  FindLabels();
  BindLabels(0);
  ReadStatements(open, 0);
  *code.frame_bytes = static_cast<uint32_t>(frame_bytes_ + 15) / 16 * 16;
  builder_ = nullptr;
  return !stopped() && sink_->errors() == errors_before_;
}

}  // namespace reader

WS_HD InlineReader::InlineReader(Arena& arena, diag::Sink& sink, Module& module) {
  void* const memory = arena.Allocate(sizeof(reader::Reader));
  if (memory == nullptr) return;
  reader_ = new (memory) reader::Reader(arena, {}, 0, {}, sink, module);
}

WS_HD bool InlineReader::Read(const InlinePtx& code, FunctionBuilder& builder) {
  return reader_ != nullptr && reader_->ReadInline(code, builder);
}

}  // namespace ws::ir
