// The interpreter's state, and what its compiled cores and the rest of the engine say to each
// other.
//
// A warp runs as one or more groups of lanes that stand at the same position. The group at the
// lowest position runs; the others wait. A group parks where it needs lanes that have not arrived:
// at operations with a membermask, and at barriers. Positions are indices into Program::code.
//
// The cores (vm/core.h) are compiled once per SIMD level and mode. They execute arithmetic,
// branches and the common memory accesses; everything else is a call of a function below, compiled
// once. Plain data only: nothing here may be instantiated differently per SIMD level.
#ifndef WARPSMITH_EXEC_VM_VM_H_
#define WARPSMITH_EXEC_VM_VM_H_

#include <cstdint>

#include "base/rng.h"
#include "exec/memory.h"
#include "exec/program.h"
#include "exec/sync.h"

namespace ws::exec {

inline constexpr uint32_t kAllLanes = 0xffffffffu;
inline constexpr uint32_t kNoPosition = 0xffffffffu;
// Instructions after which diverged groups, warps and blocks take turns.
inline constexpr int64_t kSlice = 1 << 16;
// A warp that has found the same so often waits for others.
inline constexpr uint32_t kIdlePolls = 4;

enum class GroupState : uint8_t { kReady, kSync, kBarrier };

struct Group {
  uint32_t position = 0;
  uint32_t lanes = 0;
  uint32_t turn = 0;  // how often it was made to wait for others
  GroupState state = GroupState::kReady;
  // kBarrier: which one, in front of `position`.
  uint8_t barrier = 0;
  bool apart = false;    // lanes may wait at different places (barrier.sync without .aligned)
  uint32_t threads = 0;  // that it is for; 0: the whole block
};

struct CallStack;  // exec/vm/stack.h

// One warp of a resident block.
struct Warp {
  char* regs = nullptr;      // Program::total_bytes
  uint32_t* defs = nullptr;  // definedness: one word per 128 bytes of registers
  uint8_t* local = nullptr;  // Vm::local_stride bytes per lane
  uint8_t* local_state = nullptr;
  uint32_t index = 0;  // in the block
  uint32_t lanes = 0;  // that exist
  uint32_t live = 0;   // that have not exited
  uint32_t num_groups = 0;
  Group groups[34];
  bool at_barrier = false;  // no lane can go on before a barrier lets it
  // Of the lanes that wait at a barrier that reduces (bar.red): how many they are, whose predicate
  // holds, whether one is undefined; and 1 + the Program::generics row of the instruction.
  uint32_t voters = 0;
  uint32_t votes = 0;
  uint32_t reduction = 0;
  bool vote_undefined = false;
  WarpSync* sync = nullptr;    // when checks are on
  CallStack* stack = nullptr;  // where functions call themselves
  // What the warp waits for: how often in a row an atomic or volatile load found the same.
  struct Poll {
    uint64_t place = 0, found = 0;  // hashes: instruction and lanes; what was read
  };
  Poll poll_states[8];
  uint32_t next_poll = 0;  // the entry to use again
  uint32_t polls = 0;
  uint32_t poll_inst = 0;  // in Module::insts
  uint32_t poll_lanes = 0;
  uint32_t poll_mbarrier = 0;  // 1 + where in shared memory, if it tests an mbarrier
};

// Why a warp stopped running.
enum class Stop : uint8_t { kDone, kBarrier, kYield, kFuel, kFatal };

struct Machine;      // exec/machine.h
struct LaunchState;  // exec/launch.h
struct ShadowBank;   // exec/domain/bank.h

struct Vm;
using Handler = const VmInst* (*)(const VmInst*, Vm*, char*, uint32_t);
// Runs the current group of vm->warp until the warp stops; vm->stop says why.
using RunFn = void (*)(Vm* vm, const VmInst* start);

// The registers of the interpreter itself while it runs a warp.
struct Vm {
  // --- hot
  uint32_t active = 0;               // lanes of the running group
  uint32_t unguarded = 0;            // `active` while a guarded instruction runs
  int64_t slice = 0;                 // instructions left before others must be looked at
  uint32_t next_wait = kNoPosition;  // lowest position of a waiting ready group
  const VmInst* code = nullptr;
  char* regs = nullptr;
  uint32_t* defs = nullptr;
  AllocView* allocations = nullptr;
  uint64_t slot_mask = 0;
  uint8_t* shared = nullptr;
  uint64_t shared_bytes = 0;
  uint8_t* local = nullptr;
  uint64_t local_stride = 0;  // bytes of a lane's frame
  // --- cold
  Stop stop = Stop::kDone;
  RunFn run = nullptr;
  uint32_t running_turn = 0;
  int64_t fuel = 0;                  // beyond `slice`
  int64_t surcharge = 0;             // fuel for slow work, taken at the next Refill
  int64_t surcharged = 0;            // taken so: no instructions
  const VmInst* touching = nullptr;  // the last instruction that went to memory beyond the block
  Warp* warp = nullptr;
  const Program* program = nullptr;
  LaunchState* launch = nullptr;
  Machine* machine = nullptr;
  ShadowBank* shadows = nullptr;  // null without a domain
  // Traced: per instruction of the module, warps and lanes; count_index: position -> instruction.
  uint64_t* executed = nullptr;
  uint64_t* executed_lanes = nullptr;
  const uint32_t* count_index = nullptr;
  // State of the block's shared memory when checks are on.
  uint8_t* shared_state = nullptr;
  RaceMap* shared_races = nullptr;
  uint8_t* reached = nullptr;             // by position: whether a jump went there
  const uint32_t* epoch_block = nullptr;  // by epoch - first_epoch: linear block
  ShadowMap* shared_shadows = nullptr;
  ShadowMap* local_shadows = nullptr;
  uint32_t epoch = 0;            // of the block: moves on at every barrier
  uint32_t first_epoch = 0;      // of the launch
  uint32_t block_epoch = 0;      // every epoch from here to `epoch` is one of this block
  uint32_t shared_epoch = 0;     // the block's first
  uint32_t block = 0;            // linear
  uint32_t* arrivals = nullptr;  // [16] threads that passed bar.arrive, by barrier
  bool has_fence = false;        // accesses may be ordered by more than barriers
  bool starved = false;          // the slice ended because lanes wait for others
  Rng* rng = nullptr;            // of a random schedule; null: everything in order
  bool is_host = false;
  bool checks = false;
};

// kFull has every check, and what else is asked for; kShadowed a domain without checks.
enum class Mode : uint8_t { kPlain, kChecked, kTraced, kFull, kShadowed };

struct Core {
  RunFn run[5];  // by Mode
};
const Core& CoreBaseline();
const Core& CoreAvx2();
const Core& CoreAvx512();
// The core for this machine (base/cpu.h).
const Core& BestCore();

// --- called by the cores; each returns the instruction to go on at, or null to stop

// The branch target `position` cannot be entered at once: others wait at or before it, or the
// slice is used up.
const VmInst* BranchSlow(Vm* vm, uint32_t position);
const VmInst* Diverge(Vm* vm, uint32_t taken, uint32_t target, uint32_t other);
const VmInst* ReturnSlow(Vm* vm, const uint32_t* positions);
const VmInst* ExitLanes(Vm* vm, const VmInst* i);
const VmInst* TrapLanes(Vm* vm, const VmInst* i);
const VmInst* FenceStep(Vm* vm, const VmInst* i, uint32_t lanes);
const VmInst* CopyGroupStep(Vm* vm, const VmInst* i, uint32_t lanes);
// Any access, with whatever the run asks for: checks, races, shadows, tracing.
const VmInst* AccessSlow(Vm* vm, const VmInst* i, uint32_t lanes);
const VmInst* GenericStep(Vm* vm, const VmInst* i, uint32_t lanes);
const VmInst* CrossStep(Vm* vm, const VmInst* i, uint32_t lanes);
// Of functions that call themselves; see vm_ops.def and vm/stack.h.
const VmInst* EnterStep(Vm* vm, const VmInst* i, uint32_t lanes);
const VmInst* LeaveStep(Vm* vm, const VmInst* i, uint32_t lanes);
const VmInst* PushStep(Vm* vm, const VmInst* i, uint32_t lanes);
const VmInst* PopStep(Vm* vm, const VmInst* i, uint32_t lanes);
const VmInst* PrintStep(Vm* vm, const VmInst* i, uint32_t lanes);
const VmInst* HeapStep(Vm* vm, const VmInst* i, uint32_t lanes);
const VmInst* BarrierStep(Vm* vm, const VmInst* i, uint32_t lanes);
const VmInst* HostStep(Vm* vm, const VmInst* i);
uint64_t ReadClock(Vm* vm);
void ReportUndefinedBranch(Vm* vm, const VmInst* i, uint32_t lanes);
void ReportZeroDivisor(Vm* vm, const VmInst* i, uint32_t lanes);
// Shadow values of what `i` is about to compute; before its bits change.
void ShadowStep(Vm* vm, const VmInst* i, uint32_t lanes);
// Shadow values of a load or store that is done: `lanes` accessed offsets[lane] of memory with
// `map`; where there is none yet and a store needs one, `*make` gets one for so many bytes.
void ShadowMoved(Vm* vm, const VmInst* i, uint32_t lanes, ShadowMap* map, uint64_t map_bytes,
                 ShadowMap** make, const uint64_t* offsets);

// Gives an access to the tracer, if there is one: `lanes`, not none, at offsets[lane] of `view` or,
// where that is null, of the shared memory or the warp's frames.
void TraceMoved(Vm* vm, const VmInst* i, uint32_t lanes, ir::Space space, const AllocView* view,
                const uint64_t* offsets);
// An access that is looked at lane by lane costs one more fuel for so many lanes, so that time
// stays in proportion to fuel.
inline constexpr int kLanesPerFuel = 4;

// --- used between the functions above

// Runs vm.warp until it stops.
void RunWarp(Vm& vm);
// Takes the ready group at the lowest position; null and vm->stop if there is none.
const VmInst* PickGroup(Vm* vm);
// Adds a group of the warp that does not run.
void PushGroup(Vm* vm, const Group& group);
// The instruction at which it waits, in Module::insts.
inline uint32_t BarrierOf(const Program& program, const Group& group) {
  return program.origin[group.position - 1];
}
// As how many threads these lanes count at a barrier that is for a number of them: whole warps
// count (PTX ISA, barrier); lanes that come apart count by themselves.
inline uint32_t ThreadsAtBarrier(const Warp& w, uint32_t lanes, bool apart) {
  const bool whole = lanes == (apart ? w.lanes : w.live);
  return whole ? 32 : static_cast<uint32_t>(__builtin_popcount(lanes));
}

inline uint32_t* Lanes32(char* regs, uint32_t offset) {
  return reinterpret_cast<uint32_t*>(regs + offset);
}
inline uint64_t* Lanes64(char* regs, uint32_t offset) {
  return reinterpret_cast<uint64_t*>(regs + offset);
}
inline uint64_t ReadLane(const char* regs, SlotRef slot, uint32_t lane) {
  switch (slot.width) {
    case Width::kPred:
      return *reinterpret_cast<const uint32_t*>(regs + slot.offset) >> lane & 1;
    case Width::k32:
      return reinterpret_cast<const uint32_t*>(regs + slot.offset)[lane];
    case Width::k64:
      return reinterpret_cast<const uint64_t*>(regs + slot.offset)[lane];
  }
  return 0;
}
inline void WriteLane(char* regs, SlotRef slot, uint32_t lane, uint64_t bits) {
  switch (slot.width) {
    case Width::kPred: {
      uint32_t& word = *reinterpret_cast<uint32_t*>(regs + slot.offset);
      word = (word & ~(1u << lane)) | static_cast<uint32_t>(bits & 1) << lane;
      return;
    }
    case Width::k32:
      reinterpret_cast<uint32_t*>(regs + slot.offset)[lane] = static_cast<uint32_t>(bits);
      return;
    case Width::k64:
      reinterpret_cast<uint64_t*>(regs + slot.offset)[lane] = bits;
      return;
  }
}
// Which lanes of a register hold a defined value.
inline uint32_t* DefinedLanes(char* regs, uint32_t* defs, SlotRef slot) {
  if (slot.width == Width::kPred) return reinterpret_cast<uint32_t*>(regs + slot.offset + 4);
  return defs + slot.offset / 128;
}

}  // namespace ws::exec

#endif  // WARPSMITH_EXEC_VM_VM_H_
