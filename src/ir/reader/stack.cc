// Memory of a thread that is taken while it runs (PTX ISA, "Stack Manipulation Instructions"). A
// function with alloca has a piece of its frame for it. device-clean
#include "ir/reader/reader.h"

namespace ws::ir::reader {

// At the beginning of a function that manages its stack: nothing is taken.
WS_HD void Reader::BeginStack() {
  uint32_t open = 1;
  bool uses = false;
  for (uint32_t i = at_; i < tokens_.size() && open > 0 && !uses; ++i) {
    if (tokens_[i].Is('{')) ++open;
    if (tokens_[i].Is('}')) --open;
    if (tokens_[i].kind != TokenKind::kWord) continue;
    const uint32_t row = Words::OpcodeOf(tokens_[i].word);
    uses = row != kNumOpcodes &&
           (OpcodeAt(row).form == Form::kStackTake || OpcodeAt(row).form == Form::kStackSave ||
            OpcodeAt(row).form == Form::kStackRestore);
  }
  if (!uses) return;
  const uint32_t frame = AddFrame(kAllocaBytes, 16, Type::kB8);
  if (failed_) return;
  stack_frame_ = frame_[frame].offset;
  stack_ = Temp(Type::kU64);
  guard_ = RegId();
  opcode_ = at_;
  Move(Operand::Reg(stack_), Type::kU64, Imm(0));
}

// alloca.type pointer, bytes{, alignment};
WS_HD void Reader::ReadStackTake() {
  const Type type = NeedType();
  failed_ = failed_ || !stack_.valid();  // there was no room for it
  if (failed_ || !NeedArgs(2, 3)) return;
  if (type != Type::kU32 && type != Type::kU64) {
    BadType(type);
    return;
  }
  uint64_t align = 8;
  if (args_.size() == 3) {
    align = args_[2].bits;
    const bool power = align != 0 && (align & (align - 1)) == 0 && align <= kAllocaBytes;
    if (args_[2].kind != Arg::Kind::kInteger || !power) {
      BadOperand(args_[2], "a power of two");
      return;
    }
  }
  const Operand dst = Dst(0, type), given = Src(1, type);
  if (failed_) return;
  Guarded([&] {
    const Operand bytes =
        type == Type::kU64 ? given : ValueOf(Op::kMulWide, Type::kU32, Type::kU64, {given, Imm(1)});
    const Operand base = ValueOf(Op::kMov, Type::kU64, Type::kU64, {Operand::Frame(stack_frame_)});
    const Operand top = Value1(Op::kAdd, Type::kU64, {base, Operand::Reg(stack_)});
    const Operand beyond = Value1(Op::kAdd, Type::kU64, {top, Imm(align - 1)});
    const Operand at = Value1(Op::kAnd, Type::kB64, {beyond, Imm(~(align - 1))});
    const Operand start = Value1(Op::kSub, Type::kU64, {at, base});
    const BlockId full = builder_->NewBlock(), fits = builder_->NewBlock();
    const Operand left = Value1(Op::kSub, Type::kU64, {Imm(kAllocaBytes), start});
    const Operand bad = Value1(Op::kOr, Type::kPred,
                               {CompareOf(Cmp::kGt, Type::kU64, start, Imm(kAllocaBytes)),
                                CompareOf(Cmp::kGt, Type::kU64, bytes, left)});
    Emit(Op::kCondBra, Type::kNone, {}, {bad, Operand::Block(full), Operand::Block(fits)});
    builder_->StartBlock(full, LocOf(Now()));
    Emit(Op::kTrap, Type::kNone, {}, {}).sub = kTrapStack;
    builder_->StartBlock(fits, LocOf(Now()));
    Emit(Op::kAdd, Type::kU64, {Operand::Reg(stack_)}, {start, bytes});
    if (type == Type::kU64) {
      Move(dst, type, at);
    } else {
      Emit(Op::kCvt, Type::kU32, {dst}, {at}).src_type = Type::kU64;
    }
  });
}

// stacksave.type d;   stackrestore.type a;
WS_HD void Reader::ReadStackSave() {
  const Type type = NeedType();
  failed_ = failed_ || !stack_.valid();  // there was no room for it
  if (failed_ || !NeedArgs(1)) return;
  const Operand dst = Dst(0, type);
  if (type != Type::kU32 && type != Type::kU64) BadType(type);
  if (failed_) return;
  Emit(Op::kCvt, type, {dst}, {Operand::Reg(stack_)}).src_type = Type::kU64;
}

WS_HD void Reader::ReadStackRestore() {
  const Type type = NeedType();
  failed_ = failed_ || !stack_.valid();  // there was no room for it
  if (failed_ || !NeedArgs(1)) return;
  const Operand saved = Src(0, type);
  if (type != Type::kU32 && type != Type::kU64) BadType(type);
  if (failed_) return;
  Emit(Op::kCvt, Type::kU64, {Operand::Reg(stack_)}, {saved}).src_type = type;
}

}  // namespace ws::ir::reader
