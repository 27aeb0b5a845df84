// Barrier objects in shared memory (PTX ISA, "Parallel Synchronization and Communication
// Instructions": mbarrier), and addresses in a cluster, which is one block. device-clean
#include "ir/mbarrier.h"

#include "ir/reader/reader.h"

namespace ws::ir::reader {

// The address of a place in its own space, in 64 bits.
WS_HD Operand Reader::AddressIn64(const Place& place) {
  Operand at = place.base;
  if (at.IsReg() && !IsWide(builder_->RegType(at.reg()))) {
    const Operand wide = Operand::Reg(Temp(Type::kU64));
    Emit(Op::kCvt, Type::kU64, {wide}, {at}).src_type = Type::kU32;
    at = wide;
  } else if (!at.IsReg()) {
    at = ValueOf(Op::kMov, Type::kU64, Type::kU64, {at});
  }
  if (place.offset == 0) return at;
  return Value1(Op::kAdd, Type::kU64, {at, Imm(static_cast<uint64_t>(place.offset))});
}

// `value`: none where the operation has none; `dst`: a register, or none.
WS_HD void Reader::EmitMbarrier(Mbarrier what, const Place& place, Operand value, Operand dst) {
  const Operand srcs[2] = {place.base, value};
  const bool has_value = value.kind != OperandKind::kNone;
  Inst& inst =
      EmitSpans(Op::kMbar, Type::kB64, {&dst, dst.IsReg() ? 1u : 0u}, {srcs, has_value ? 2u : 1u});
  inst.space = place.space;
  inst.offset = static_cast<int32_t>(place.offset);
  inst.sub = static_cast<uint8_t>(what);
}

// .acquire, .release or .relaxed, and the scope that must follow it.
WS_HD bool Reader::TakeMbarrierOrder(Inst* inst) {
  for (uint32_t i = 0; i < num_mods_; ++i) {
    if (mods_[i].mod != Mod::kGpu && mods_[i].mod != Mod::kGl) continue;
    const Token& t = tokens_[mods_[i].token];
    Report(diag::Kind::kPtxForm, t, OpcodeText(), TextOf(t));
    return false;
  }
  TakeOrder(inst);
  const bool scope = inst->scope == Scope::kCta || inst->scope == Scope::kGpu;
  if (inst->order == Order::kNone ? inst->scope == Scope::kNone : scope) return !failed_;
  Report(diag::Kind::kPtxLacks, tokens_[opcode_], OpcodeText(),
         inst->order == Order::kNone ? "an order before its scope"
                                     : "'.cta' or '.cluster' behind its order");
  return false;
}

// A count of arrivals, which is 1 if it is not written.
WS_HD Operand Reader::CountOf(uint32_t i) {
  if (i >= args_.size()) return Imm(1);
  return Src(i, Type::kU32);
}

WS_HD void Reader::ReadMbarrier() {
  const bool init = Has(Mod::kInit), inval = Has(Mod::kInval), drop = Has(Mod::kArriveDrop);
  const bool arrive = Has(Mod::kArrive) || drop, expect = Has(Mod::kExpectTx);
  const bool complete = Has(Mod::kCompleteTx), pending = Has(Mod::kPendingCount);
  const bool test = Has(Mod::kTestWait), attempt = Has(Mod::kTryWait);
  const bool parity = Has(Mod::kParity), no_complete = Has(Mod::kNoComplete);
  Inst m;
  if (!TakeMbarrierOrder(&m)) return;
  uint8_t value = 0;
  const bool cluster = Has(Mod::kSharedCluster);
  if (cluster) value = static_cast<uint8_t>(Space::kShared);
  const bool has_space = cluster || TakeClass(ModClass::kSpace, &value);
  const Space space = has_space ? static_cast<Space>(value) : Space::kGeneric;
  const Type type = NeedType();
  if (failed_) return;
  const bool waits = test || attempt, counts_bytes = !arrive && (expect || complete);
  const int forms = init + inval + arrive + counts_bytes + waits + pending;
  const bool orders =
      m.order == Order::kNone || m.order == Order::kRelaxed
          ? arrive || waits || counts_bytes || m.order == Order::kNone
          : (arrive && m.order == Order::kRelease) || (waits && m.order == Order::kAcquire);
  const bool spaces = space == Space::kGeneric || space == Space::kShared;
  if (forms != 1 || type != Type::kB64 || !orders || !spaces || (test && attempt) ||
      (arrive && complete) || (parity && !waits) || (no_complete && (!arrive || expect)) ||
      (pending && has_space) || (cluster && !arrive && !counts_bytes)) {
    return BadCombination("this form");
  }
  if (pending) {
    if (!NeedArgs(2)) return;
    const Operand dst = Dst(0, Type::kU32), state = Src(1, Type::kB64);
    if (failed_) return;
    const Operand low = Operand::Reg(Temp(Type::kU32));
    Emit(Op::kCvt, Type::kU32, {low}, {state}).src_type = Type::kU64;
    Emit(Op::kAnd, Type::kB32, {dst}, {low, Imm((1u << kPendingBits) - 1)});
    return;
  }
  const uint32_t at = arrive || waits ? 1 : 0;
  const bool bytes_behind = arrive && expect;
  const uint32_t least = at + (inval || (arrive && !expect && !no_complete) ? 1 : 2);
  const uint32_t most = at + (inval ? 1 : attempt ? 3 : 2);
  if (!NeedArgs(least, most)) return;
  const Place place = PlaceOf(args_[at], space, 8);
  if (!place.ok) return;
  if (place.space != Space::kShared && place.space != Space::kGeneric) {
    BadOperand(args_[at], "shared memory");
    return;
  }
  if (waits) {
    if (args_[0].kind == Arg::Kind::kSink) {
      BadOperand(args_[0], "a register: the result of this instruction is not left out");
      return;
    }
    const Operand dst = Dst(0, Type::kPred);
    const Operand phase = Src(2, parity ? Type::kU32 : Type::kB64);
    if (args_.size() > 3) Src(3, Type::kU32);  // how long it may sleep
    if (failed_) return;
    EmitMbarrier(parity ? Mbarrier::kTestParity : Mbarrier::kTestState, place, phase, dst);
  } else if (counts_bytes) {
    const Operand count = Src(1, Type::kU32);
    if (failed_) return;
    EmitMbarrier(expect ? Mbarrier::kExpectTx : Mbarrier::kCompleteTx, place, count, {});
  } else if (inval) {
    EmitMbarrier(Mbarrier::kInval, place, {}, {});
  } else {
    const bool gives = arrive && args_[0].kind != Arg::Kind::kSink;
    if (gives && cluster) {
      BadOperand(args_[0], "'_': a barrier of another block gives no state");
      return;
    }
    const Operand dst = gives ? Dst(0, Type::kB64) : Operand();
    const Operand bytes = bytes_behind ? Src(2, Type::kU32) : Operand();
    const Operand count = init ? CountOf(1) : bytes_behind ? Imm(1) : CountOf(2);
    if (failed_) return;
    if (bytes_behind) EmitMbarrier(Mbarrier::kExpectTx, place, bytes, {});
    const Mbarrier what = init ? Mbarrier::kInit : drop ? Mbarrier::kArriveDrop : Mbarrier::kArrive;
    EmitMbarrier(what, place, count, dst);
  }
  Inst& inst = module_->insts.back();
  inst.order = m.order;
  inst.scope = m.scope;
}

// cp.async.mbarrier.arrive{.noinc}{.shared}.b64 [barrier]: when the copies that the thread has
// begun are done, which they are here, it arrives; without .noinc one more arrival is expected for
// that.
WS_HD void Reader::ReadCopyArrive() {
  const bool arrives = Has(Mod::kArrive), counted = Has(Mod::kNoinc);
  uint8_t value = 0;
  const Space space =
      TakeClass(ModClass::kSpace, &value) ? static_cast<Space>(value) : Space::kGeneric;
  const Type type = NeedType();
  if (failed_) return;
  if (!arrives || type != Type::kB64 || (space != Space::kGeneric && space != Space::kShared)) {
    return BadCombination("this form");
  }
  if (!NeedArgs(1)) return;
  const Place place = PlaceOf(args_[0], space, 8);
  if (!place.ok) return;
  // The arrival counts once the copies are made.
  EmitCopyGroup(CopyStep::kWaitAll, 0);
  EmitMbarrier(counted ? Mbarrier::kArrive : Mbarrier::kArriveCopies, place,
               counted ? Imm(1) : Operand(), {});
}

// mapa{.shared::cluster}.type d, a, rank: the address in the block of that rank, of which there is
// 0 alone: others lead nowhere.   getctarank{.shared::cluster}.type d, a: 0.
WS_HD void Reader::ReadMapRank() {
  uint8_t value = 0;
  const bool shared = TakeClass(ModClass::kSpace, &value);
  const Type type = NeedType();
  const bool maps = op_ == Op::kSelp;
  if (failed_ || !NeedArgs(maps ? 3 : 2)) return;
  if ((type != Type::kU32 && type != Type::kU64) ||
      (shared && static_cast<Space>(value) != Space::kShared)) {
    BadType(type);
    return;
  }
  const Operand dst = Dst(0, maps ? type : Type::kU32), address = Src(1, type);
  const Operand rank = maps ? Src(2, Type::kU32) : Operand();
  if (failed_) return;
  if (!maps) {
    Move(dst, Type::kU32, Imm(0));
    return;
  }
  const Operand own = CompareOf(Cmp::kEq, Type::kU32, rank, Imm(0));
  Emit(Op::kSelp, type, {dst}, {address, Imm(shared ? 0xffffff00 : 0), own});
}

}  // namespace ws::ir::reader
