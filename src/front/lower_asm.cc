// device-clean
// Inline assembly: its operands become registers, its text is read as PTX in its place.
#include "front/asm_constraint.h"
#include "front/lower.h"
#include "front/lowerer.h"
#include "front/text_literal.h"

namespace ws::front {

using diag::Kind;

namespace {

WS_HD bool IsDigit(uint8_t c) { return c >= '0' && c <= '9'; }

}  // namespace

WS_HD AsmConstraint Lowerer::ConstraintOf(NodeId operand) const {
  AsmConstraint constraint;
  ReadAsmConstraint(sema_.tokens(), tree().token(operand).index, tree().data(operand) != 0,
                    &constraint);
  return constraint;
}

// The register that an operand of asm is in, with its value where it is read.
WS_HD ir::RegId Lowerer::AsmRegister(NodeId operand, const AsmConstraint& constraint) {
  const NodeId node(operand.index - 1);
  const RegId reg = NewReg(constraint.type);
  if (!constraint.reads) return reg;
  const TypeId type = types().Decay(info(node).type);
  const Operand value = Scalar(node, type);
  if (constraint.type == Type::kB16) {  // lies in a register of 32 bits
    ir::Inst cvt;
    cvt.op = Op::kCvt;
    cvt.type = Type::kU16;
    cvt.src_type = Type::kU32;
    Emit(cvt, {Operand::Reg(reg)}, {value});
  } else {
    Emit(Op::kMov, constraint.type, {Operand::Reg(reg)}, {value});
  }
  return reg;
}

// Writes what the assembly left in the register to where the operand's expression leads.
WS_HD void Lowerer::StoreAsmResult(NodeId operand, const AsmConstraint& constraint, RegId reg) {
  const NodeId node(operand.index - 1);
  const TypeId type = info(node).type;
  Operand result = Operand::Reg(reg);
  const Type wide = RegType(type);
  if (constraint.type == Type::kB16) {
    ir::Inst cvt;
    cvt.op = Op::kCvt;
    cvt.type = wide;
    cvt.src_type = wide == Type::kS32 ? Type::kS16 : Type::kU16;
    const Operand whole = Operand::Reg(NewReg(wide));
    Emit(cvt, {whole}, {result});
    result = whole;
  }
  StoreScalar(value(node), type, result);
}

// The operand whose name stands in brackets from text[at] on; `at` is then behind them.
WS_HD uint32_t Lowerer::NamedOperand(std::span<const NodeId> operands, const Vec<uint8_t>& text,
                                     uint32_t* at) const {
  uint32_t end = *at + 1;
  while (end < text.size() && text[end] != ']') ++end;
  if (end == text.size()) return kNoOperand;
  const std::string_view name(reinterpret_cast<const char*>(text.data()) + *at + 1, end - *at - 1);
  for (uint32_t i = 0; i < operands.size(); ++i) {
    const uint32_t begin = tree().begin_token(operands[i]).index;
    if (begin == tree().token(operands[i]).index) continue;  // it has none
    if (!SameText(sema_.tokens()[begin + 1].view(), name)) continue;
    *at = end + 1;
    return i;
  }
  return kNoOperand;
}

// The text with %% as %, with numbers for names and for %=, and with the numbers of "n" operands in
// their places.
WS_HD ir::InlinePtx Lowerer::AsmText(NodeId n, std::span<const NodeId> operands) {
  Vec<uint8_t> raw(arena_), text(arena_);
  Vec<uint32_t> raw_places(arena_), places(arena_);
  uint32_t bad = 0;
  if (!ReadText(sema_.tokens(), tree().token(n).index, raw, &bad, &raw_places)) {
    const Token& t = sema_.tokens()[bad];
    sink_.Report(Kind::kBadLiteral, t.loc, t.length, t.view(), "it has an unknown escape sequence");
    return {};
  }
  const bool has_operands = tree().data(n) != 0;
  const uint32_t end = raw.size() - 1;  // behind it stands a zero
  const auto put = [&](uint32_t c, uint32_t at) {
    text.push_back(static_cast<uint8_t>(c));
    places.push_back(raw_places[at]);
  };
  const auto put_number = [&](uint64_t bits, uint32_t at) {
    uint64_t power = 1;
    while (bits / power > 9) power *= 10;
    for (; power > 0; power /= 10) put('0' + bits / power % 10, at);
  };
  ++asm_count_;
  for (uint32_t i = 0; i < end && !arena_.failed(); ++i) {
    put(raw[i], i);
    if (raw[i] != '%' || !has_operands || i + 1 == end) continue;
    if (raw[i + 1] == '%') {
      ++i;
      continue;
    }
    const auto unput = [&] {
      text.pop_back();
      places.pop_back();
    };
    if (raw[i + 1] == '=') {
      unput();
      put_number(asm_count_, i++);
      continue;
    }
    uint32_t number = 0, behind = i + 1;
    const bool named = raw[behind] == '[';
    if (named) number = NamedOperand(operands, raw, &behind);
    while (!named && behind < end && IsDigit(raw[behind]) && number < operands.size()) {
      number = 10 * number + (raw[behind++] - '0');
    }
    if (behind == i + 1 || number >= operands.size()) continue;
    const NodeId value(operands[number].index - 1);
    if (ConstraintOf(operands[number]).letter != 'n') {
      if (named) put_number(number, i);
      if (named) i = behind - 1;
      continue;
    }
    unput();
    uint64_t bits = info(value).bits;
    if (IsSignedKind(kind(types().Underlying(info(value).type))) && bits >> 63 != 0) {
      put('-', i);
      bits = 0 - bits;
    }
    put_number(bits, i);
    i = behind - 1;
  }
  places.push_back(raw_places.back());
  ir::InlinePtx code;
  code.text = {reinterpret_cast<const char*>(text.data()), text.size()};
  code.places = places.data();
  return code;
}

WS_HD void Lowerer::VisitAsm(NodeId n) {
  if (!live()) return;
  const Vec<NodeId> operands = ChildList(n);
  ir::InlinePtx code = AsmText(n, {operands.data(), operands.size()});
  if (code.places == nullptr) return;
  Vec<AsmConstraint> constraints(arena_);
  Vec<RegId> registers(arena_);
  for (const NodeId operand : operands) {
    const AsmConstraint constraint = ConstraintOf(operand);
    constraints.push_back(constraint);
    const bool in_text = constraint.letter == 'n';
    registers.push_back(in_text ? RegId() : AsmRegister(operand, constraint));
  }
  code.operands = {registers.data(), registers.size()};
  code.carry = LoadCarry(code.text);
  code.function = functions_[instance_.index];
  code.frame_bytes = &frame_bytes_;
  if (asm_ == nullptr) {
    void* const memory = arena_.Allocate(sizeof(ir::InlineReader));
    if (memory == nullptr) return;
    asm_ = new (memory) ir::InlineReader(arena_, sink_, module_);
  }
  if (arena_.failed() || !asm_->Read(code, *builder_)) return;
  used_.append(builder_->num_labels() - used_.size(), uint8_t{1});
  StoreCarry(code.text, code.carry);
  for (uint32_t i = 0; i < operands.size(); ++i) {
    if (constraints[i].writes) StoreAsmResult(operands[i], constraints[i], registers[i]);
  }
}

}  // namespace ws::front
