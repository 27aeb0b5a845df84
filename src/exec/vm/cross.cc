#include "exec/vm/cross.h"

#include <bit>

#include "base/format.h"
#include "exec/domain/shadow.h"
#include "exec/launch.h"
#include "exec/machine.h"
#include "exec/vm/tensor.h"

namespace ws::exec {
namespace {

using ir::Op;

const ir::Inst& InstOf(const Vm* vm, const GenericInfo& info) {
  return vm->machine->module.insts[info.inst];
}

// The operand that holds the membermask; null for activemask.
const SlotRef* MaskOperand(const ir::Inst& inst, const GenericInfo& info) {
  if (inst.op == Op::kActivemask) return nullptr;
  return &info.operands[info.operands.size() - 1];
}

uint32_t MaskOf(const Vm* vm, const SlotRef& slot, uint32_t lane) {
  return static_cast<uint32_t>(ReadLane(vm->regs, slot, lane));
}

struct Shuffled {
  uint32_t lane;
  bool in_range;
};

// PTX ISA, shfl.sync: source lane of `lane` for operands b and c.
Shuffled ShuffleSource(ir::Shuffle kind, uint32_t lane, uint32_t b, uint32_t c) {
  const int32_t own = static_cast<int32_t>(lane);
  const int32_t delta = static_cast<int32_t>(b & 31);
  const uint32_t segment = c >> 8 & 31;
  const int32_t max_lane = static_cast<int32_t>((lane & segment) | (c & 31 & ~segment));
  const int32_t min_lane = static_cast<int32_t>(lane & segment);
  int32_t j = own;
  bool in_range = false;
  switch (kind) {
    case ir::Shuffle::kUp:
      j = own - delta;
      in_range = j >= max_lane;
      break;
    case ir::Shuffle::kDown:
      j = own + delta;
      in_range = j <= max_lane;
      break;
    case ir::Shuffle::kBfly:
      j = own ^ delta;
      in_range = j <= max_lane;
      break;
    case ir::Shuffle::kIdx:
      j = min_lane | (delta & ~static_cast<int32_t>(segment));
      in_range = j <= max_lane;
      break;
  }
  return {static_cast<uint32_t>(in_range ? j : own), in_range};
}

// Executes for the lanes `who`, which all name `mask`.
void Shuffle(Vm* vm, const VmInst* i, const ir::Inst& inst, const GenericInfo& info, uint32_t who) {
  const SlotRef d = info.operands[0];
  const SlotRef* src = &info.operands[info.num_dsts];
  uint64_t values[32];
  for (uint32_t lane = 0; lane < 32; ++lane) values[lane] = ReadLane(vm->regs, src[0], lane);
  const auto defined_of = [vm](const SlotRef& slot) {
    return vm->checks ? *DefinedLanes(vm->regs, vm->defs, slot) : kAllLanes;
  };
  const uint32_t defined = defined_of(src[0]);
  const uint32_t choice = defined_of(src[1]) & defined_of(src[2]);
  uint32_t new_defined = 0, missing = 0;
  uint32_t sources[32] = {};
  const auto kind = static_cast<ir::Shuffle>(inst.sub);
  for (uint32_t rest = who; rest != 0; rest &= rest - 1) {
    const uint32_t lane = static_cast<uint32_t>(std::countr_zero(rest));
    const Shuffled s =
        ShuffleSource(kind, lane, static_cast<uint32_t>(ReadLane(vm->regs, src[1], lane)),
                      static_cast<uint32_t>(ReadLane(vm->regs, src[2], lane)));
    const bool there = (who >> s.lane & 1) != 0;
    if (!there) missing |= 1u << lane;
    sources[lane] = s.lane;
    WriteLane(vm->regs, d, lane, values[s.lane]);
    // What a lane that takes no part would give is undefined; so is what an undefined choice gives.
    if (there && (defined >> s.lane & 1) != 0) new_defined |= choice & 1u << lane;
    if (info.num_dsts > 1) WriteLane(vm->regs, info.operands[1], lane, s.in_range ? 1 : 0);
  }
  if (vm->shadows != nullptr) ShadowShuffle(vm, d, src[0], who, sources);
  if (!vm->checks) return;
  uint32_t& word = *DefinedLanes(vm->regs, vm->defs, d);
  word = (word & ~who) | new_defined;
  if (info.num_dsts > 1) {
    uint32_t& in_range = *DefinedLanes(vm->regs, vm->defs, info.operands[1]);
    in_range = (in_range & ~who) | (choice & who);
  }
  const uint32_t clamp = static_cast<uint32_t>(
      ReadLane(vm->regs, src[2], static_cast<uint32_t>(std::countr_zero(who))));
  // 32 - width: ones above zeros.
  const uint32_t width = 32 - (clamp >> 8 & 31);
  // PTX has segments of any mask: those that CUDA's functions do not make are meant.
  const bool of_cuda = (clamp & 0x1f) == 0x1f || (clamp & 0x1f) == 0;
  if ((clamp & ~0x1f1fu) != 0 || (of_cuda && !std::has_single_bit(width))) {
    ReportAt(vm, i, who, FindingKind::kBadShuffleWidth,
             Format("the width of the shuffle is {}, not a power of two up to 32",
                    32 - (static_cast<int32_t>(clamp) >> 8)));
  }
  if (missing != 0) {
    const uint32_t first = static_cast<uint32_t>(std::countr_zero(missing));
    vm->machine->NoteLoneShuffle(SiteOf(vm, info.inst, first), sources[first]);
  }
}

void Reduce(Vm* vm, const ir::Inst& inst, const GenericInfo& info, uint32_t who, uint32_t mask) {
  const SlotRef d = info.operands[0], a = info.operands[info.num_dsts];
  uint64_t result = 0;
  uint32_t own[32] = {};
  switch (inst.op) {
    case Op::kVote: {
      uint32_t ballot = 0;
      for (uint32_t rest = who; rest != 0; rest &= rest - 1) {
        const uint32_t lane = static_cast<uint32_t>(std::countr_zero(rest));
        ballot |= static_cast<uint32_t>(ReadLane(vm->regs, a, lane)) << lane;
      }
      switch (static_cast<ir::Vote>(inst.sub)) {
        case ir::Vote::kAll:
          result = ballot == who;
          break;
        case ir::Vote::kAny:
          result = ballot != 0;
          break;
        case ir::Vote::kUni:
          result = ballot == 0 || ballot == who;
          break;
        case ir::Vote::kBallot:
          result = ballot;
          break;
      }
      break;
    }
    case Op::kMatch:
      for (uint32_t rest = who; rest != 0; rest &= rest - 1) {
        const uint32_t lane = static_cast<uint32_t>(std::countr_zero(rest));
        const uint64_t value = ReadLane(vm->regs, a, lane);
        for (uint32_t k = 0; k < 32; ++k) {
          if ((who >> k & 1) != 0 && ReadLane(vm->regs, a, k) == value) own[lane] |= 1u << k;
        }
      }
      break;
    case Op::kRedux: {
      bool first = true;
      uint32_t r = 0;
      for (uint32_t rest = who; rest != 0; rest &= rest - 1) {
        const uint32_t lane = static_cast<uint32_t>(std::countr_zero(rest));
        const uint32_t v = static_cast<uint32_t>(ReadLane(vm->regs, a, lane));
        const bool is_signed = ir::IsSigned(inst.type);
        const bool less = is_signed ? static_cast<int32_t>(v) < static_cast<int32_t>(r) : v < r;
        if (first) {
          r = v;
        } else {
          switch (static_cast<ir::Atomic>(inst.sub)) {
            case ir::Atomic::kAdd:
              r += v;
              break;
            case ir::Atomic::kMin:
              r = less ? v : r;
              break;
            case ir::Atomic::kMax:
              r = less ? r : v;
              break;
            case ir::Atomic::kAnd:
              r &= v;
              break;
            case ir::Atomic::kOr:
              r |= v;
              break;
            case ir::Atomic::kXor:
              r ^= v;
              break;
            case ir::Atomic::kExch:
            case ir::Atomic::kCas:
            case ir::Atomic::kInc:
            case ir::Atomic::kDec:
              break;
          }
        }
        first = false;
      }
      result = r;
      break;
    }
    default:
      break;
  }
  (void)mask;
  for (uint32_t rest = who; rest != 0; rest &= rest - 1) {
    const uint32_t lane = static_cast<uint32_t>(std::countr_zero(rest));
    WriteLane(vm->regs, d, lane, inst.op == Op::kMatch ? own[lane] : result);
  }
  if (!vm->checks) return;
  const bool all_defined = (*DefinedLanes(vm->regs, vm->defs, a) & who) == who;
  uint32_t& word = *DefinedLanes(vm->regs, vm->defs, d);
  word = all_defined ? word | who : word & ~who;
}

// Whether the lanes that come here name each other alike, and nobody who went round this place; if
// not, it is reported.
bool MasksAgree(Vm* vm, const VmInst* i, const SlotRef& slot, uint32_t lanes) {
  const uint32_t ended = vm->warp->lanes & ~vm->warp->live;
  const uint32_t first = MaskOf(vm, slot, static_cast<uint32_t>(std::countr_zero(lanes)));
  bool differ = false;
  uint32_t named = 0;
  for (uint32_t rest = lanes; rest != 0; rest &= rest - 1) {
    const uint32_t mask = MaskOf(vm, slot, static_cast<uint32_t>(std::countr_zero(rest)));
    differ |= mask != first;
    named |= mask;
  }
  for (uint32_t rest = differ ? lanes : 0; rest != 0; rest &= rest - 1) {
    const uint32_t lane = static_cast<uint32_t>(std::countr_zero(rest));
    const uint32_t mask = MaskOf(vm, slot, lane);
    for (uint32_t others = mask & lanes; others != 0; others &= others - 1) {
      const uint32_t other = static_cast<uint32_t>(std::countr_zero(others));
      const uint32_t its = MaskOf(vm, slot, other);
      if (its == mask) continue;
      ReportAt(
          vm, i, 1u << lane, FindingKind::kBadMembermask,
          Format("lane {} names lane {} in the membermask {:#010x}, but that one names {:#010x}",
                 lane, other, mask, its));
      return false;
    }
  }
  if ((named & ended) == 0) return true;
  const uint32_t bypassed = named & BypassedBy(vm, *vm->warp, vm->program->generics[i->c].inst);
  if (bypassed == 0) return true;
  ReportAt(vm, i, lanes, FindingKind::kBadMembermask,
           Format("the membermask {:#010x} names lanes {:#010x}, which have gone round this "
                  "instruction",
                  named, bypassed));
  return false;
}

}  // namespace

bool SyncComplete(const Vm* vm, uint32_t position, uint32_t lanes) {
  const GenericInfo& info = vm->program->generics[vm->code[position].c];
  const SlotRef* slot = MaskOperand(InstOf(vm, info), info);
  if (slot == nullptr) return true;
  for (uint32_t rest = lanes; rest != 0; rest &= rest - 1) {
    const uint32_t lane = static_cast<uint32_t>(std::countr_zero(rest));
    if ((MaskOf(vm, *slot, lane) & vm->warp->live & ~lanes) != 0) return false;
  }
  return true;
}

bool MeetAcrossPlaces(Vm* vm) {
  Warp& w = *vm->warp;
  const auto mask_of = [&](const Group& group, uint32_t& mask) {
    const VmInst& i = vm->code[group.position];
    if (group.state != GroupState::kSync || i.op != VmOp::kCross) return false;
    const GenericInfo& info = vm->program->generics[i.c];
    if (InstOf(vm, info).op != Op::kBarWarp) return false;
    const SlotRef* slot = MaskOperand(InstOf(vm, info), info);
    mask = MaskOf(vm, *slot, static_cast<uint32_t>(std::countr_zero(group.lanes)));
    for (uint32_t rest = group.lanes; rest != 0; rest &= rest - 1) {
      if (MaskOf(vm, *slot, static_cast<uint32_t>(std::countr_zero(rest))) != mask) return false;
    }
    return true;
  };
  for (uint32_t g = 0; g < w.num_groups; ++g) {
    uint32_t mask = 0, own = 0, lanes = 0;
    if (!mask_of(w.groups[g], mask)) continue;
    for (uint32_t k = 0; k < w.num_groups; ++k) {
      if (mask_of(w.groups[k], own) && own == mask) lanes |= w.groups[k].lanes;
    }
    if ((mask & w.live & ~lanes) != 0 || (lanes & ~mask) != 0) continue;
    for (uint32_t k = 0; k < w.num_groups; ++k) {
      if (!mask_of(w.groups[k], own) || own != mask) continue;
      w.groups[k].state = GroupState::kReady;
      ++w.groups[k].position;
    }
    if (vm->checks) vm->launch->sync.MeetLanes(vm, lanes);
    return true;
  }
  return false;
}

void ReportMissingLanes(Vm* vm, uint32_t position, uint32_t lanes) {
  const GenericInfo& info = vm->program->generics[vm->code[position].c];
  const SlotRef* slot = MaskOperand(InstOf(vm, info), info);
  uint32_t named = 0;
  for (uint32_t rest = lanes; slot != nullptr && rest != 0; rest &= rest - 1) {
    named |= MaskOf(vm, *slot, static_cast<uint32_t>(std::countr_zero(rest)));
  }
  const uint32_t absent = named & vm->warp->live & ~lanes;
  // Where one of them waits instead.
  diag::Loc other;
  for (uint32_t g = 0; g < vm->warp->num_groups; ++g) {
    const Group& group = vm->warp->groups[g];
    if ((group.lanes & absent) == 0) continue;
    const uint32_t at = group.position - (group.state == GroupState::kBarrier ? 1 : 0);
    other = vm->machine->module.insts[vm->program->origin[at]].loc;
  }
  ReportAt(vm, vm->code + position, lanes, FindingKind::kBadMembermask,
           Format("the warp waits for ever: the membermask {:#010x} names lanes {:#010x}, which do "
                  "not come here",
                  named, absent),
           other);
}

const VmInst* CrossStep(Vm* vm, const VmInst* i, uint32_t lanes) {
  const GenericInfo& info = vm->program->generics[i->c];
  const ir::Inst& inst = InstOf(vm, info);
  if (inst.op == Op::kPrint) return PrintStep(vm, i, lanes);
  if (inst.op == Op::kMalloc || inst.op == Op::kFree) return HeapStep(vm, i, lanes);
  Warp& w = *vm->warp;
  const SlotRef* slot = MaskOperand(inst, info);
  if (slot == nullptr) {
    for (uint32_t rest = lanes; rest != 0; rest &= rest - 1) {
      WriteLane(vm->regs, info.operands[0], static_cast<uint32_t>(std::countr_zero(rest)), lanes);
    }
    if (vm->checks) *DefinedLanes(vm->regs, vm->defs, info.operands[0]) |= lanes;
    return i + 1;
  }
  // Lanes that came earlier wait here.
  const uint32_t position = static_cast<uint32_t>(i - vm->code);
  for (uint32_t g = 0; g < w.num_groups; ++g) {
    if (w.groups[g].state != GroupState::kSync || w.groups[g].position != position) continue;
    lanes |= w.groups[g].lanes;
    w.groups[g] = w.groups[--w.num_groups];
    break;
  }
  vm->active = lanes;
  if (!SyncComplete(vm, position, lanes)) {
    PushGroup(vm, {position, lanes, vm->running_turn, GroupState::kSync});
    return PickGroup(vm);
  }
  if (vm->checks && !MasksAgree(vm, i, *slot, lanes)) {
    vm->stop = Stop::kFatal;
    return nullptr;
  }
  for (uint32_t left = lanes; left != 0;) {
    const uint32_t lane = static_cast<uint32_t>(std::countr_zero(left));
    const uint32_t mask = MaskOf(vm, *slot, lane);
    if ((mask >> lane & 1) == 0) {
      ReportAt(vm, i, 1u << lane, FindingKind::kBadMembermask,
               Format("lane {} executes the instruction, but the membermask {:#010x} does not "
                      "name it",
                      lane, mask));
      vm->stop = Stop::kFatal;
      return nullptr;
    }
    uint32_t who = 0;
    for (uint32_t k = 0; k < 32; ++k) {
      if (((left & mask) >> k & 1) != 0 && MaskOf(vm, *slot, k) == mask) who |= 1u << k;
    }
    left &= ~who;
    if (inst.op == Op::kShfl) {
      Shuffle(vm, i, inst, info, who);
    } else if (inst.op == Op::kMma) {
      if (who != kAllLanes) {
        ReportAt(vm, i, who, FindingKind::kBadMembermask,
                 "matrices are multiplied by all 32 lanes of a warp together");
        vm->stop = Stop::kFatal;
        return nullptr;
      }
      MultiplyMatrices(vm, inst, info);
    } else if (inst.op == Op::kBarWarp) {
      if (vm->checks) vm->launch->sync.MeetLanes(vm, who);
    } else {
      Reduce(vm, inst, info, who, mask);
    }
  }
  return i + 1;
}

}  // namespace ws::exec
