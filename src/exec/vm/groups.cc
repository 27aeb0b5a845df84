// Divergence: the groups of lanes of a warp, who runs next, and barriers from a warp's side.
#include <algorithm>

#include "base/format.h"
#include "exec/host_fault.h"
#include "exec/launch.h"
#include "exec/machine.h"
#include "exec/vm/cross.h"
#include "exec/vm/vm.h"
#include "ir/barriers.h"
namespace ws::exec {
namespace {

void UpdateNextWait(Vm* vm) {
  uint32_t lowest = kNoPosition;
  const Warp& w = *vm->warp;
  for (uint32_t g = 0; g < w.num_groups; ++g) {
    const Group& group = w.groups[g];
    if (group.state == GroupState::kReady && group.turn <= vm->running_turn &&
        group.position < lowest) {
      lowest = group.position;
    }
  }
  vm->next_wait = lowest;
}

void RemoveGroup(Warp& w, uint32_t index) { w.groups[index] = w.groups[--w.num_groups]; }

const VmInst* Take(Vm* vm, uint32_t index) {
  Warp& w = *vm->warp;
  const Group group = w.groups[index];
  RemoveGroup(w, index);
  vm->active = group.lanes;
  vm->running_turn = w.num_groups == 0 ? 0 : group.turn;
  UpdateNextWait(vm);
  return vm->code + group.position;
}

// Every lane of the warp is parked, or has ended.
const VmInst* NobodyReady(Vm* vm) {
  Warp& w = *vm->warp;
  if (w.num_groups == 0) {
    vm->stop = Stop::kDone;
    return nullptr;
  }
  bool syncing = false, apart = false;
  for (uint32_t g = 0; g < w.num_groups; ++g) {
    apart |= w.groups[g].apart;
    if (w.groups[g].state != GroupState::kSync) continue;
    syncing = true;
    if (SyncComplete(vm, w.groups[g].position, w.groups[g].lanes)) return Take(vm, g);
  }
  if (syncing) {
    if (MeetAcrossPlaces(vm)) return PickGroup(vm);
    // Other warps may let the lanes go on that the rest waits for.
    vm->stop = Stop::kBarrier;
    if (apart) return nullptr;
    for (uint32_t g = 0; g < w.num_groups; ++g) {
      if (w.groups[g].state != GroupState::kSync) continue;
      ReportMissingLanes(vm, w.groups[g].position, w.groups[g].lanes);
      break;
    }
    vm->stop = Stop::kFatal;
    return nullptr;
  }
  const ir::Module& m = vm->machine->module;
  const uint32_t first = BarrierOf(*vm->program, w.groups[0]);
  for (uint32_t g = 1; g < w.num_groups; ++g) {
    const uint32_t other = BarrierOf(*vm->program, w.groups[g]);
    const bool apart_here = w.groups[0].apart && w.groups[g].apart;
    if (m.insts[first].loc == m.insts[other].loc || apart_here) continue;
    const uint32_t lane = static_cast<uint32_t>(__builtin_ctz(w.groups[0].lanes));
    vm->machine->Report(FindingKind::kDivergentBarrier, SiteOf(vm, first, lane),
                        "lanes of one warp wait at different barriers", m.insts[other].loc);
    vm->stop = Stop::kFatal;
    return nullptr;
  }
  vm->stop = Stop::kBarrier;
  return nullptr;
}

// Takes fuel for the next slice; false if there is none left.
bool Refill(Vm* vm) {
  vm->fuel += vm->slice - vm->surcharge;
  vm->surcharged += vm->surcharge;
  vm->surcharge = 0;
  // A random schedule has other warps go on at any branch.
  const int64_t length =
      vm->rng == nullptr ? kSlice : static_cast<int64_t>(16 << vm->rng->Below(8));
  vm->slice = std::clamp<int64_t>(vm->fuel, 0, length);
  vm->fuel -= vm->slice;
  return vm->slice > 0;
}

// Lanes whose predicate is true.
uint32_t PredicateLanes(const Vm* vm, const SlotRef& slot) {
  uint32_t lanes = 0;
  for (uint32_t lane = 0; lane < 32; ++lane) {
    lanes |= (ReadLane(vm->regs, slot, lane) & 1) != 0 ? 1u << lane : 0;
  }
  return lanes;
}

}  // namespace

void PushGroup(Vm* vm, const Group& added) {
  Warp& w = *vm->warp;
  for (uint32_t g = 0; g < w.num_groups; ++g) {
    Group& group = w.groups[g];
    if (group.position == added.position && group.state == added.state &&
        group.barrier == added.barrier && group.threads == added.threads) {
      group.lanes |= added.lanes;
      group.turn = std::max(group.turn, added.turn);
      return;
    }
  }
  w.groups[w.num_groups++] = added;
}

const VmInst* PickGroup(Vm* vm) {
  Warp& w = *vm->warp;
  uint32_t best = kNoPosition;
  for (uint32_t g = 0; g < w.num_groups; ++g) {
    const Group& group = w.groups[g];
    if (group.state != GroupState::kReady) continue;
    if (best == kNoPosition || group.turn < w.groups[best].turn ||
        (group.turn == w.groups[best].turn && group.position < w.groups[best].position)) {
      best = g;
    }
  }
  return best != kNoPosition ? Take(vm, best) : NobodyReady(vm);
}

const VmInst* BranchSlow(Vm* vm, uint32_t position) {
  if (vm->slice < 0) {
    // Others may be what this group waits for: it goes to the back of the queue. In a random
    // schedule slices are short, and lanes that parted should meet again.
    const bool back = vm->rng == nullptr || vm->starved || vm->rng->Below(16) == 0;
    vm->starved = false;
    PushGroup(vm, {position, vm->active, vm->running_turn + (back ? 1 : 0)});
    vm->stop = Refill(vm) ? Stop::kYield : Stop::kFuel;
    return nullptr;
  }
  PushGroup(vm, {position, vm->active, vm->running_turn});
  return PickGroup(vm);
}

const VmInst* Diverge(Vm* vm, uint32_t taken, uint32_t target, uint32_t other) {
  vm->reached[target] = vm->reached[other] = 1;
  const uint32_t rest = vm->active & ~taken;
  PushGroup(vm, {other, rest, vm->running_turn});
  vm->active = taken;
  return BranchSlow(vm, target);
}

const VmInst* ReturnSlow(Vm* vm, const uint32_t* positions) {
  for (uint32_t rest = vm->active; rest != 0; rest &= rest - 1) {
    const uint32_t lane = static_cast<uint32_t>(__builtin_ctz(rest));
    PushGroup(vm, {positions[lane], 1u << lane, vm->running_turn});
  }
  return PickGroup(vm);
}

const VmInst* ExitLanes(Vm* vm, const VmInst* i) {
  vm->warp->live &= ~vm->active;
  if (vm->checks && vm->warp->sync != nullptr) {
    for (uint32_t rest = vm->active; rest != 0; rest &= rest - 1) {
      vm->warp->sync->last_block[__builtin_ctz(rest)] = i->a;
    }
  }
  if (vm->slice < 0 && !Refill(vm)) {
    vm->stop = Stop::kFuel;
    return nullptr;
  }
  return PickGroup(vm);
}

const VmInst* TrapLanes(Vm* vm, const VmInst* i) {
  const uint32_t inst = vm->program->origin[static_cast<size_t>(i - vm->code)];
  const ir::Inst& trap = vm->machine->module.insts[inst];
  std::string why = vm->is_host ? "the host code trapped" : "the kernel trapped";
  if (trap.sub == ir::kTrapAssert) why = "an assertion of the kernel failed";
  if (trap.sub == ir::kTrapNotExecuted) why = "an instruction that is not executed here";
  if (trap.sub == ir::kTrapBadTarget) why = "a call or branch through an address of no function";
  if (trap.sub == ir::kTrapBadSize) {
    why = "the size of a bulk copy is not a multiple of 16 bytes";
  }
  if (trap.sub == ir::kTrapTensorMap) {
    why =
        "a copy by what is no tensor map of cuTensorMapEncodeTiled or Im2col as the instruction "
        "has "
        "it, one of another rank or at no multiple of 64 bytes, or a reduction of elements that "
        "have none";
  }
  if (trap.sub == ir::kTrapStack) {
    why = Format("alloca takes more than the {} bytes that a thread has here", ir::kAllocaBytes);
  }
  FindingKind kind = FindingKind::kTrapped;
  if (trap.sub == ir::kTrapMatrixPlace) {
    kind = FindingKind::kMisaligned;
    why =
        "a matrix that is loaded or stored, or a row of it, or the distance of rows, is not "
        "aligned";
  }
  if (trap.sub == ir::kTrapBoxPlace) {
    kind = FindingKind::kMisaligned;
    why = "the box of a copy of a tensor lies in shared memory at no multiple of 128 bytes";
  }
  ReportAt(vm, i, vm->active, kind, std::move(why));
  vm->stop = Stop::kFatal;
  return nullptr;
}

const VmInst* BarrierStep(Vm* vm, const VmInst* i, uint32_t lanes) {
  const GenericInfo& info = vm->program->generics[i->c];
  Warp& w = *vm->warp;
  const ir::Inst& inst = vm->machine->module.insts[info.inst];
  const ir::Op op = inst.op;
  const SlotRef* srcs = info.operands.data() + info.num_dsts;
  const uint32_t count_at = op == ir::Op::kBarRed ? 2 : 1;
  const bool of_cluster = op == ir::Op::kBarSync && inst.sub == ir::kSyncCluster;
  const auto operand = [&](uint32_t k, uint32_t lane) {
    return info.num_srcs > k ? static_cast<uint32_t>(ReadLane(vm->regs, srcs[k], lane)) : 0;
  };
  Group group = {.position = static_cast<uint32_t>(i - vm->code) + 1,
                 .state = GroupState::kBarrier,
                 .apart = op == ir::Op::kBarSync && inst.sub == ir::kSyncLanes};
  // Lanes may name different barriers.
  for (uint32_t left = lanes; left != 0; left &= ~group.lanes) {
    const uint32_t first = static_cast<uint32_t>(__builtin_ctz(left));
    const uint32_t id = operand(0, first);
    if (id >= 16 && !of_cluster) {
      ReportAt(vm, i, lanes, FindingKind::kDivergentBarrier,
               Format("there is no barrier {}; barriers are 0 to 15", id));
      vm->stop = Stop::kFatal;
      return nullptr;
    }
    group.lanes = 0;
    group.barrier = static_cast<uint8_t>(id);
    group.threads = operand(count_at, first);
    for (uint32_t rest = left; rest != 0; rest &= rest - 1) {
      const uint32_t lane = static_cast<uint32_t>(__builtin_ctz(rest));
      const bool same = operand(0, lane) == id && operand(count_at, lane) == group.threads;
      if (same) group.lanes |= 1u << lane;
    }
    if (op != ir::Op::kBarArrive) {
      PushGroup(vm, group);
      continue;
    }
    vm->arrivals[id] += ThreadsAtBarrier(w, group.lanes, group.apart);
    for (uint32_t rest = group.lanes; vm->checks && rest != 0; rest &= rest - 1) {
      const uint32_t lane = static_cast<uint32_t>(__builtin_ctz(rest));
      vm->launch->sync.Arrive(vm, lane, KeyOfBarrier(vm->block, id));
    }
  }
  if (op == ir::Op::kBarArrive) return i + 1;
  if (op == ir::Op::kBarRed) {
    const uint32_t holds = PredicateLanes(vm, srcs[1]);
    w.voters += static_cast<uint32_t>(__builtin_popcount(lanes));
    w.votes += static_cast<uint32_t>(__builtin_popcount(lanes & holds));
    w.reduction = i->c + 1;
    if (vm->checks && (*DefinedLanes(vm->regs, vm->defs, srcs[1]) & lanes) != lanes) {
      w.vote_undefined = true;
    }
  }
  return PickGroup(vm);
}

uint64_t ReadClock(Vm* vm) {
  // Instructions executed so far: moves on, and is the same in every run.
  return static_cast<uint64_t>(int64_t{1} << 40) - static_cast<uint64_t>(vm->fuel + vm->slice);
}

void ReportUndefinedBranch(Vm* vm, const VmInst* i, uint32_t lanes) {
  ReportAt(vm, i, lanes, FindingKind::kUninitializedBranch,
           "a branch depends on an uninitialised value");
}

void ReportZeroDivisor(Vm* vm, const VmInst* i, uint32_t lanes) {
  ReportAt(vm, i, lanes, FindingKind::kDivisionByZero, "an integer is divided by zero");
}

void RunWarp(Vm& vm) {
  if (vm.slice <= 0 && !Refill(&vm)) {
    vm.stop = Stop::kFuel;
    return;
  }
  const VmInst* start = PickGroup(&vm);
  if (start == nullptr) return;
  if (vm.machine->memory.host_addresses()) {
    RunCatchingFaults(vm, start);
  } else {
    vm.run(&vm, start);
  }
}

}  // namespace ws::exec
