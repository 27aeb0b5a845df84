// mma (PTX ISA, "Multiply-and-Accumulate Instruction: mma"), and what the forms of matrices share.
// device-clean
#include "ir/reader/reader.h"

namespace ws::ir::reader {

WS_HD Reader::Shape Reader::TakeShape() {
  for (uint32_t i = 0; i < num_mods_; ++i) {
    if (mods_[i].taken) continue;
    const std::string_view text = TextOf(tokens_[mods_[i].token]);
    Shape shape;
    uint32_t* const parts[3] = {&shape.m, &shape.n, &shape.k};
    constexpr char kNames[] = {'m', 'n', 'k'};
    size_t at = 1;
    bool ok = true;
    for (uint32_t p = 0; p < 3 && ok; ++p) {
      ok = at < text.size() && text.data()[at] == kNames[p];
      uint32_t digits = 0;
      for (++at; ok && at < text.size() && text.data()[at] >= '0' && text.data()[at] <= '9'; ++at) {
        *parts[p] = 10 * *parts[p] + static_cast<uint32_t>(text.data()[at] - '0');
        ok = ++digits <= 3;
      }
      ok = ok && digits > 0;
    }
    if (!ok || at != text.size()) continue;
    mods_[i].taken = true;
    return shape;
  }
  if (!failed_) {
    Report(diag::Kind::kPtxLacks, tokens_[opcode_], OpcodeText(), "a shape, such as '.m16n8k16'");
  }
  return {};
}

WS_HD Operand Reader::Lane() {
  return ValueOf(Op::kMov, Type::kU32, Type::kU32, {Operand::SpecialReg(Special::kLaneid)});
}

WS_HD void Reader::BadCombination(const char* what) {
  if (failed_ || !CheckAllTaken()) return;
  Report(diag::Kind::kPtxForm, tokens_[opcode_], OpcodeText(), what);
}

// The registers of a list; false if they are not `count` of the type.
WS_HD bool Reader::TakeRegisters(const Arg& arg, uint32_t count, Type type, bool writes,
                                 Operand* regs) {
  const std::span<const Arg> elements = ElementsOf(arg);
  if (elements.size() != count) {
    BadOperand(arg, "as many registers as the lane's part of the matrix takes");
    return false;
  }
  for (uint32_t e = 0; e < count; ++e) {
    regs[e] = writes ? DstOf(elements[e], type) : SrcOf(elements[e], type);
  }
  return !failed_;
}

namespace {

// Of what type the registers are that hold such elements.
WS_HD Type RegisterOf(Type element) {
  switch (element) {
    case Type::kF32:
    case Type::kF64:
    case Type::kS32:
      return element;
    default:
      return Type::kB32;
  }
}

}  // namespace

WS_HD void Reader::EmitMma(const MmaForm& form, Round round, bool saturates, const Operand* d,
                           const Operand* a, const Operand* b, const Operand* c, Operand metadata) {
  Operand srcs[32];
  uint32_t next = 0;
  for (uint32_t i = 0; i < form.a_regs(); ++i) srcs[next++] = a[i];
  for (uint32_t i = 0; i < form.b_regs(); ++i) srcs[next++] = b[i];
  for (uint32_t i = 0; i < form.c_regs(); ++i) srcs[next++] = c[i];
  if (form.sparse) srcs[next++] = metadata;
  srcs[next++] = Imm(0xffffffff);
  Inst& inst = EmitSpans(Op::kMma, form.d, {d, form.d_regs()}, {srcs, next});
  SetMmaForm(form, &inst);
  inst.round = round;
  inst.sat = saturates;
}

// .row.col: how many there are, and of the first two, A's and B's, which are .col.
WS_HD uint32_t Reader::TakeLayouts(bool (&columns)[2]) {
  uint32_t layouts = 0;
  for (uint32_t i = 0; i < num_mods_; ++i) {
    if (mods_[i].mod != Mod::kRow && mods_[i].mod != Mod::kCol) continue;
    mods_[i].taken = true;
    if (layouts < 2) columns[layouts] = mods_[i].mod == Mod::kCol;
    ++layouts;
  }
  return layouts;
}

// The metadata of a sparse A and the selector, operands i and i + 1.
WS_HD Operand Reader::TakeMetadata(uint32_t i, MmaForm* form) {
  const Arg& which = args_[i + 1];
  const uint32_t selectors = SelectorsOf(*form);
  if (which.kind != Arg::Kind::kInteger || which.is_address || which.bits >= selectors) {
    BadOperand(which, selectors == 4   ? "a constant from 0 to 3"
                      : selectors == 2 ? "0 or 1"
                                       : "0: all four lanes give metadata");
    return {};
  }
  form->selector = static_cast<uint32_t>(which.bits);
  if (args_[i].kind != Arg::Kind::kRegister) {
    BadOperand(args_[i], "a register of 32 bits");
    return {};
  }
  return Src(i, Type::kB32);
}

// mma{.sp |
// .sp::ordered_metadata}.sync.aligned.shape.alayout.blayout{.satfinite}{.rnd}{.bitOp.popc}
//   .dtype.atype.btype.ctype d, a, b, c{, metadata, selector}
WS_HD void Reader::ReadMma() {
  MmaForm form;
  form.ordered = Has(Mod::kSpOrdered);
  form.sparse = Has(Mod::kSp) || form.ordered;
  const bool sync = Has(Mod::kSync), aligned = Has(Mod::kAligned);
  const Shape shape = TakeShape();
  const bool saturates = Has(Mod::kSatfinite);
  const Round round = TakeRound();
  form.m = shape.m;
  form.k = shape.k;
  bool columns[2] = {};
  const uint32_t layouts = TakeLayouts(columns);
  form.a_columns = columns[0];
  form.b_rows = !columns[1];
  uint8_t bits = 0;
  const bool popc = Has(Mod::kPopc), combines = TakeClass(ModClass::kAtomic, &bits);
  form.b1_and = static_cast<Atomic>(bits) == Atomic::kAnd;
  form.d = TakeElement();
  form.a = TakeElement();
  form.b = TakeElement();
  form.c = TakeElement();
  if (failed_) return;
  const bool is_bits = form.a == Type::kB1;
  const bool integers = form.d == Type::kS32 && !is_bits;
  const bool rounds = round == Round::kNone || (form.d == Type::kF64 && round <= Round::kRp);
  const bool knows_bits =
      is_bits ? popc && combines && (form.b1_and || static_cast<Atomic>(bits) == Atomic::kXor)
              : !popc && !combines;
  if (!sync || !aligned || layouts != 2 || shape.n != 8 || !rounds || !knows_bits ||
      (saturates && !integers) || !IsMma(form)) {
    return BadCombination("this combination of shape, layouts and types");
  }
  if (!NeedArgs(form.sparse ? 6 : 4)) return;
  Operand d[8], a[8], b[8], c[8], metadata;
  if (form.sparse) metadata = TakeMetadata(4, &form);
  if (!failed_ && TakeRegisters(args_[0], form.d_regs(), RegisterOf(form.d), true, d) &&
      TakeRegisters(args_[1], form.a_regs(), RegisterOf(form.a), false, a) &&
      TakeRegisters(args_[2], form.b_regs(), RegisterOf(form.b), false, b) &&
      TakeRegisters(args_[3], form.c_regs(), RegisterOf(form.c), false, c)) {
    EmitMma(form, round, saturates, d, a, b, c, metadata);
  }
}

}  // namespace ws::ir::reader
