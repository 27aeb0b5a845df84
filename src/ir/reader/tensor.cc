// Matrices between memory and the registers of a warp: ldmatrix, stmatrix, movmatrix (PTX ISA,
// "Warp Level Matrix Multiply-Accumulate Instructions"). device-clean
#include "ir/reader/reader.h"

namespace ws::ir::reader {

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
  const Operand lane = Lane();
  // Rows of 16 bytes are aligned; other lanes' addresses are not used.
  Operand stray = Value1(Op::kAnd, Type::kB32, {base, Imm(15)});
  if (count < 4) {
    const Operand gives = CompareOf(Cmp::kLt, Type::kU32, lane, Imm(8 * count));
    stray = ValueOf(Op::kSelp, Type::kB32, Type::kB32, {stray, Imm(0), gives});
  }
  TrapUnlessZero(stray, Type::kU32, kTrapMatrixPlace);
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

// movmatrix.sync.aligned.m8n8.trans.b16 d, a: lane l gets the elements 2 (l % 4) and the next of
// column l / 4, which lie in lane 4 r + c / 2 for row r and column c.
WS_HD void Reader::ReadMoveMatrix() {
  const bool sync = Has(Mod::kSync), aligned = Has(Mod::kAligned), shape = Has(Mod::kM8n8);
  const bool transposes = Has(Mod::kTrans), halves = TakeType() == Type::kB16;
  if (!sync || !aligned || !shape || !transposes || !halves) return BadCombination("this form");
  if (!NeedArgs(2)) return;
  const Operand dst = Dst(0, Type::kB32), from = Src(1, Type::kB32);
  if (!from.IsReg()) BadOperand(args_[1], "a register");
  if (failed_) return;
  const Operand lane = Lane();
  const Operand column = Value1(Op::kShr, Type::kU32, {lane, Imm(2)});
  const Operand pair = Value1(Op::kAnd, Type::kB32, {lane, Imm(3)});
  const Operand half = Value1(Op::kAnd, Type::kB32, {column, Imm(1)});
  const Operand is_upper = CompareOf(Cmp::kNe, Type::kU32, half, Imm(0));
  const Operand first =
      Value1(Op::kMad, Type::kU32, {pair, Imm(8), Value1(Op::kShr, Type::kU32, {column, Imm(1)})});
  Operand words[2];
  for (uint32_t e = 0; e < 2; ++e) {
    words[e] = RowAddress(from, Value1(Op::kAdd, Type::kU32, {first, Imm(4 * e)}));
  }
  const Operand bytes =
      ValueOf(Op::kSelp, Type::kB32, Type::kB32, {Imm(0x7632), Imm(0x5410), is_upper});
  Emit(Op::kPrmt, Type::kB32, {dst}, {words[0], words[1], bytes});
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
