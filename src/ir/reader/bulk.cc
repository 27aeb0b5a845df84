// Copies in bulk, and stores and reductions that a barrier in memory counts (PTX ISA, "Data
// Movement and Conversion Instructions: Asynchronous copy", st.async, red.async). They are made at
// once, which is one of the orders they may be made in; what they complete is told to the barrier
// behind them. device-clean
#include "ir/reader/reader.h"

namespace ws::ir::reader {
namespace {

constexpr uint32_t kChunk = 16;  // bytes: sizes and addresses are multiples of it

}  // namespace

// Copies, or combines element by element what is there with what comes. Without a guard.
WS_HD void Reader::CopyInBulk(const Place& to, const Place& from, Operand bytes, Type type,
                              const Atomic* combine) {
  const BlockId odd = builder_->NewBlock(), start = builder_->NewBlock();
  const BlockId head = builder_->NewBlock(), body = builder_->NewBlock();
  const BlockId done = builder_->NewBlock();
  const auto block = [](BlockId id) { return Operand::Block(id); };
  const auto begin = [&](BlockId id) { builder_->StartBlock(id, LocOf(Now())); };
  const Operand rest = Value1(Op::kAnd, Type::kB32, {bytes, Imm(kChunk - 1)});
  Emit(Op::kCondBra, Type::kNone, {},
       {CompareOf(Cmp::kNe, Type::kU32, rest, Imm(0)), block(odd), block(start)});
  begin(odd);
  Emit(Op::kTrap, Type::kNone, {}, {}).sub = kTrapBadSize;
  begin(start);
  const Operand size = ValueOf(Op::kMulWide, Type::kU32, Type::kU64, {bytes, Imm(1)});
  const Operand source = AddressIn64(from), target = AddressIn64(to);
  const Operand at = Operand::Reg(Temp(Type::kU64));
  Move(at, Type::kU64, Imm(0));
  Emit(Op::kBra, Type::kNone, {}, {block(head)});
  begin(head);
  Emit(Op::kCondBra, Type::kNone, {},
       {CompareOf(Cmp::kLt, Type::kU64, at, size), block(body), block(done)});
  begin(body);
  const Operand read = Value1(Op::kAdd, Type::kU64, {source, at});
  const Operand write = Value1(Op::kAdd, Type::kU64, {target, at});
  if (combine == nullptr) {
    Operand words[5] = {write};
    for (uint32_t w = 1; w < 5; ++w) words[w] = Operand::Reg(Temp(Type::kB32));
    Inst& load = EmitSpans(Op::kLd, Type::kB32, {words + 1, 4}, {&read, 1});
    load.vec = 4;
    load.space = from.space;
    Inst& store = EmitSpans(Op::kSt, Type::kB32, {}, {words, 5});
    store.vec = 4;
    store.space = to.space;
  } else {
    for (uint32_t offset = 0; offset < kChunk; offset += BytesOf(type)) {
      const Operand value = Operand::Reg(Temp(type));
      Inst& load = Emit(Op::kLd, type, {value}, {read});
      load.space = from.space;
      load.offset = static_cast<int32_t>(offset);
      Inst& red = Emit(Op::kRed, type, {}, {write, value});
      red.space = to.space;
      red.offset = static_cast<int32_t>(offset);
      red.sub = static_cast<uint8_t>(*combine);
      red.order = Order::kRelaxed;
      red.scope = Scope::kGpu;
    }
  }
  Emit(Op::kAdd, Type::kU64, {at}, {at, Imm(kChunk)});
  Emit(Op::kBra, Type::kNone, {}, {block(head)});
  begin(done);
}

// cp.async.bulk.dst.src.completion{.multicast::cluster}{.L2::cache_hint} [to], [from], bytes,
// [barrier] cp.async.bulk.commit_group; cp.async.bulk.wait_group{.read} n;
// cp.async.bulk.prefetch.L2.global cp.reduce.async.bulk.dst.src.completion.op{.noftz}.type likewise
WS_HD void Reader::ReadBulkCopy(bool reduces) {
  if (Has(Mod::kCommitGroup)) {
    NeedArgs(0);
    return;
  }
  if (Has(Mod::kWaitGroup)) {
    Has(Mod::kRead);
    if (NeedArgs(1) && args_[0].kind != Arg::Kind::kInteger) BadOperand(args_[0], "a constant");
    return;
  }
  if (Has(Mod::kTensor)) return ReadTensorCopy(reduces);
  if (Has(Mod::kPrefetch)) return ReadBulkPrefetch();
  uint8_t to_space = 0, from_space = 0, op = 0;
  const bool spaces =
      TakeClass(ModClass::kSpace, &to_space) && TakeClass(ModClass::kSpace, &from_space);
  const Space to = static_cast<Space>(to_space), from = static_cast<Space>(from_space);
  const bool counted = Has(Mod::kCompleteTxBytes), grouped = Has(Mod::kBulkGroup);
  const bool multicast = Has(Mod::kMulticastCluster), hint = Has(Mod::kL2CacheHint);
  const bool combines = reduces && TakeClass(ModClass::kAtomic, &op);
  const bool noftz = Has(Mod::kNoftz);
  const Type type = reduces ? TakeType() : Type::kNone;
  for (uint32_t i = 0; i < num_mods_; ++i) {
    if (!mods_[i].taken) return Refuse();  // of bytes by a mask
  }
  const Atomic atomic = static_cast<Atomic>(op);
  const bool inward = to == Space::kShared && counted && !grouped &&
                      (from == Space::kShared || (from == Space::kGlobal && !reduces));
  const bool outward =
      to == Space::kGlobal && from == Space::kShared && grouped && !counted && !multicast;
  const bool unsigned_word = type == Type::kU32, word = unsigned_word || type == Type::kS32;
  const bool wide = type == Type::kU64, bits = type == Type::kB32 || type == Type::kB64;
  const bool ordered = atomic == Atomic::kMin || atomic == Atomic::kMax;
  const bool logical = atomic == Atomic::kAnd || atomic == Atomic::kOr || atomic == Atomic::kXor;
  const bool half = type == Type::kF16 || type == Type::kBF16;
  const bool any_float = half || type == Type::kF32 || type == Type::kF64;
  const bool adds = atomic == Atomic::kAdd;
  const bool known_type = logical   ? bits && (outward || BytesOf(type) == 4)
                          : ordered ? word || (outward && (wide || half || type == Type::kS64))
                          : adds
                              ? word || wide || (outward && any_float)
                              : unsigned_word && (atomic == Atomic::kInc || atomic == Atomic::kDec);
  const bool fits = reduces ? combines && known_type && noftz == (adds && half) : !noftz;
  if (!spaces || inward == outward || !fits || (multicast && from != Space::kGlobal)) {
    return BadCombination("this combination of spaces, completion and types");
  }
  const uint32_t count = 3u + (inward ? 1 : 0) + (multicast ? 1 : 0) + (hint ? 1 : 0);
  if (!NeedArgs(count)) return;
  const Arg& size = args_[2];
  if (size.kind == Arg::Kind::kInteger && size.bits % kChunk != 0) {
    BadOperand(size, "a multiple of 16");
    return;
  }
  const Place target = PlaceOf(args_[0], to, kChunk), source = PlaceOf(args_[1], from, kChunk);
  const Operand bytes = Src(2, Type::kU32);
  const Place barrier = inward ? PlaceOf(args_[3], Space::kShared, 8) : Place();
  const Operand mask = multicast ? Src(4, Type::kB16) : Operand();
  if (failed_) return;
  Guarded([&] {
    const BlockId here = builder_->NewBlock(), rest = builder_->NewBlock();
    if (multicast) {  // to the blocks of the cluster that the mask names: this one has rank 0
      const Operand own = Value1(Op::kAnd, Type::kB16, {mask, Imm(1)});
      Emit(Op::kCondBra, Type::kNone, {},
           {CompareOf(Cmp::kNe, Type::kU16, own, Imm(0)), Operand::Block(here),
            Operand::Block(rest)});
      builder_->StartBlock(here, LocOf(Now()));
    }
    CopyInBulk(target, source, bytes, type, reduces ? &atomic : nullptr);
    if (inward) EmitMbarrier(Mbarrier::kCompleteTx, barrier, bytes, {});
    if (!multicast) return;
    Emit(Op::kBra, Type::kNone, {}, {Operand::Block(rest)});
    builder_->StartBlock(rest, LocOf(Now()));
  });
}

WS_HD void Reader::ReadBulkPrefetch() {
  const bool level = Has(Mod::kL2), hint = Has(Mod::kL2CacheHint);
  uint8_t space = 0;
  const bool global =
      TakeClass(ModClass::kSpace, &space) && static_cast<Space>(space) == Space::kGlobal;
  if (!level || !global) return BadCombination("this form");
  if (!NeedArgs(hint ? 3 : 2)) return;
  PlaceOf(args_[0], Space::kGlobal, kChunk);
  Src(1, Type::kU32);
}

// st.async{.weak}.shared::cluster.mbarrier::complete_tx::bytes{.v2}.type [a], b, [barrier];
// red.async.relaxed.cluster.shared::cluster.mbarrier::complete_tx::bytes.op.type [a], b, [barrier];
WS_HD void Reader::ReadAsyncStore() {
  const bool reduces = op_ == Op::kRed;
  Inst m;
  TakeOrder(&m);
  uint8_t space = 0, op = 0, vector = 1;
  const bool shared =
      !TakeClass(ModClass::kSpace, &space) || static_cast<Space>(space) == Space::kShared;
  const bool counted = Has(Mod::kCompleteTxBytes);
  const bool combines = TakeClass(ModClass::kAtomic, &op);
  const bool is_vector = TakeClass(ModClass::kVector, &vector);
  const Type type = NeedType();
  if (failed_) return;
  const Atomic atomic = static_cast<Atomic>(op);
  const bool logical = atomic == Atomic::kAnd || atomic == Atomic::kOr || atomic == Atomic::kXor;
  const bool word = type == Type::kU32 || type == Type::kS32;
  const bool wide = type == Type::kU64 || type == Type::kS64;
  const bool reduced = logical                  ? type == Type::kB32
                       : atomic <= Atomic::kMax ? word || (atomic == Atomic::kAdd && wide)
                                                : type == Type::kU32 && atomic >= Atomic::kInc;
  const bool ordered = m.order == Order::kRelaxed && m.scope == Scope::kGpu;
  const bool fits = reduces ? combines && reduced && !is_vector && ordered
                            : !combines && BytesOf(type) >= 4 && type < Type::kCount &&
                                  vector <= (BytesOf(type) == 8 ? 2 : 4);
  if (!counted || !shared || !fits) return BadCombination("this form");
  if (!NeedArgs(3)) return;
  const std::span<const Arg> values = ElementsOf(args_[1]);
  if (values.size() != vector) {
    BadOperand(args_[1], "as many values as the vector has elements");
    return;
  }
  const uint32_t bytes = BytesOf(type) * vector;
  const Place to = PlaceOf(args_[0], Space::kShared, bytes);
  const Place barrier = PlaceOf(args_[2], Space::kShared, 8);
  Operand srcs[5] = {to.base};
  for (uint32_t i = 0; i < vector; ++i) srcs[i + 1] = SrcOf(values[i], type);
  if (failed_) return;
  Inst& inst = EmitSpans(reduces ? Op::kRed : Op::kSt, type, {}, {srcs, vector + 1u});
  inst.space = to.space;
  inst.offset = static_cast<int32_t>(to.offset);
  inst.vec = vector;
  inst.sub = reduces ? op : 0;
  inst.order = reduces ? Order::kRelaxed : Order::kNone;
  inst.scope = reduces ? Scope::kGpu : Scope::kNone;
  EmitMbarrier(Mbarrier::kCompleteTx, barrier, Imm(bytes), {});
}

}  // namespace ws::ir::reader
