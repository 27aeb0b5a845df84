// Matrices in the registers of a warp (PTX ISA, "Warp Level Matrix Multiply-Accumulate
// Instructions"). device-clean
#include "ir/tensor.h"

#include "ir/reader/reader.h"

namespace ws::ir::reader {

// mma.sync.aligned.shape.row.col{.satfinite}.dtype.atype.btype.ctype d, a, b, c
WS_HD void Reader::ReadMma() {
  uint8_t shape = 0;
  const bool sync = Has(Mod::kSync), aligned = Has(Mod::kAligned);
  const bool known_shape = TakeClass(ModClass::kShape, &shape);
  const bool layout = Has(Mod::kRow) && Has(Mod::kCol);
  const bool saturates = Has(Mod::kSatfinite);
  const bool tf32 = Has(Mod::kTf32) && Has(Mod::kTf32);
  const Type d = TakeType();
  const Type a = tf32 ? Type::kB32 : TakeType();
  const Type b = tf32 ? Type::kB32 : TakeType();
  const Type c = TakeType();
  bool known = sync && aligned && known_shape && layout && a == b && c == d;
  for (uint32_t i = 0; i < num_mods_; ++i) known = known && mods_[i].taken;
  Inst m;
  m.vec = (shape & 128) != 0 ? 16 : 8;
  m.sub = shape & 127;
  m.type = d;
  m.src_type = a;
  const bool half = a == Type::kF16 || a == Type::kBF16;
  const bool bytes = a == Type::kS8 || a == Type::kU8;
  const uint32_t k = m.sub;
  known =
      known && (half ? m.vec == 16 && (k == 8 || k == 16) &&
                           (d == Type::kF32 || (d == Type::kF16 && a == Type::kF16))
                : tf32  ? m.vec == 16 && (k == 4 || k == 8) && d == Type::kF32
                : bytes ? d == Type::kS32 && (m.vec == 16 ? k == 16 || k == 32 : k == 16)
                        : a == Type::kF64 && d == Type::kF64 && (m.vec == 16 ? k <= 16 : k == 4));
  known = known && (!saturates || bytes);
  if (!known) return Refuse();  // of other types, sparse, or of sm_70
  if (!NeedArgs(4)) return;
  const MmaShape s = MmaShapeOf(m);
  const Type in = a == Type::kF64 ? Type::kF64 : Type::kB32;
  const Type out = d == Type::kF16 ? Type::kB32 : d;
  const uint32_t counts[4] = {s.c_regs, s.a_regs, s.b_regs, s.c_regs};
  Operand dsts[8], srcs[32];
  uint32_t next = 0;
  for (uint32_t i = 0; i < 4; ++i) {
    const std::span<const Arg> elements = ElementsOf(args_[i]);
    if (elements.size() != counts[i] || args_[i].kind != Arg::Kind::kVector) {
      BadOperand(args_[i], "as many registers as the lane's part of the matrix takes");
      return;
    }
    for (uint32_t e = 0; e < counts[i]; ++e) {
      if (i == 0) {
        dsts[e] = DstOf(elements[e], out);
      } else {
        srcs[next++] = SrcOf(elements[e], i == 3 ? out : in);
      }
    }
  }
  srcs[next++] = Imm(0xffffffff);
  if (failed_) return;
  Inst& inst = EmitSpans(Op::kMma, d, {dsts, counts[0]}, {srcs, next});
  inst.src_type = a;
  inst.vec = m.vec;
  inst.sub = m.sub;
  inst.sat = saturates;
}

// Of the address that `lane` gives.
WS_HD Operand Reader::RowAddress(Operand address, Operand lane) {
  const Operand dst = Operand::Reg(Temp(Type::kB32));
  Emit(Op::kShfl, Type::kB32, {dst}, {address, lane, Imm(31), Imm(0xffffffff)}).sub =
      static_cast<uint8_t>(Shuffle::kIdx);
  return dst;
}

WS_HD void Reader::ReadLoadMatrix() { MoveMatrices(true); }
WS_HD void Reader::ReadStoreMatrix() { MoveMatrices(false); }

// ldmatrix and stmatrix .sync.aligned.m8n8.x4{.trans}.shared.b16: lane 8 i + r gives the address of
// row r of matrix i; lane l holds the elements 2 (l % 4) and the next of row l / 4, or with .trans
// of that column.
WS_HD void Reader::MoveMatrices(bool loads) {
  const bool sync = Has(Mod::kSync), aligned = Has(Mod::kAligned), shape = Has(Mod::kM8n8);
  const uint32_t count = Has(Mod::kX4) ? 4 : Has(Mod::kX2) ? 2 : Has(Mod::kX1) ? 1 : 0;
  const bool transposed = Has(Mod::kTrans);
  uint8_t space = 0;
  const bool shared =
      TakeClass(ModClass::kSpace, &space) && static_cast<Space>(space) == Space::kShared;
  bool known = sync && aligned && shape && shared && count > 0 && TakeType() == Type::kB16;
  for (uint32_t i = 0; i < num_mods_; ++i) known = known && mods_[i].taken;
  if (!known) return Refuse();  // of 8 bits and less, or through generic addresses
  if (!NeedArgs(2)) return;
  const Arg& values = args_[loads ? 0 : 1];
  const std::span<const Arg> registers = ElementsOf(values);
  if (registers.size() != count || values.kind != Arg::Kind::kVector) {
    BadOperand(values, "a register for each matrix");
    return;
  }
  const Place place = PlaceOf(args_[loads ? 1 : 0], Space::kShared, 16);
  if (!place.ok) return;
  const Operand base = AddressIn32(place);
  const Operand lane =
      ValueOf(Op::kMov, Type::kU32, Type::kU32, {Operand::SpecialReg(Special::kLaneid)});
  const Operand row = Value1(Op::kShr, Type::kU32, {lane, Imm(2)});
  const Operand pair = Value1(Op::kAnd, Type::kB32, {lane, Imm(3)});
  // Element `column` of the row whose address lane `giver` gives.
  const auto move = [&](Type type, Operand giver, Operand column, Operand value) {
    const Operand at =
        Value1(Op::kMad, Type::kU32, {column, Imm(BytesOf(type)), RowAddress(base, giver)});
    if (loads) {
      Emit(Op::kLd, type, {value}, {at}).space = Space::kShared;
    } else {
      Emit(Op::kSt, type, {}, {at, value}).space = Space::kShared;
    }
  };
  Operand words[4];
  for (uint32_t i = 0; i < count; ++i) {
    words[i] = loads ? Operand::Reg(Temp(Type::kB32)) : SrcOf(registers[i], Type::kB32);
    if (failed_) return;
    if (!transposed) {
      move(Type::kB32, Value1(Op::kAdd, Type::kU32, {row, Imm(8 * i)}), pair, words[i]);
      continue;
    }
    const Operand halves[2] = {Operand::Reg(Temp(Type::kB16)), Operand::Reg(Temp(Type::kB16))};
    if (!loads) Emit(Op::kUnpack, Type::kB32, {halves[0], halves[1]}, {words[i]});
    for (uint32_t e = 0; e < 2; ++e) {
      const Operand giver = Value1(Op::kMad, Type::kU32, {pair, Imm(2), Imm(8 * i + e)});
      move(Type::kB16, giver, row, halves[e]);
    }
    if (loads) Emit(Op::kPack, Type::kB32, {words[i]}, {halves[0], halves[1]});
  }
  for (uint32_t i = 0; i < count && loads; ++i) {
    const Operand dst = DstOf(registers[i], Type::kB32);
    if (!failed_) Move(dst, Type::kB32, words[i]);
  }
}

// The address of a place in shared memory, in 32 bits.
WS_HD Operand Reader::AddressIn32(const Place& place) {
  Operand at = place.base;
  if (at.IsReg() && IsWide(builder_->RegType(at.reg()))) {
    const Operand low = Operand::Reg(Temp(Type::kU32));
    Emit(Op::kCvt, Type::kU32, {low}, {at}).src_type = Type::kU64;
    at = low;
  } else if (!at.IsReg()) {
    at = ValueOf(Op::kMov, Type::kU32, Type::kU32, {at});
  }
  if (place.offset == 0) return at;
  return Value1(Op::kAdd, Type::kU32, {at, Imm(static_cast<uint64_t>(place.offset))});
}

}  // namespace ws::ir::reader
