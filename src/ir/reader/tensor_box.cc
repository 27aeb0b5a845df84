// The elements of a box of a tensor, one after the other (tensor_copy.cc). device-clean
#include "ir/reader/tensor_map.h"

namespace ws::ir::reader {

// Where row `row` of the box lies, and whether the tensor has it.
WS_HD Reader::TensorRow Reader::RowOfBox(const TensorBox& box, const Operand* coords, Operand row) {
  const auto value = [&](Op op, Operand a, Operand b) { return Value1(op, Type::kU32, {a, b}); };
  TensorRow found = {box.address, CompareOf(Cmp::kEq, Type::kU32, row, row)};
  Operand rest = row;
  for (uint32_t d = 1; d < box.rank; ++d) {
    const bool last = d + 1 == box.rank;
    Operand at;
    if (!box.is_im2col) {
      const Operand i = last ? rest : value(Op::kRem, rest, box.box[d]);
      if (!last) rest = value(Op::kDiv, rest, box.box[d]);
      at = Value1(Op::kMad, Type::kU32, {i, box.steps[d], coords[d]});
    } else if (last) {  // images follow each other
      at = value(Op::kAdd, coords[d], rest);
    } else {  // pixels within the box of pixels, then those of the next row, plane, image
      const Operand begun = value(Op::kDiv, value(Op::kSub, coords[d], box.lower[d]), box.steps[d]);
      const Operand pixel = value(Op::kAdd, begun, rest);
      const Operand i = value(Op::kRem, pixel, box.counts[d]);
      rest = value(Op::kDiv, pixel, box.counts[d]);
      at = Value1(Op::kMad, Type::kU32, {i, box.steps[d], box.lower[d]});
      at = value(Op::kAdd, at, box.offsets[d]);
    }
    found.exists = Value1(Op::kAnd, Type::kPred,
                          {found.exists, CompareOf(Cmp::kLt, Type::kU32, at, box.sizes[d])});
    const Operand wide = ValueOf(Op::kMulWide, Type::kU32, Type::kU64, {at, Imm(1)});
    const Operand away = Value1(Op::kMul, Type::kU64, {wide, box.strides[d]});
    found.address = Value1(Op::kAdd, Type::kU64, {found.address, away});
  }
  return found;
}

// Combines the element at `here` with the one at `there`, of the type that the map says.
WS_HD void Reader::ReduceElement(const TensorBox& box, Atomic atomic, Operand here, Operand there) {
  const bool logical = atomic == Atomic::kAnd || atomic == Atomic::kOr || atomic == Atomic::kXor;
  const bool counts = atomic == Atomic::kInc || atomic == Atomic::kDec;
  constexpr struct {
    uint32_t number;  // CUtensorMapDataType
    Type type, bits;
  } kTypes[] = {
      {2, Type::kU32, Type::kB32},  {3, Type::kS32, Type::kB32},  {4, Type::kU64, Type::kB64},
      {5, Type::kS64, Type::kB64},  {6, Type::kF16, Type::kB16},  {7, Type::kF32, Type::kB32},
      {9, Type::kBF16, Type::kB16}, {10, Type::kF32, Type::kB32},
  };
  const BlockId done = builder_->NewBlock();
  for (const auto& row : kTypes) {
    const bool single = row.type == Type::kF32, adds = atomic == Atomic::kAdd;
    const bool fits = logical  ? !IsFloat(row.type)
                      : counts ? row.type == Type::kU32
                      : adds   ? row.type != Type::kS64
                               : !single;
    if (!fits) continue;
    const BlockId here_block = builder_->NewBlock(), other = builder_->NewBlock();
    Emit(Op::kCondBra, Type::kNone, {},
         {CompareOf(Cmp::kEq, Type::kU32, box.element, Imm(row.number)), Operand::Block(here_block),
          Operand::Block(other)});
    builder_->StartBlock(here_block, LocOf(Now()));
    const Type type = logical ? row.bits : row.type;
    const Operand value = Operand::Reg(Temp(type));
    Emit(Op::kLd, type, {value}, {here}).space = Space::kShared;
    Inst& red = Emit(Op::kRed, type, {}, {there, value});
    red.space = Space::kGlobal;
    red.sub = static_cast<uint8_t>(atomic);
    red.order = Order::kRelaxed;
    red.scope = Scope::kGpu;
    Emit(Op::kBra, Type::kNone, {}, {Operand::Block(done)});
    builder_->StartBlock(other, LocOf(Now()));
  }
  Emit(Op::kTrap, Type::kNone, {}, {}).sub = kTrapTensorMap;
  builder_->StartBlock(done, LocOf(Now()));
}

// Copies the box at `coords`, in pieces of 16 bytes where they lie inside of the tensor, else byte
// by byte; `inward`: from global to shared memory; with `combine` element by element. Without a
// guard.
WS_HD void Reader::CopyBox(const TensorBox& box, const Operand* coords, const Place& shared,
                           bool inward, const Atomic* combine) {
  const auto block = [](BlockId id) { return Operand::Block(id); };
  const auto begin = [&](BlockId id) { builder_->StartBlock(id, LocOf(Now())); };
  const auto go = [&](BlockId id) { Emit(Op::kBra, Type::kNone, {}, {block(id)}); };
  const auto choose = [&](Operand p, BlockId yes, BlockId no) {
    Emit(Op::kCondBra, Type::kNone, {}, {p, block(yes), block(no)});
  };
  const auto both = [&](Operand p, Operand q) { return Value1(Op::kAnd, Type::kPred, {p, q}); };
  const BlockId head = builder_->NewBlock(), body = builder_->NewBlock();
  const BlockId whole = builder_->NewBlock(), partly = builder_->NewBlock();
  const BlockId outside = builder_->NewBlock(), bytewise = builder_->NewBlock();
  const BlockId one = builder_->NewBlock(), next = builder_->NewBlock();
  const BlockId done = builder_->NewBlock();
  const Operand base = AddressIn32(shared);
  const Operand n = Operand::Reg(Temp(Type::kU32));
  Move(n, Type::kU32, Imm(0));
  go(head);
  begin(head);
  choose(CompareOf(Cmp::kLt, Type::kU32, n, box.total), body, done);

  // Piece n: which row of the box, and whether the tensor has that row.
  begin(body);
  const Operand in_row = Value1(Op::kRem, Type::kU32, {n, box.pieces});
  const TensorRow found = RowOfBox(box, coords, Value1(Op::kDiv, Type::kU32, {n, box.pieces}));
  const Operand row = found.address, is_row = found.exists;
  // Its first byte in the row; numbers below zero are large here.
  const Operand first_element = Operand::Reg(Temp(Type::kU64));
  Emit(Op::kCvt, Type::kS64, {first_element}, {coords[0]}).src_type = Type::kS32;
  const Operand moved = ValueOf(Op::kMulWide, Type::kU32, Type::kU64, {in_row, Imm(kPiece)});
  const Operand start = Value1(Op::kShl, Type::kB64, {first_element, box.log_bytes});
  const Operand from = Value1(Op::kAdd, Type::kU64, {start, moved});
  const Operand global = Value1(Op::kAdd, Type::kU64, {row, from});
  // Its place in shared memory.
  const Operand offset = Value1(Op::kShl, Type::kB32, {n, Imm(4)});
  const Operand plain = Value1(Op::kAdd, Type::kU32, {base, offset});
  const Operand higher = Value1(Op::kShr, Type::kU32, {plain, Imm(7)});
  const Operand changed = Value1(Op::kAnd, Type::kB32, {higher, box.swizzle});
  const Operand to =
      Value1(Op::kXor, Type::kB32, {plain, Value1(Op::kShl, Type::kB32, {changed, Imm(4)})});
  const Operand end = Value1(Op::kAdd, Type::kU64, {from, Imm(kPiece - 1)});
  const Operand has_first = CompareOf(Cmp::kLt, Type::kU64, from, box.row_bytes);
  const Operand has_end = CompareOf(Cmp::kLt, Type::kU64, end, box.row_bytes);
  const Operand low = Value1(Op::kAnd, Type::kB64, {global, Imm(kPiece - 1)});
  const Operand aligned = CompareOf(Cmp::kEq, Type::kU64, low, Imm(0));
  const Operand all = both(both(is_row, aligned), both(has_first, has_end));
  const Operand at_once =
      combine == nullptr ? all : CompareOf(Cmp::kLt, Type::kU32, box.total, Imm(0));  // never
  choose(at_once, whole, partly);

  begin(whole);
  Operand words[5];
  for (uint32_t w = 1; w < 5; ++w) words[w] = Operand::Reg(Temp(Type::kB32));
  words[0] = inward ? global : to;
  Inst& load = EmitSpans(Op::kLd, Type::kB32, {words + 1, 4}, {words, 1});
  load.vec = 4;
  load.space = inward ? Space::kGlobal : Space::kShared;
  words[0] = inward ? to : global;
  Inst& store = EmitSpans(Op::kSt, Type::kB32, {}, {words, 5});
  store.vec = 4;
  store.space = inward ? Space::kShared : Space::kGlobal;
  go(next);

  begin(partly);
  const Operand any = Value1(Op::kOr, Type::kPred, {has_first, has_end});
  choose(both(is_row, any), bytewise, outside);
  begin(outside);
  if (inward) {
    const Operand zeros[5] = {to, Imm(0), Imm(0), Imm(0), Imm(0)};
    Inst& fill = EmitSpans(Op::kSt, Type::kB32, {}, {zeros, 5});
    fill.vec = 4;
    fill.space = Space::kShared;
  }
  go(next);

  begin(bytewise);
  const Operand k = Operand::Reg(Temp(Type::kU32));
  Move(k, Type::kU32, Imm(0));
  go(one);
  begin(one);
  const Operand wide_k = ValueOf(Op::kMulWide, Type::kU32, Type::kU64, {k, Imm(1)});
  const Operand byte = Value1(Op::kAdd, Type::kU64, {from, wide_k});
  const Operand is_byte = CompareOf(Cmp::kLt, Type::kU64, byte, box.row_bytes);
  const Operand there = Value1(Op::kAdd, Type::kU64, {global, wide_k});
  const Operand here = Value1(Op::kAdd, Type::kU32, {to, k});
  if (combine != nullptr) {
    const BlockId combines = builder_->NewBlock(), over = builder_->NewBlock();
    choose(is_byte, combines, over);
    begin(combines);
    ReduceElement(box, *combine, here, there);
    go(over);
    begin(over);
    Emit(Op::kAdd, Type::kU32, {k},
         {k, Value1(Op::kShl, Type::kB32,
                    {ValueOf(Op::kMov, Type::kU32, Type::kU32, {Imm(1)}), box.log_bytes})});
    choose(CompareOf(Cmp::kLt, Type::kU32, k, Imm(kPiece)), one, next);
    begin(next);
    Emit(Op::kAdd, Type::kU32, {n}, {n, Imm(1)});
    go(head);
    begin(done);
    return;
  }
  const Operand value = Operand::Reg(Temp(Type::kU32));
  Move(value, Type::kU32, Imm(0));
  guard_ = is_byte.reg();
  Emit(Op::kLd, Type::kU8, {value}, {inward ? there : here}).space =
      inward ? Space::kGlobal : Space::kShared;
  if (inward) guard_ = RegId();
  Emit(Op::kSt, Type::kU8, {}, {inward ? here : there, value}).space =
      inward ? Space::kShared : Space::kGlobal;
  guard_ = RegId();
  Emit(Op::kAdd, Type::kU32, {k}, {k, Imm(1)});
  choose(CompareOf(Cmp::kLt, Type::kU32, k, Imm(kPiece)), one, next);

  begin(next);
  Emit(Op::kAdd, Type::kU32, {n}, {n, Imm(1)});
  go(head);
  begin(done);
}

}  // namespace ws::ir::reader
