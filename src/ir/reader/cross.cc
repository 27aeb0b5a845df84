// Barriers and exchanges between lanes (PTX ISA, "Parallel Synchronization and Communication
// Instructions"). device-clean
#include "ir/barriers.h"
#include "ir/reader/reader.h"

namespace ws::ir::reader {

// The membermask of a .sync form; of the forms before sm_70, all lanes that are there.
WS_HD Operand Reader::Membermask(uint32_t i) {
  if (i < args_.size()) return Src(i, Type::kU32);
  return ValueOf(Op::kActivemask, Type::kB32, Type::kB32, {});
}

// The number of a barrier, and how many threads take part.
WS_HD Operand Reader::BarrierNumber(uint32_t i) {
  const Arg& arg = args_[i];
  if (arg.kind == Arg::Kind::kInteger && arg.bits > 15) BadOperand(arg, "from 0 to 15");
  return Src(i, Type::kU32);
}
WS_HD Operand Reader::BarrierThreads(uint32_t i) {
  const Arg& arg = args_[i];
  if (arg.kind == Arg::Kind::kInteger && arg.bits % 32 != 0) {
    BadOperand(arg, "a multiple of 32, the threads of a warp");
  }
  return Src(i, Type::kU32);
}

// bar.sync a{, b}; bar.arrive a, b; bar.red.op a{, b}, c; bar.warp.sync mask; barrier likewise.
WS_HD void Reader::ReadBarrier() {
  if (Has(Mod::kCluster)) return ReadClusterBarrier();
  Has(Mod::kCta);
  const bool warp = Has(Mod::kWarp), arrive = Has(Mod::kArrive);
  Has(Mod::kSync);
  const bool reduces = Has(Mod::kRed);
  const bool apart = !Has(Mod::kAligned) && OpcodeText().starts_with("barrier");
  if (warp) {
    if (!NeedArgs(1)) return;
    const Operand mask = Src(0, Type::kU32);
    if (!failed_) Emit(Op::kBarWarp, Type::kNone, {}, {mask});
    return;
  }
  if (reduces) return ReadBarrierReduction();
  if (arrive) {
    if (!NeedArgs(2)) return;
    const Operand barrier = BarrierNumber(0), count = BarrierThreads(1);
    if (!failed_) Emit(Op::kBarArrive, Type::kNone, {}, {barrier, count});
    return;
  }
  if (!NeedArgs(1, 2)) return;
  const Operand barrier = BarrierNumber(0);
  const Operand srcs[2] = {barrier, args_.size() > 1 ? BarrierThreads(1) : Operand()};
  if (failed_) return;
  const std::span<const Operand> given(srcs, args_.size());
  EmitSpans(Op::kBarSync, Type::kNone, {}, given).sub = apart ? kSyncLanes : uint8_t{0};
}

// barrier.cluster.arrive{.release | .relaxed}{.aligned}, .wait{.acquire}: the cluster is this
// block, so that all have arrived where all wait.
WS_HD void Reader::ReadClusterBarrier() {
  const bool waits = Has(Mod::kWait);
  TakeAll();
  if (!NeedArgs(0) || !waits) return;
  Emit(Op::kBarSync, Type::kNone, {}, {Imm(kClusterBarrier)}).sub = kSyncCluster;
}

// bar.red.popc.u32 d, a{, b}, p;   bar.red.and.pred p, a{, b}, q;
WS_HD void Reader::ReadBarrierReduction() {
  const bool popc = Has(Mod::kPopc);
  uint8_t value = 0;
  const bool combines = TakeClass(ModClass::kAtomic, &value);
  const Atomic op = static_cast<Atomic>(value);
  const Type type = NeedType();
  if (!NeedArgs(3, 4)) return;
  const bool known =
      popc ? type == Type::kU32 && !combines
           : type == Type::kPred && combines && (op == Atomic::kAnd || op == Atomic::kOr);
  if (!known) {
    BadType(type);
    return;
  }
  const bool counts = args_.size() == 4;
  const Operand dst = Dst(0, type), barrier = BarrierNumber(1);
  const Operand count = counts ? BarrierThreads(2) : Operand();
  const Operand p = Predicate(counts ? 3 : 2);
  if (failed_) return;
  const Operand srcs[3] = {barrier, p, count};
  const BarrierSum sum = popc                 ? BarrierSum::kPopc
                         : op == Atomic::kAnd ? BarrierSum::kAnd
                                              : BarrierSum::kOr;
  EmitSpans(Op::kBarRed, type, {&dst, 1}, {srcs, counts ? 3u : 2u}).sub = static_cast<uint8_t>(sum);
}

WS_HD void Reader::ReadShuffle() {
  const bool sync = Has(Mod::kSync);
  const bool up = Has(Mod::kUp), down = Has(Mod::kDown), bfly = Has(Mod::kBfly);
  const bool idx = Has(Mod::kIdx);
  const Type type = NeedType();
  if (!NeedArgs(sync ? 5 : 4)) return;
  if (BytesOf(type) != 4 || up + down + bfly + idx != 1) {
    BadType(type);
    return;
  }
  const Operand dst = Dst(0, Type::kB32), a = Src(1, Type::kB32);
  const Operand b = Src(2, Type::kB32), c = Src(3, Type::kB32);
  const Operand mask = Membermask(4);
  if (failed_) return;
  Operand dsts[2] = {dst, Operand::Reg(args_[0].second)};
  const Operand srcs[4] = {a, b, c, mask};
  const uint32_t count = args_[0].second.valid() ? 2 : 1;
  const Shuffle kind = up     ? Shuffle::kUp
                       : down ? Shuffle::kDown
                       : bfly ? Shuffle::kBfly
                              : Shuffle::kIdx;
  EmitSpans(Op::kShfl, Type::kB32, {dsts, count}, {srcs, 4}).sub = static_cast<uint8_t>(kind);
}

WS_HD void Reader::ReadVote() {
  const bool sync = Has(Mod::kSync);
  const bool all = Has(Mod::kAll), any = Has(Mod::kAny), uni = Has(Mod::kUni);
  const bool ballot = Has(Mod::kBallot);
  const Type type = NeedType();
  if (!NeedArgs(sync ? 3 : 2)) return;
  if (all + any + uni + ballot != 1 || type != (ballot ? Type::kB32 : Type::kPred)) {
    BadType(type);
    return;
  }
  const Operand dst = Dst(0, type);
  const Operand p = Predicate(1), mask = Membermask(2);
  if (failed_) return;
  const Vote vote = all ? Vote::kAll : any ? Vote::kAny : uni ? Vote::kUni : Vote::kBallot;
  Emit(Op::kVote, type, {dst}, {p, mask}).sub = static_cast<uint8_t>(vote);
}

// match.any.sync d, a, mask;   match.all.sync d|p, a, mask;
WS_HD void Reader::ReadMatch() {
  const bool any = Has(Mod::kAny), all = Has(Mod::kAll);
  Has(Mod::kSync);
  const Type type = NeedType();
  if (!NeedTypes(type, op_types::B) || !NeedArgs(3)) return;
  if (BytesOf(type) < 4 || any == all) {
    BadType(type);
    return;
  }
  const Operand dst = Dst(0, Type::kU32), a = Src(1, type), mask = Src(2, Type::kU32);
  if (failed_) return;
  if (any && (args_[0].second.valid() || args_[0].kind == Arg::Kind::kSink)) {
    BadOperand(args_[0], "one register: only match.all tells whether all agree");
    return;
  }
  if (any) {
    Emit(Op::kMatch, type, {dst}, {a, mask});
    return;
  }
  const Operand same = ValueOf(Op::kMatch, type, Type::kB32, {a, mask});
  // All agree where the lanes of the same value are all of the mask.
  const Operand p = CompareOf(Cmp::kEq, Type::kB32, same, mask);
  const Operand value = ValueOf(Op::kSelp, Type::kB32, Type::kB32, {same, Imm(0), p});
  Move(dst, Type::kB32, value);
  if (args_[0].second.valid()) Move(Operand::Reg(args_[0].second), Type::kPred, p);
}

WS_HD void Reader::ReadRedux() {
  Has(Mod::kSync);
  uint8_t value = 0;
  TakeClass(ModClass::kAtomic, &value);
  const Atomic atomic = static_cast<Atomic>(value);
  const Type type = NeedType();
  if (!NeedArgs(3)) return;
  const bool bits = atomic == Atomic::kAnd || atomic == Atomic::kOr || atomic == Atomic::kXor;
  const bool known = bits ? type == Type::kB32
                          : (type == Type::kU32 || type == Type::kS32) && atomic <= Atomic::kMax;
  if (!known) {
    BadType(type);
    return;
  }
  const Type word = type == Type::kB32 ? Type::kU32 : type;
  const Operand dst = Dst(0, word), a = Src(1, word), mask = Src(2, Type::kU32);
  if (!failed_) Emit(Op::kRedux, type, {dst}, {a, mask}).sub = value;
}

WS_HD void Reader::ReadActiveMask() {
  const Type type = NeedType();
  if (!NeedArgs(1)) return;
  const Operand dst = Dst(0, type);
  if (!failed_) Emit(Op::kActivemask, Type::kB32, {dst}, {});
}

// elect.sync d|p, mask: the lowest lane of the mask is the leader.
WS_HD void Reader::ReadElect() {
  Has(Mod::kSync);
  if (!NeedArgs(2)) return;
  if (!args_[0].second.valid()) {
    BadOperand(args_[0], "a register and a predicate, d|p");
    return;
  }
  const Operand mask = Src(1, Type::kU32);
  const Operand dst = Dst(0, Type::kU32);
  if (failed_) return;
  Emit(Op::kBarWarp, Type::kNone, {}, {mask});
  const Operand reversed = Value1(Op::kBrev, Type::kB32, {mask});
  const Operand leader = ValueOf(Op::kClz, Type::kB32, Type::kU32, {reversed});
  const Operand lane =
      ValueOf(Op::kMov, Type::kU32, Type::kU32, {Operand::SpecialReg(Special::kLaneid)});
  const Operand p = CompareOf(Cmp::kEq, Type::kU32, lane, leader);
  Move(dst, Type::kU32, leader);
  Move(Operand::Reg(args_[0].second), Type::kPred, p);
}

// nanosleep, pmevent, setmaxnreg and griddepcontrol have no effect here.
WS_HD void Reader::ReadSleep() {
  const bool waits = TakeType() != Type::kNone;
  const bool grid = Has(Mod::kWait) || Has(Mod::kLaunchDependents);
  const bool is_mask = Has(Mod::kMask);
  TakeAll();
  if (!NeedArgs(grid ? 0 : 1) || grid) return;
  const Arg& arg = args_[0];
  if (arg.kind != Arg::Kind::kInteger && !(waits && arg.kind == Arg::Kind::kRegister)) {
    BadOperand(arg, waits ? "a register or a constant" : "a constant");
    return;
  }
  if (!waits && arg.bits > (is_mask ? 0xffffu : 15u)) BadOperand(arg, "from 0 to 15");
  Src(0, Type::kU32);
}

}  // namespace ws::ir::reader
