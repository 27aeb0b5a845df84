// Instructions that have no handler of their own: fences, and the rest lane by lane through
// ir::Eval.
#include <bit>

#include "base/format.h"
#include "exec/launch.h"
#include "exec/machine.h"
#include "exec/vm/vm.h"
#include "ir/eval.h"

namespace ws::exec {
namespace {

// The tag of generic addresses into a space; kernel parameters lie in constant memory.
Tag TagOfSpace(ir::Space space) {
  switch (space) {
    case ir::Space::kGlobal:
      return Tag::kGlobal;
    case ir::Space::kShared:
      return Tag::kShared;
    case ir::Space::kLocal:
      return Tag::kLocal;
    default:
      return Tag::kConst;
  }
}

}  // namespace

const VmInst* FenceStep(Vm* vm, const VmInst* i, uint32_t lanes) {
  if (!vm->checks || vm->launch == nullptr) return i + 1;
  for (uint32_t rest = lanes; rest != 0; rest &= rest - 1) {
    vm->launch->sync.Fence(vm, static_cast<uint32_t>(std::countr_zero(rest)), i->sub != 0);
  }
  return i + 1;
}

const VmInst* GenericStep(Vm* vm, const VmInst* i, uint32_t lanes) {
  const GenericInfo& info = vm->program->generics[i->c];
  const ir::Inst& inst = vm->machine->module.insts[info.inst];
  const SlotRef* srcs = info.operands.data() + info.num_dsts;
  const uint32_t num_srcs = info.num_srcs < 4 ? info.num_srcs : 4;
  for (uint32_t rest = lanes; rest != 0; rest &= rest - 1) {
    const uint32_t lane = static_cast<uint32_t>(std::countr_zero(rest));
    uint64_t s[4];
    for (uint32_t k = 0; k < num_srcs; ++k) s[k] = ReadLane(vm->regs, srcs[k], lane);
    if (inst.op == ir::Op::kUnpack) {
      const uint32_t bits = 8 * ir::BytesOf(inst.type) / (info.num_dsts == 0 ? 1 : info.num_dsts);
      for (uint32_t k = 0; k < info.num_dsts; ++k) {
        const uint64_t part = bits >= 64 ? s[0] : s[0] >> (bits * k) & ((1ull << bits) - 1);
        WriteLane(vm->regs, info.operands[k], lane, part);
      }
      continue;
    }
    uint64_t result = 0;
    if (inst.op == ir::Op::kIsSpace) {
      const bool is_host = TagOf(s[0]) == Tag::kNone && vm->machine->memory.host_addresses();
      const Tag tag = is_host ? Tag::kGlobal : TagOf(s[0]);
      WriteLane(vm->regs, info.operands[0], lane, tag == TagOfSpace(inst.space) ? 1 : 0);
      continue;
    }
    if (info.num_dsts != 1 || !ir::Eval(inst, {s, num_srcs}, result)) {
      ReportAt(vm, i, lanes, FindingKind::kTrapped,
               Format("the engine cannot execute {} of this type", ir::InfoOf(inst.op).ptx));
      vm->stop = Stop::kFatal;
      return nullptr;
    }
    WriteLane(vm->regs, info.operands[0], lane, result);
  }
  if (vm->checks) {
    uint32_t defined = kAllLanes;
    for (uint32_t k = 0; k < num_srcs; ++k) defined &= *DefinedLanes(vm->regs, vm->defs, srcs[k]);
    for (uint32_t k = 0; k < info.num_dsts; ++k) {
      uint32_t& word = *DefinedLanes(vm->regs, vm->defs, info.operands[k]);
      word = (word & ~lanes) | (defined & lanes);
    }
  }
  return i + 1;
}

}  // namespace ws::exec
