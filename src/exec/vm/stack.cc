#include "exec/vm/stack.h"

#include <bit>
#include <cstring>

#include "base/format.h"
#include "exec/block.h"
#include "exec/domain/bank.h"
#include "exec/machine.h"
#include "exec/vm/vm.h"

namespace ws::exec {
namespace {

const VmInst* Overflow(Vm* vm, const VmInst* i, uint32_t lane, std::string_view function) {
  const CallStack& stack = *vm->warp->stack;
  ReportAt(vm, i, 1u << lane, FindingKind::kStackOverflow,
           Format("{} calls itself too often: the {} bytes of {} are used up", function,
                  stack.limit, vm->is_host ? "the host's stack" : "the thread's stack"));
  vm->stop = Stop::kFatal;
  return nullptr;
}

std::string_view FunctionAt(const Vm* vm, const VmInst* i) {
  const ir::Module& m = vm->machine->module;
  const uint32_t inst = vm->program->origin[static_cast<size_t>(i - vm->code)];
  for (const ir::Function& f : m.functions) {
    for (const ir::Block& b : m.Blocks(f)) {
      if (inst >= b.first_inst && inst < b.first_inst + b.num_insts) return f.name;
    }
  }
  return "a function";
}

CallStack::Shadow ShadowOf(const ShadowBank& bank, SlotRef slot, uint32_t lane) {
  CallStack::Shadow kept;
  if (slot.width == Width::kPred) {
    kept.ambiguous = (bank.AmbiguousLanes(slot.offset) >> lane & 1) != 0;
    return kept;
  }
  const ShadowRegister* r = bank.Find(slot.offset);
  if (r == nullptr) return kept;
  kept.tainted = (r->tainted >> lane & 1) != 0;
  kept.ambiguous = (r->ambiguous >> lane & 1) != 0;
  for (uint32_t part = 0; part < 2; ++part) {
    kept.bytes[part] = r->bytes[part];
    kept.valid[part] = (r->valid[part] >> lane & 1) != 0;
    if (kept.valid[part]) kept.parts[part] = r->Get(part, lane);
  }
  return kept;
}

void PutShadow(ShadowBank& bank, SlotRef slot, uint32_t lane, const CallStack::Shadow& kept) {
  const uint32_t bit = 1u << lane;
  if (slot.width == Width::kPred) {
    bank.SetAmbiguous(slot.offset, bit, kept.ambiguous ? bit : 0);
    return;
  }
  bank.Drop(slot.offset, bit);
  if (!kept.tainted && !kept.ambiguous && !kept.valid[0] && !kept.valid[1]) return;
  ShadowRegister& r = bank.At(slot.offset);
  for (uint32_t part = 0; part < 2; ++part) {
    if (kept.valid[part]) r.Set(part, lane, kept.parts[part], kept.bytes[part]);
  }
  if (kept.tainted) r.tainted |= bit;
  if (kept.ambiguous) r.ambiguous |= bit;
}

// Gives the host room for `bytes` bytes of local memory.
void GrowLocal(Vm* vm, uint64_t bytes) {
  CallStack& stack = *vm->warp->stack;
  stack.local->resize(bytes + 64, kPoison);
  stack.local_state->resize(bytes + 64, kByteGap);
  vm->local = vm->warp->local = stack.local->data();
  vm->warp->local_state = stack.local_state->data();
  vm->local_stride = bytes;
}

}  // namespace

const VmInst* EnterStep(Vm* vm, const VmInst* i, uint32_t lanes) {
  const StackFrame& frame = vm->program->stack_frames[i->c];
  CallStack& stack = *vm->warp->stack;
  const uint32_t bytes = static_cast<uint32_t>(frame.state.size());
  for (uint32_t rest = lanes; rest != 0; rest &= rest - 1) {
    const uint32_t lane = static_cast<uint32_t>(std::countr_zero(rest));
    const uint32_t base = stack.top[lane];
    stack.used[lane] += frame.declared_bytes;
    const uint64_t end = uint64_t{base} + bytes;
    if (stack.used[lane] > stack.limit || (stack.local == nullptr && end > vm->local_stride)) {
      return Overflow(vm, i, lane, vm->machine->module.functions[frame.function].name);
    }
    if (end > vm->local_stride) GrowLocal(vm, end + end / 2);
    stack.top[lane] = static_cast<uint32_t>(end);
    WriteLane(vm->regs, frame.base, lane, base);
    WriteLane(vm->regs, frame.narrow_base, lane, base);
    if (bytes == 0) continue;
    const uint64_t at = lane * vm->local_stride + base;
    if (vm->checks) {
      memset(vm->local + at, kPoison, bytes);
      memcpy(vm->warp->local_state + at, frame.state.data(), bytes);
    }
  }
  vm->surcharge += bytes / 128;
  *DefinedLanes(vm->regs, vm->defs, frame.base) |= lanes;
  *DefinedLanes(vm->regs, vm->defs, frame.narrow_base) |= lanes;
  if (vm->shadows != nullptr) {
    vm->shadows->Drop(frame.base.offset, lanes);
    vm->shadows->Drop(frame.narrow_base.offset, lanes);
  }
  return i + 1;
}

const VmInst* LeaveStep(Vm* vm, const VmInst* i, uint32_t lanes) {
  const StackFrame& frame = vm->program->stack_frames[i->c];
  CallStack& stack = *vm->warp->stack;
  const uint32_t bytes = static_cast<uint32_t>(frame.state.size());
  for (uint32_t rest = lanes; rest != 0; rest &= rest - 1) {
    const uint32_t lane = static_cast<uint32_t>(std::countr_zero(rest));
    stack.top[lane] -= bytes;
    stack.used[lane] -= frame.declared_bytes;
    // What still points there points to nothing.
    if (bytes == 0 || !vm->checks) continue;
    memset(vm->warp->local_state + lane * vm->local_stride + stack.top[lane], kByteGap, bytes);
  }
  return i + 1;
}

const VmInst* PushStep(Vm* vm, const VmInst* i, uint32_t lanes) {
  const SavedSlots& saved = vm->program->saves[i->c];
  CallStack& stack = *vm->warp->stack;
  for (uint32_t rest = lanes; rest != 0; rest &= rest - 1) {
    const uint32_t lane = static_cast<uint32_t>(std::countr_zero(rest));
    stack.used[lane] += saved.bytes;
    if (stack.used[lane] > stack.limit) return Overflow(vm, i, lane, FunctionAt(vm, i));
    std::vector<uint32_t>& words = stack.words[lane];
    for (const SlotRef slot : saved.slots) {
      const uint64_t bits = ReadLane(vm->regs, slot, lane);
      words.push_back(static_cast<uint32_t>(bits));
      words.push_back(static_cast<uint32_t>(bits >> 32));
      words.push_back(*DefinedLanes(vm->regs, vm->defs, slot) >> lane & 1);
      if (vm->shadows != nullptr) {
        stack.shadows[lane].push_back(ShadowOf(*vm->shadows, slot, lane));
      }
    }
  }
  vm->surcharge += static_cast<int64_t>(saved.slots.size()) * std::popcount(lanes) / 32 + 1;
  return i + 1;
}

const VmInst* PopStep(Vm* vm, const VmInst* i, uint32_t lanes) {
  const SavedSlots& saved = vm->program->saves[i->c];
  CallStack& stack = *vm->warp->stack;
  for (uint32_t rest = lanes; rest != 0; rest &= rest - 1) {
    const uint32_t lane = static_cast<uint32_t>(std::countr_zero(rest));
    stack.used[lane] -= saved.bytes;
    std::vector<uint32_t>& words = stack.words[lane];
    for (size_t k = saved.slots.size(); k > 0; --k) {
      const SlotRef slot = saved.slots[k - 1];
      const uint32_t* kept = words.data() + words.size() - 3;
      const uint64_t bits = kept[0] | uint64_t{kept[1]} << 32;
      uint32_t* defined = DefinedLanes(vm->regs, vm->defs, slot);
      *defined = (*defined & ~(1u << lane)) | kept[2] << lane;
      WriteLane(vm->regs, slot, lane, bits);
      words.resize(words.size() - 3);
      if (vm->shadows == nullptr) continue;
      PutShadow(*vm->shadows, slot, lane, stack.shadows[lane].back());
      stack.shadows[lane].pop_back();
    }
  }
  return i + 1;
}

}  // namespace ws::exec
