// malloc and free in kernels: a heap of the device, as large as cudaDeviceSetLimit says.
#include <algorithm>
#include <bit>

#include "base/format.h"
#include "exec/block.h"
#include "exec/launch.h"
#include "exec/machine.h"
#include "exec/vm/vm.h"

namespace ws::exec {
namespace {

uint64_t Take(Vm* vm, const GenericInfo& info, uint64_t bytes) {
  Machine& machine = *vm->machine;
  const uint64_t room = std::min(machine.device_limits[Machine::kLimitMallocHeapSize],
                                 machine.options.limits.device_bytes);
  if (bytes == 0 || bytes > room || machine.heap_bytes > room - bytes) return 0;
  const uint64_t address =
      machine.memory.Allocate(Tag::kGlobal, bytes, "memory of malloc in a kernel", kPoison, 0);
  vm->allocations = machine.memory.views();
  vm->slot_mask = machine.memory.slot_mask();
  if (address == 0) return 0;
  machine.heap_bytes += bytes;
  Allocation& a = machine.memory.InfoOf(*machine.memory.Find(address));
  a.from_program = true;
  a.on_heap = true;
  a.call = machine.num_calls;
  a.loc = machine.module.insts[info.inst].loc;
  return address;
}

// False and a finding if the address is none that malloc gave.
bool Give(Vm* vm, const VmInst* i, uint32_t lane, uint64_t address) {
  Machine& machine = *vm->machine;
  if (address == 0) return true;
  const auto fail = [&](FindingKind kind, std::string message) {
    ReportAt(vm, i, 1u << lane, kind, std::move(message));
    vm->stop = Stop::kFatal;
    return false;
  };
  AllocView* const view = machine.memory.Find(address);
  if (view != nullptr && (address & kOffsetMask) == 0 && machine.memory.InfoOf(*view).on_heap) {
    machine.heap_bytes -= view->size;
    machine.memory.Free(address);
    return true;
  }
  const AllocView* row = nullptr;
  int64_t offset = 0;
  const bool freed = machine.memory.Check(address, 0, &row, &offset) == AccessError::kFreed;
  if (freed) return fail(FindingKind::kDoubleFree, "free in a kernel: it was freed before");
  return fail(
      FindingKind::kBadRuntimeCall,
      Format("free in a kernel gets {:#x}, which malloc in a kernel did not give", address));
}

}  // namespace

const VmInst* HeapStep(Vm* vm, const VmInst* i, uint32_t lanes) {
  const GenericInfo& info = vm->program->generics[i->c];
  const bool takes = info.num_dsts > 0;
  const SlotRef source = info.operands[info.num_dsts];
  vm->surcharge += std::popcount(lanes);
  for (uint32_t rest = lanes; rest != 0; rest &= rest - 1) {
    const uint32_t lane = static_cast<uint32_t>(std::countr_zero(rest));
    const uint64_t value = ReadLane(vm->regs, source, lane);
    if (takes) {
      WriteLane(vm->regs, info.operands[0], lane, Take(vm, info, value));
    } else if (!Give(vm, i, lane, value)) {
      return nullptr;
    }
  }
  if (vm->checks && takes) *DefinedLanes(vm->regs, vm->defs, info.operands[0]) |= lanes;
  if (vm->shadows != nullptr && takes) vm->shadows->Drop(info.operands[0].offset, lanes);
  return i + 1;
}

}  // namespace ws::exec
