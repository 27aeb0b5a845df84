// Copies of boxes of a tensor between global and shared memory (PTX ISA, cp.async.bulk.tensor),
// tiled. The tensor map is the one that lib/cuda_driver.cu makes; a chip's own is not known. The
// copy is made at once, in pieces of 16 bytes where they lie inside of the tensor, else byte by
// byte. device-clean
#include "ir/reader/reader.h"

namespace ws::ir::reader {
namespace {

constexpr uint32_t kMostDims = 5;
constexpr uint32_t kPiece = 16;
constexpr uint32_t kBoxAlign = 128;  // bytes, of a box in shared memory

// The map's bytes.
constexpr uint32_t kMagic = 0x4d545357;  // "WSTM" at 0, behind it the rank
constexpr int32_t kLogBytes = 5;         // u8: logarithm of an element's bytes
constexpr int32_t kSwizzle = 6;          // u8: 0, or the bits of a piece's number that change
constexpr int32_t kAddress = 8;          // u64
constexpr int32_t kSizes = 16;           // u32 each: elements
constexpr int32_t kStrides = 40;  // u64 each: bytes between elements of the dimensions from 1 on
constexpr int32_t kBox = 72;      // u16 each: elements

}  // namespace

// What the copy of one box needs, read from the map.
struct Reader::TensorBox {
  uint32_t rank = 0;
  Operand map, log_bytes, swizzle, address, row_bytes;
  Operand sizes[kMostDims], strides[kMostDims], box[kMostDims];
  Operand pieces;  // of a row of the box
  Operand total;   // of the box
};

WS_HD Operand Reader::LoadField(Operand map, Type type, int32_t offset) {
  const Operand value = Operand::Reg(Temp(type == Type::kU64 ? type : Type::kU32));
  Emit(Op::kLd, type, {value}, {map}).offset = offset;
  return value;
}

WS_HD void Reader::ReadTensorMap(const Place& place, uint32_t rank, TensorBox* box) {
  box->rank = rank;
  box->map = AddressIn64(place);
  const BlockId bad = builder_->NewBlock(), good = builder_->NewBlock();
  const Operand magic = LoadField(box->map, Type::kU32, 0);
  const Operand dims = LoadField(box->map, Type::kU8, 4);
  const Operand fits = Value1(Op::kAnd, Type::kPred,
                              {CompareOf(Cmp::kEq, Type::kU32, magic, Imm(kMagic)),
                               CompareOf(Cmp::kEq, Type::kU32, dims, Imm(rank))});
  Emit(Op::kCondBra, Type::kNone, {}, {fits, Operand::Block(good), Operand::Block(bad)});
  builder_->StartBlock(bad, LocOf(Now()));
  Emit(Op::kTrap, Type::kNone, {}, {}).sub = kTrapTensorMap;
  builder_->StartBlock(good, LocOf(Now()));
  box->log_bytes = LoadField(box->map, Type::kU8, kLogBytes);
  box->swizzle = LoadField(box->map, Type::kU8, kSwizzle);
  box->address = LoadField(box->map, Type::kU64, kAddress);
  for (uint32_t d = 0; d < rank; ++d) {
    const int32_t i = static_cast<int32_t>(d);
    box->sizes[d] = LoadField(box->map, Type::kU32, kSizes + 4 * i);
    box->box[d] = LoadField(box->map, Type::kU16, kBox + 2 * i);
    if (d > 0) box->strides[d] = LoadField(box->map, Type::kU64, kStrides + 8 * (i - 1));
  }
  const Operand wide = ValueOf(Op::kMulWide, Type::kU32, Type::kU64, {box->sizes[0], Imm(1)});
  box->row_bytes = Value1(Op::kShl, Type::kB64, {wide, box->log_bytes});
  const Operand bytes = Value1(Op::kShl, Type::kB32, {box->box[0], box->log_bytes});
  box->pieces = Value1(Op::kShr, Type::kU32, {bytes, Imm(4)});
  box->total = box->pieces;
  for (uint32_t d = 1; d < rank; ++d) {
    box->total = Value1(Op::kMul, Type::kU32, {box->total, box->box[d]});
  }
}

// Copies the box at `coords`; `inward`: from global to shared memory. Without a guard.
WS_HD void Reader::CopyBox(const TensorBox& box, const Operand* coords, const Place& shared,
                           bool inward) {
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
  TrapUnlessZero(Value1(Op::kAnd, Type::kB32, {base, Imm(kBoxAlign - 1)}), Type::kU32,
                 kTrapBoxPlace);
  const Operand n = Operand::Reg(Temp(Type::kU32));
  Move(n, Type::kU32, Imm(0));
  go(head);
  begin(head);
  choose(CompareOf(Cmp::kLt, Type::kU32, n, box.total), body, done);

  // Piece n: which row of the box, and whether the tensor has that row.
  begin(body);
  Operand rest = Value1(Op::kDiv, Type::kU32, {n, box.pieces});
  const Operand in_row = Value1(Op::kRem, Type::kU32, {n, box.pieces});
  Operand row = box.address;
  Operand is_row = CompareOf(Cmp::kLt, Type::kU32, n, box.total);
  for (uint32_t d = 1; d < box.rank; ++d) {
    const bool last = d + 1 == box.rank;
    const Operand i = last ? rest : Value1(Op::kRem, Type::kU32, {rest, box.box[d]});
    if (!last) rest = Value1(Op::kDiv, Type::kU32, {rest, box.box[d]});
    const Operand at = Value1(Op::kAdd, Type::kU32, {coords[d], i});
    is_row = both(is_row, CompareOf(Cmp::kLt, Type::kU32, at, box.sizes[d]));
    const Operand wide = ValueOf(Op::kMulWide, Type::kU32, Type::kU64, {at, Imm(1)});
    const Operand away = Value1(Op::kMul, Type::kU64, {wide, box.strides[d]});
    row = Value1(Op::kAdd, Type::kU64, {row, away});
  }
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
  choose(both(both(is_row, aligned), both(has_first, has_end)), whole, partly);

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

// cp.async.bulk.tensor.dim.shared.global{.tile}.mbarrier::complete_tx::bytes{.multicast::cluster}
// [to], [map, {coordinates}], [barrier]{, mask}{, policy}; .global.shared::cta{.tile}.bulk_group
// [map, {coordinates}], [from]{, policy}; cp.async.bulk.prefetch.tensor [map, {coordinates}]
WS_HD void Reader::ReadTensorCopy() {
  const Mod dims[kMostDims] = {Mod::kDim1, Mod::kDim2, Mod::kDim3, Mod::kDim4, Mod::kDim5};
  uint32_t rank = 0;
  for (uint32_t d = 0; d < kMostDims; ++d) {
    if (Has(dims[d])) rank = d + 1;
  }
  const bool prefetches = Has(Mod::kPrefetch), hint = Has(Mod::kL2CacheHint);
  const bool multicast = Has(Mod::kMulticastCluster);
  const bool counted = Has(Mod::kCompleteTxBytes), grouped = Has(Mod::kBulkGroup);
  uint8_t first = 0, second = 0;
  Has(Mod::kTile);
  Has(Mod::kL2);
  TakeClass(ModClass::kSpace, &first);
  TakeClass(ModClass::kSpace, &second);
  for (uint32_t i = 0; i < num_mods_; ++i) {
    if (!mods_[i].taken) return Refuse();  // im2col
  }
  const bool inward = !prefetches && static_cast<Space>(first) == Space::kShared;
  const bool fits = prefetches ? !counted && !grouped : counted == inward && grouped != inward;
  if (rank == 0 || !fits || (multicast && !inward)) {
    return BadCombination("this combination of spaces and completion");
  }
  const uint32_t least = prefetches ? 1 : inward ? 3 : 2;
  if (!NeedArgs(least + (multicast ? 1 : 0) + (hint ? 1 : 0))) return;
  const Arg& tensor = args_[inward ? 1 : 0];
  const Place map = PlaceOf(tensor, Space::kGeneric, 64);
  if (!failed_ && tensor.count != rank) {
    BadOperand(tensor, "a tensor map with a coordinate for each dimension, as in [map, {x, y}]");
    return;
  }
  if (failed_) return;
  Operand coords[kMostDims];
  for (uint32_t d = 0; d < rank; ++d) coords[d] = SrcOf(elements_[tensor.index + d], Type::kS32);
  const Place shared =
      prefetches ? Place() : PlaceOf(args_[inward ? 0 : 1], Space::kShared, kPiece);
  const Place barrier = inward ? PlaceOf(args_[2], Space::kShared, 8) : Place();
  const Operand mask = multicast ? Src(3, Type::kB16) : Operand();
  if (failed_ || prefetches) return;
  Guarded([&] {
    const BlockId rest = builder_->NewBlock();
    if (multicast) {  // to the blocks of the cluster that the mask names: this one has rank 0
      const BlockId here = builder_->NewBlock();
      const Operand own = Value1(Op::kAnd, Type::kB16, {mask, Imm(1)});
      Emit(Op::kCondBra, Type::kNone, {},
           {CompareOf(Cmp::kNe, Type::kU16, own, Imm(0)), Operand::Block(here),
            Operand::Block(rest)});
      builder_->StartBlock(here, LocOf(Now()));
    }
    TensorBox box;
    ReadTensorMap(map, rank, &box);
    CopyBox(box, coords, shared, inward);
    if (inward) {
      const Operand bytes = Value1(Op::kShl, Type::kB32, {box.total, Imm(4)});
      EmitMbarrier(Mbarrier::kCompleteTx, barrier, bytes, {});
    }
    Emit(Op::kBra, Type::kNone, {}, {Operand::Block(rest)});
    builder_->StartBlock(rest, LocOf(Now()));
  });
}

}  // namespace ws::ir::reader
