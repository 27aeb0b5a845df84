// Copies of boxes of a tensor between global and shared memory (PTX ISA, cp.async.bulk.tensor), and
// reductions. The tensor map is one of ours (tensor_map.h); a chip's own is not known. device-clean
#include "ir/reader/tensor_map.h"

namespace ws::ir::reader {

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
  const Operand dims = LoadField(box->map, Type::kU8, kRank);
  const Operand fits =
      Value1(Op::kAnd, Type::kPred,
             {CompareOf(Cmp::kEq, Type::kU32, magic, Imm(kMagic)),
              CompareOf(Cmp::kEq, Type::kU32, dims, Imm(rank + (box->is_im2col ? kIsIm2col : 0)))});
  Emit(Op::kCondBra, Type::kNone, {}, {fits, Operand::Block(good), Operand::Block(bad)});
  builder_->StartBlock(bad, LocOf(Now()));
  Emit(Op::kTrap, Type::kNone, {}, {}).sub = kTrapTensorMap;
  builder_->StartBlock(good, LocOf(Now()));
  box->log_bytes = LoadField(box->map, Type::kU8, kLogBytes);
  box->swizzle = LoadField(box->map, Type::kU8, kSwizzle);
  box->element = LoadField(box->map, Type::kU8, kElement);
  box->address = LoadField(box->map, Type::kU64, kAddress);
  for (uint32_t d = 0; d < rank; ++d) {
    const int32_t i = static_cast<int32_t>(d);
    box->sizes[d] = LoadField(box->map, Type::kU32, kSizes + 4 * i);
    box->steps[d] = LoadField(box->map, Type::kU8, kSteps + i);
    if (!box->is_im2col || d < 2) box->box[d] = LoadField(box->map, Type::kU16, kBox + 2 * i);
    if (box->is_im2col && d > 0 && d + 1 < rank) {
      box->lower[d] = Operand::Reg(Temp(Type::kS32));
      Emit(Op::kLd, Type::kS16, {box->lower[d]}, {box->map}).offset = kLower + 2 * (i - 1);
      box->counts[d] = LoadField(box->map, Type::kU32, kCounts + 4 * (i - 1));
    }
    if (d > 0) box->strides[d] = LoadField(box->map, Type::kU64, kStrides + 8 * (i - 1));
  }
  const Operand wide = ValueOf(Op::kMulWide, Type::kU32, Type::kU64, {box->sizes[0], Imm(1)});
  box->row_bytes = Value1(Op::kShl, Type::kB64, {wide, box->log_bytes});
  const Operand bytes = Value1(Op::kShl, Type::kB32, {box->box[0], box->log_bytes});
  box->pieces = Value1(Op::kShr, Type::kU32, {bytes, Imm(4)});
  box->total = box->pieces;
  for (uint32_t d = 1; d < (box->is_im2col ? 2 : rank); ++d) {
    box->total = Value1(Op::kMul, Type::kU32, {box->total, box->box[d]});
  }
}

// Stops where shared memory is not aligned to 128 bytes, or the map to 64.
WS_HD void Reader::NeedTensorPlaces(Operand map, const Place& shared) {
  TrapUnlessZero(Value1(Op::kAnd, Type::kB32, {AddressIn32(shared), Imm(127)}), Type::kU32,
                 kTrapBoxPlace);
  TrapUnlessZero(Value1(Op::kAnd, Type::kB64, {map, Imm(63)}), Type::kU64, kTrapTensorMap);
}

// cp.async.bulk.tensor.dim.shared.global{.tile | .im2col}.mbarrier::complete_tx::bytes
//   {.multicast::cluster} [to], [map, {coordinates}], [barrier]{, {offsets}}{, mask}{, policy}
// cp.async.bulk.tensor.dim.global.shared::cta{.tile | .im2col_no_offs}.bulk_group
//   [map, {coordinates}], [from]{, policy}
// cp.reduce.async.bulk.tensor.dim.global.shared::cta.op... likewise
// cp.async.bulk.prefetch.tensor.dim.L2.global{.tile | .im2col} [map, {coordinates}]{, {offsets}}
WS_HD void Reader::ReadTensorCopy(bool reduces) {
  const Mod dims[kMostDims] = {Mod::kDim1, Mod::kDim2, Mod::kDim3, Mod::kDim4, Mod::kDim5};
  uint32_t rank = 0;
  for (uint32_t d = 0; d < kMostDims; ++d) {
    if (Has(dims[d])) rank = d + 1;
  }
  const bool prefetches = Has(Mod::kPrefetch), hint = Has(Mod::kL2CacheHint);
  const bool multicast = Has(Mod::kMulticastCluster);
  const bool counted = Has(Mod::kCompleteTxBytes), grouped = Has(Mod::kBulkGroup);
  uint8_t first = 0, second = 0, op = 0;
  const bool combines = TakeClass(ModClass::kAtomic, &op);
  const bool im2col = Has(Mod::kIm2col), is_im2col = Has(Mod::kIm2colNoOffs) || im2col;
  Has(Mod::kTile);
  Has(Mod::kL2);
  TakeClass(ModClass::kSpace, &first);
  TakeClass(ModClass::kSpace, &second);
  for (uint32_t i = 0; i < num_mods_; ++i) {
    if (!mods_[i].taken) return Refuse();
  }
  const bool inward = !prefetches && static_cast<Space>(first) == Space::kShared;
  const bool fits = prefetches ? !counted && !grouped : counted == inward && grouped != inward;
  if (rank == 0 || !fits || (multicast && !inward) || (is_im2col && rank < 3) ||
      combines != reduces || (reduces && inward)) {
    return BadCombination("this combination of spaces and completion");
  }
  const uint32_t least = prefetches ? 1 : inward ? 3 : 2;
  if (!NeedArgs(least + (im2col ? 1 : 0) + (multicast ? 1 : 0) + (hint ? 1 : 0))) return;
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
  TensorBox box;
  box.is_im2col = is_im2col;
  const std::span<const Arg> offsets = im2col ? ElementsOf(args_[least]) : std::span<const Arg>();
  if (im2col && (args_[least].kind != Arg::Kind::kVector || offsets.size() != rank - 2)) {
    BadOperand(args_[least], "an offset for each dimension but the first and the last");
  }
  for (uint32_t d = 1; d + 1 < rank && is_im2col && !failed_; ++d) {
    box.offsets[d] = ValueOf(Op::kMov, Type::kU32, Type::kU32, {Imm(0)});
    if (!im2col) continue;
    const Operand offset = SrcOf(offsets[d - 1], Type::kB16);
    box.offsets[d] = Operand::Reg(Temp(Type::kU32));
    if (!failed_) Emit(Op::kCvt, Type::kU32, {box.offsets[d]}, {offset}).src_type = Type::kU16;
  }
  const Operand mask = multicast ? Src(im2col ? 4 : 3, Type::kB16) : Operand();
  if (failed_ || prefetches) return;
  const Atomic atomic = static_cast<Atomic>(op);
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
    ReadTensorMap(map, rank, &box);
    NeedTensorPlaces(box.map, shared);
    CopyBox(box, coords, shared, inward, reduces ? &atomic : nullptr);
    if (inward) {
      const Operand bytes = Value1(Op::kShl, Type::kB32, {box.total, Imm(4)});
      EmitMbarrier(Mbarrier::kCompleteTx, barrier, bytes, {});
    }
    Emit(Op::kBra, Type::kNone, {}, {Operand::Block(rest)});
    builder_->StartBlock(rest, LocOf(Now()));
  });
}

}  // namespace ws::ir::reader
