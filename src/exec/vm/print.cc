// printf in kernels.
#include <bit>

#include "base/format.h"
#include "exec/launch.h"
#include "exec/machine.h"
#include "exec/printf.h"
#include "exec/vm/vm.h"

namespace ws::exec {
namespace {

constexpr size_t kMostText = 4096;

// Texts that a lane's pointers lead to.
class Texts {
 public:
  Texts(Vm* vm, const VmInst* i, uint32_t lane) : vm_(*vm), i_(i), lane_(lane) {}

  // The text at `address`, at most 4 KiB of it; a pointer that leads nowhere is a finding.
  std::string Read(uint64_t address) {
    std::string text;
    for (; !failed_ && text.size() < kMostText; ++address) {
      const uint8_t* c = Find(address);
      if (c == nullptr || *c == 0) break;
      text.push_back(static_cast<char>(*c));
    }
    return text;
  }
  bool failed() const { return failed_; }
  // A value of `bytes` bytes; false and a finding where there is no memory.
  bool ReadValue(uint64_t address, uint32_t bytes, uint64_t* value) {
    *value = 0;
    for (uint32_t k = 0; k < bytes && !failed_; ++k) {
      const uint8_t* byte = Find(address + k);
      if (byte != nullptr) *value |= uint64_t{*byte} << (8 * k);
    }
    return !failed_;
  }

 private:
  const uint8_t* Find(uint64_t address) {
    const uint64_t offset = address & kOffsetMask;
    switch (TagOf(address)) {
      case Tag::kShared:
        if (offset < vm_.shared_bytes) return vm_.shared + offset;
        return Fail(FindingKind::kOutOfBounds, "printf reads a text beyond the shared memory");
      case Tag::kLocal:
        if (offset < vm_.local_stride) return vm_.local + lane_ * vm_.local_stride + offset;
        return Fail(FindingKind::kOutOfBounds, "printf reads a text beyond the local variables");
      case Tag::kHost:
      case Tag::kHostLocal:
        return Fail(FindingKind::kWrongSpace, "printf in a kernel reads a text of host memory");
      default:
        break;
    }
    const AllocView* view = nullptr;
    int64_t at = 0;
    Memory& memory = vm_.machine->memory;
    switch (memory.Check(address, 1, &view, &at)) {
      case AccessError::kNone:
        return view->data + at;
      case AccessError::kNoMemory:
        return Fail(FindingKind::kBadAddress,
                    address == 0 ? "printf gets a null pointer"
                                 : Format("printf gets {:#x}, which is no address", address));
      case AccessError::kFreed:
        return Fail(FindingKind::kUseAfterFree,
                    Format("printf reads {}, which was freed", memory.InfoOf(*view).name));
      case AccessError::kOutOfBounds:
        break;
    }
    return Fail(FindingKind::kOutOfBounds,
                Format("printf reads a text at {}", vm_.machine->Describe(*view, at)));
  }

  const uint8_t* Fail(FindingKind kind, std::string message) {
    ReportAt(&vm_, i_, 1u << lane_, kind, std::move(message));
    failed_ = true;
    return nullptr;
  }

  Vm& vm_;
  const VmInst* i_;
  uint32_t lane_;
  bool failed_ = false;
};

}  // namespace

const VmInst* PrintStep(Vm* vm, const VmInst* i, uint32_t lanes) {
  const GenericInfo& info = vm->program->generics[i->c];
  const SlotRef* srcs = info.operands.data() + info.num_dsts;
  LaunchState& launch = *vm->launch;
  vm->touching = i;
  const bool from_buffer = vm->machine->module.insts[info.inst].sub == ir::kPrintFromBuffer;
  vm->surcharge += std::popcount(lanes);
  for (uint32_t rest = lanes; rest != 0; rest &= rest - 1) {
    const uint32_t lane = static_cast<uint32_t>(std::countr_zero(rest));
    if (info.num_dsts > 0 && !from_buffer) {
      WriteLane(vm->regs, info.operands[0], lane, info.num_srcs - 1u);
    }
    const bool full = launch.printed_bytes >= vm->machine->RoomToPrint();
    vm->machine->report.printed_more |= full;
    if (full && !from_buffer) continue;
    Texts texts(vm, i, lane);
    const std::string format = texts.Read(ReadLane(vm->regs, srcs[0], lane));
    uint32_t k = 1;
    uint64_t packed = from_buffer ? ReadLane(vm->regs, srcs[1], lane) : 0;
    const NextValue next_value = [&](uint32_t bytes, uint64_t* value) {
      if (from_buffer) {
        packed = (packed + bytes - 1) / bytes * bytes;
        packed += bytes;
        ++k;
        return texts.ReadValue(packed - bytes, bytes, value);
      }
      if (k == info.num_srcs) return false;
      *value = ReadLane(vm->regs, srcs[k++], lane);
      return true;
    };
    for (uint32_t v = 1; vm->checks && !from_buffer && v < info.num_srcs; ++v) {
      if ((*DefinedLanes(vm->regs, vm->defs, srcs[v]) >> lane & 1) != 0) continue;
      ReportAt(vm, i, 1u << lane, FindingKind::kUninitializedOutput,
               Format("argument {} of printf is an uninitialised value", v + 1));
    }
    std::string text;
    if (!texts.failed()) {
      text = FormatPrintf(format, next_value, [&](uint64_t address, uint64_t most) {
        std::string part = texts.Read(address);
        if (part.size() > most) part.resize(most);
        return part;
      });
    }
    if (info.num_dsts > 0 && from_buffer) WriteLane(vm->regs, info.operands[0], lane, k - 1);
    if (texts.failed()) {
      vm->stop = Stop::kFatal;
      return nullptr;
    }
    if (full) continue;
    launch.printed_bytes += text.size();
    launch.printed.push_back({vm->block, std::move(text)});
  }
  if (vm->checks && info.num_dsts > 0) {
    *DefinedLanes(vm->regs, vm->defs, info.operands[0]) |= lanes;
  }
  return i + 1;
}

}  // namespace ws::exec
