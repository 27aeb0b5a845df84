#include "exec/host_fault.h"

#include <csetjmp>
#include <csignal>
#include <mutex>

#include "base/format.h"
#include "exec/machine.h"

namespace ws::exec {
namespace {

constexpr int kSignals[] = {SIGSEGV, SIGBUS};

std::mutex scopes_mutex;
int num_scopes = 0;
struct sigaction previous[2];

struct Catch {
  sigjmp_buf resume;
  uint64_t address = 0;
};
// Of static storage, so that a handler on any thread may read it.
thread_local Catch* catching __attribute__((tls_model("initial-exec"))) = nullptr;

void OnFault(int signal, siginfo_t* info, void*) {
  if (catching != nullptr) {
    catching->address = reinterpret_cast<uintptr_t>(info->si_addr);
    siglongjmp(catching->resume, 1);
  }
  // Not ours: the instruction faults again, under the handler that was there.
  sigaction(signal, &previous[signal == SIGBUS], nullptr);
}

// Reports the access of vm.touching that went to `address`.
void ReportFault(Vm& vm, uint64_t address) {
  const VmInst* i = vm.touching;
  if (i == nullptr) {
    vm.machine->Report(FindingKind::kTrapped, {},
                       Format("internal: the engine itself faulted at {:#x}", address));
    return;
  }
  const ir::Inst& inst =
      vm.machine->module.insts[vm.program->origin[static_cast<size_t>(i - vm.code)]];
  if (inst.op == ir::Op::kPrint) {
    ReportAt(&vm, i, vm.active, FindingKind::kBadAddress,
             Format("printf reads a text at {:#x}, which is not mapped", address));
    return;
  }
  const AccessInfo& info = vm.program->accesses[i->c];
  const uint64_t bytes = uint64_t{info.bytes} * info.vec;
  const bool loads = info.effect == ir::Effect::Load;
  const char* access = loads ? "load" : info.effect == ir::Effect::Atomic ? "atomic" : "store";
  for (uint32_t rest = vm.active; rest != 0; rest &= rest - 1) {
    const uint32_t lane = static_cast<uint32_t>(__builtin_ctz(rest));
    const uint64_t begin =
        ReadLane(vm.regs, info.address, lane) + static_cast<uint64_t>(int64_t{info.offset});
    if (address - begin >= bytes) continue;
    ReportAt(&vm, i, 1u << lane, FindingKind::kBadAddress,
             Format("{} of {} bytes at {:#x}, which {}", access, bytes, begin,
                    loads ? "is not mapped" : "is not mapped or may not be written"));
    return;
  }
  ReportAt(&vm, i, vm.active, FindingKind::kBadAddress,
           Format("an access at {:#x}, which is not mapped", address));
}

}  // namespace

HostFaultScope::HostFaultScope() {
  const std::lock_guard lock(scopes_mutex);
  if (num_scopes++ != 0) return;
  struct sigaction action = {};
  action.sa_sigaction = OnFault;
  // A fault in the handler's jump is none of ours, but the next launch may fault again.
  action.sa_flags = SA_SIGINFO | SA_NODEFER;
  for (int k = 0; k < 2; ++k) sigaction(kSignals[k], &action, &previous[k]);
}

HostFaultScope::~HostFaultScope() {
  const std::lock_guard lock(scopes_mutex);
  if (--num_scopes != 0) return;
  for (int k = 0; k < 2; ++k) sigaction(kSignals[k], &previous[k], nullptr);
}

// What lies between here and an access holds nothing that would have to be destroyed, but for the
// text of a printf.
void RunCatchingFaults(Vm& vm, const VmInst* start) {
  Catch here;
  if (sigsetjmp(here.resume, 0) == 0) {
    catching = &here;
    vm.run(&vm, start);
    catching = nullptr;
    return;
  }
  catching = nullptr;
  ReportFault(vm, here.address);
  vm.stop = Stop::kFatal;
}

}  // namespace ws::exec
