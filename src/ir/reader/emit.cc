// The words of the instruction that is read, and the operations that are written for it.
// device-clean
#include "ir/reader/reader.h"

namespace ws::ir::reader {

WS_HD const char* Reader::Spelling(Type type) {
  for (uint32_t i = 0; i < static_cast<uint32_t>(Mod::kCount); ++i) {
    const ModInfo info = InfoOf(static_cast<Mod>(i));
    const bool is_type = info.cls == ModClass::kType || info.cls == ModClass::kElement;
    if (is_type && static_cast<Type>(info.value) == type) return info.spelling;
  }
  return "?";
}

// --- modifiers

WS_HD bool Reader::Has(Mod mod) {
  for (uint32_t i = 0; i < num_mods_; ++i) {
    if (mods_[i].mod != mod || mods_[i].taken) continue;
    mods_[i].taken = true;
    return true;
  }
  return false;
}

WS_HD bool Reader::TakeClass(ModClass cls, uint8_t* value) {
  for (uint32_t i = 0; i < num_mods_; ++i) {
    const ModInfo info = InfoOf(mods_[i].mod);
    if (mods_[i].mod == Mod::kCount || info.cls != cls || mods_[i].taken) continue;
    mods_[i].taken = true;
    *value = info.value;
    return true;
  }
  return false;
}

WS_HD void Reader::TakeIgnored() {
  uint8_t value = 0;
  while (TakeClass(ModClass::kIgnored, &value)) {
  }
}

WS_HD Type Reader::TakeType() {
  uint8_t value = 0;
  return TakeClass(ModClass::kType, &value) ? static_cast<Type>(value) : Type::kNone;
}

WS_HD Type Reader::TakeElement() {
  for (uint32_t i = 0; i < num_mods_; ++i) {
    const ModInfo info = InfoOf(mods_[i].mod);
    const bool is_type = info.cls == ModClass::kType || info.cls == ModClass::kElement;
    if (mods_[i].mod == Mod::kCount || !is_type || mods_[i].taken) continue;
    mods_[i].taken = true;
    return static_cast<Type>(info.value);
  }
  return Type::kNone;
}

WS_HD Type Reader::NeedType() {
  const Type type = TakeType();
  if (type == Type::kNone && !failed_) {
    Report(diag::Kind::kPtxLacks, tokens_[opcode_], OpcodeText(), "a type");
  }
  return type;
}

WS_HD Round Reader::TakeRound() {
  uint8_t value = 0;
  return TakeClass(ModClass::kRound, &value) ? static_cast<Round>(value) : Round::kNone;
}

WS_HD bool Reader::CheckAllTaken() {
  for (uint32_t i = 0; i < num_mods_; ++i) {
    if (mods_[i].taken) continue;
    const Token& t = tokens_[mods_[i].token];
    Report(diag::Kind::kPtxForm, t, OpcodeText(), TextOf(t));
    return false;
  }
  return true;
}

WS_HD bool Reader::FitsGrammar(uint32_t opcode) {
  Mod mods[kMaxModifiers];
  for (uint32_t i = 0; i < num_mods_; ++i) mods[i] = mods_[i].mod;
  using Kind = Grammar::Verdict::Kind;
  const Grammar::Verdict v = grammar_.Judge(opcode, {mods, num_mods_}, platform_);
  const Token& t = tokens_[opcode_];
  switch (v.kind) {
    case Kind::kFits:
    case Kind::kNoRows:
      fits_grammar_ = v.kind == Kind::kFits;
      return true;
    case Kind::kNotExecuted:
      ReadNotExecuted();
      return false;
    case Kind::kModifier: {
      const Token& word = tokens_[mods_[v.at].token];
      Report(diag::Kind::kPtxModifier, word, OpcodeText(), TextOf(word), v.words);
      return false;
    }
    case Kind::kMissing:
      Report(diag::Kind::kPtxMissing, t, OpcodeText(), v.what, v.words);
      return false;
    case Kind::kTarget:
      if (v.target != 0) {
        Report(diag::Kind::kPtxNeedsTarget, t, v.what, int64_t{v.target});
      } else {
        Report(diag::Kind::kPtxNeedsTarget, t, OpcodeText(), v.what);
      }
      return false;
    case Kind::kVersion:
      Report(diag::Kind::kPtxNeedsVersion, t, OpcodeText(), v.version / 10, v.version % 10);
      return false;
    case Kind::kGone:
      Report(diag::Kind::kPtxGone, t, OpcodeText());
      return false;
  }
  return true;
}

// What the grammar takes and the form does not is not executed.
WS_HD void Reader::BadType(Type type) {
  if (failed_) return;
  if (fits_grammar_) return Refuse();
  Report(diag::Kind::kPtxForm, tokens_[opcode_], OpcodeText(), Spelling(type));
}

WS_HD bool Reader::NeedTypes(Type type, int types) {
  using namespace op_types;
  if (failed_) return false;
  const bool untyped = type >= Type::kB8 && type <= Type::kB64;
  const int kind = type == Type::kPred                           ? P
                   : untyped                                     ? B
                   : type == Type::kF32 || type == Type::kF64    ? F
                   : IsFloat(type)                               ? H
                   : type == Type::kNone || type == Type::kCount ? 0
                                                                 : I;
  if ((kind & types) != 0) return true;
  BadType(type);
  return false;
}

// --- emission

WS_HD Inst& Reader::EmitSpans(Op op, Type type, std::span<const Operand> dsts,
                              std::span<const Operand> srcs) {
  EnsureBlock();
  const diag::Loc loc = source_loc_.valid() ? source_loc_ : LocOf(tokens_[opcode_]);
  const bool branches = guard_.valid() && (op == Op::kRet || op == Op::kExit || op == Op::kTrap ||
                                           op == Op::kCall || op == Op::kBra);
  BlockId rest;
  if (branches) {
    const BlockId here = builder_->NewBlock();
    rest = builder_->NewBlock();
    const BlockId first = guard_negated_ ? rest : here, second = guard_negated_ ? here : rest;
    Inst branch;
    branch.op = Op::kCondBra;
    branch.loc = loc;
    builder_->Emit(branch, {},
                   {Operand::Reg(guard_), Operand::Block(first), Operand::Block(second)});
    builder_->StartBlock(here, loc);
  }
  Inst& inst = builder_->Append(op, dsts, srcs);
  inst.type = type;
  inst.loc = loc;
  if (!branches) {
    if (!IsTerminator(op)) {
      inst.guard = guard_;
      inst.guard_negated = guard_negated_;
    }
    return inst;
  }
  // The instruction stays the last one of the module while the next block has none.
  if (op == Op::kCall) {
    Inst go;
    go.op = Op::kBra;
    go.loc = loc;
    builder_->Emit(go, {}, {Operand::Block(rest)});
  }
  builder_->StartBlock(rest, loc);
  return op == Op::kCall ? module_->insts[module_->insts.size() - 2] : module_->insts.back();
}

WS_HD void Reader::TrapUnlessZero(Operand bad, Type type, TrapReason reason) {
  guard_ = CompareOf(Cmp::kNe, type, bad, Imm(0)).reg();
  guard_negated_ = false;
  Emit(Op::kTrap, Type::kNone, {}, {}).sub = reason;
  guard_ = RegId();
}

WS_HD BlockId Reader::BeginGuarded() {
  const BlockId here = builder_->NewBlock(), rest = builder_->NewBlock();
  const Operand guard = Operand::Reg(guard_);
  guard_ = RegId();
  Emit(Op::kCondBra, Type::kNone, {},
       {guard, Operand::Block(guard_negated_ ? rest : here),
        Operand::Block(guard_negated_ ? here : rest)});
  builder_->StartBlock(here, LocOf(Now()));
  return rest;
}

WS_HD void Reader::EndGuarded(BlockId rest) {
  Emit(Op::kBra, Type::kNone, {}, {Operand::Block(rest)});
  builder_->StartBlock(rest, LocOf(Now()));
}

WS_HD Inst& Reader::Emit(Op op, Type type, std::initializer_list<Operand> dsts,
                         std::initializer_list<Operand> srcs) {
  return EmitSpans(op, type, {dsts.begin(), dsts.size()}, {srcs.begin(), srcs.size()});
}

WS_HD Operand Reader::ValueOf(Op op, Type type, Type dst_type,
                              std::initializer_list<Operand> srcs) {
  const Operand dst = Operand::Reg(Temp(dst_type));
  Emit(op, type, {dst}, srcs);
  return dst;
}

WS_HD Operand Reader::CompareOf(Cmp cmp, Type type, Operand a, Operand b) {
  const Operand dst = Operand::Reg(Temp(Type::kPred));
  Emit(Op::kSetp, type, {dst}, {a, b}).cmp = cmp;
  return dst;
}

}  // namespace ws::ir::reader
