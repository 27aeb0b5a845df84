// SIMD video instructions (PTX ISA, "SIMD Video Instructions"): two halves or four bytes at a time,
// chosen from two registers. device-clean
#include "ir/reader/reader.h"

namespace ws::ir::reader {

// vop2.dtype.atype.btype{.sat} d{.mask}, a{.asel}, b{.bsel}, c;   .add: what the mask names is
// added to c, not put in its place.   vset2.atype.btype.cmp{.add}
WS_HD void Reader::ReadVideoSimd() {
  const std::string_view opcode = OpcodeText();
  const uint32_t parts = opcode.data()[opcode.size() - 1] == '2' ? 2 : 4, bits = 32 / parts;
  const bool sets = op_ == Op::kSetp;
  uint8_t value = 0;
  const Cmp cmp =
      sets && TakeClass(ModClass::kCompare, &value) ? static_cast<Cmp>(value) : Cmp::kNone;
  const bool sat = !sets && Has(Mod::kSat), adds = Has(Mod::kAdd);
  const Type d_type = sets ? Type::kU32 : NeedType();
  const Type a_type = NeedType(), b_type = NeedType();
  if (failed_) return;
  for (const Type t : {d_type, a_type, b_type}) {
    if (t != Type::kU32 && t != Type::kS32) {
      BadType(t);
      return;
    }
  }
  if (sat && adds) return BadCombination("'.sat' and '.add' together");
  if (sets && (cmp == Cmp::kNone || cmp > Cmp::kGe)) return BadCombination("this comparison");
  if (!NeedArgs(4)) return;
  Selector of[3];
  for (uint32_t i = 0; i < 3; ++i) {
    Selector& s = of[i];
    if (!TakeSelector(&args_[i], &s)) return;
    if (args_[i].kind != Arg::Kind::kRegister) {
      BadOperand(args_[i], "a register");
      return;
    }
    if (s.part_bits == 32) {
      s.part_bits = bits;
      s.count = parts;
      for (uint32_t k = 0; k < parts; ++k) {
        s.digits[k] = static_cast<uint8_t>(k + (i == 2 ? parts : 0));
      }
    }
    // A mask names parts of d, each once and from the highest on; the others two registers' parts.
    bool ok = s.part_bits == bits && (i == 0 ? s.count <= parts : s.count == parts);
    for (uint32_t k = 0; ok && k < s.count; ++k) {
      ok = s.digits[k] < (i == 0 ? parts : 2 * parts) &&
           (i > 0 || k == 0 || s.digits[k] > s.digits[k - 1]);
    }
    if (!ok) {
      BadOperand(args_[i], "a register with a selector that fits the instruction");
      return;
    }
  }
  if (args_[3].kind != Arg::Kind::kRegister) {
    BadOperand(args_[3], "a register");
    return;
  }
  const Operand dst = Dst(0, Type::kU32);
  const Operand words[2] = {Src(1, Type::kU32), Src(2, Type::kU32)};
  const Operand c = Src(3, Type::kU32);
  if (failed_) return;
  Operand result = c;
  for (uint32_t k = 0; k < of[0].count; ++k) {
    const uint32_t part = of[0].digits[k];
    Operand sources[2];
    for (uint32_t i = 0; i < 2; ++i) {
      const uint32_t from = of[i + 1].digits[part];
      const bool is_signed = (i == 0 ? a_type : b_type) == Type::kS32;
      sources[i] = PartOfWord(words[from / parts], bits, from % parts, is_signed, Type::kS32);
    }
    Operand t = VideoOperation(Type::kS32, sources[0], sources[1], cmp);
    if (sat) t = Clamped(t, Type::kS32, bits, d_type == Type::kS32);
    result = adds
                 ? Value1(Op::kAdd, Type::kU32, {result, t})
                 : Value1(Op::kBfi, Type::kB32, {t, result, Imm(uint64_t{bits} * part), Imm(bits)});
  }
  Move(dst, Type::kB32, result);
}

}  // namespace ws::ir::reader
