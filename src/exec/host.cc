#include "exec/host.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <unordered_set>
#include <utility>

#include "base/format.h"
#include "exec/block.h"
#include "exec/host_call.h"
#include "exec/vm/vm.h"

namespace ws::exec {

bool HostCall::Run() {
  if (vm_.checks) CheckDefined();
  const bool ok = inst_.op == ir::Op::kLaunch ? DoLaunch() : DoRuntime();
  if (ok && work_.fn != ir::RtFn::kCount) AccountWork();
  vm_.allocations = machine_.memory.views();
  vm_.slot_mask = machine_.memory.slot_mask();
  if (ok && !machine_.stopped()) return true;
  vm_.stop = Stop::kFatal;
  return false;
}

void HostCall::CheckDefined() {
  using ir::RtFn;
  // what() makes the message: most calls need none.
  const auto report = [&](uint32_t k, FindingKind kind, auto what) {
    if (k >= info_.num_srcs) return;
    if ((*DefinedLanes(vm_.regs, vm_.defs, info_.operands[info_.num_dsts + k]) & 1) != 0) return;
    machine_.Report(kind, site_, what());
  };
  if (inst_.op == ir::Op::kLaunch) {
    const auto kernel = static_cast<uint32_t>(Arg(0));
    if (kernel >= machine_.module.functions.size()) return;
    const std::string_view name = machine_.module.functions[kernel].name;
    for (uint32_t k = 1; k < kLaunchStream; ++k) {
      report(k, FindingKind::kUninitializedAddress, [&] {
        return Format("the launch configuration of {} depends on an uninitialised value", name);
      });
    }
    for (uint32_t k = kFirstLaunchArg; k < info_.num_srcs; ++k) {
      report(k, FindingKind::kUninitializedAddress, [&] {
        return Format("argument {} of {} is an uninitialised value", k - kFirstLaunchArg + 1, name);
      });
    }
    return;
  }
  const auto fn = static_cast<RtFn>(inst_.sub);
  // Where what is printed begins among the arguments.
  const uint32_t first = fn == RtFn::kPrintf       ? 0
                         : fn == RtFn::kFormat     ? 2
                         : fn == RtFn::kPut        ? 2
                         : fn == RtFn::kFilePrintf ? 1
                                                   : info_.num_srcs;
  const auto argument = [&](uint32_t k) {
    return Format("argument {} of {} is an uninitialised value", k + 1, Name());
  };
  for (uint32_t k = first; k < info_.num_srcs; ++k) {
    report(k, FindingKind::kUninitializedOutput, [&] {
      return fn == RtFn::kPut ? std::string("an uninitialised value is printed") : argument(k);
    });
  }
  const bool moves = fn == RtFn::kMalloc || fn == RtFn::kMallocAsync || fn == RtFn::kMemcpy ||
                     fn == RtFn::kMemcpyAsync || fn == RtFn::kMemset || fn == RtFn::kMemsetAsync ||
                     fn == RtFn::kHostMalloc || fn == RtFn::kFree || fn == RtFn::kHostFree ||
                     fn == RtFn::kExit || fn == RtFn::kMallocManaged || fn == RtFn::kMemcpy2D ||
                     fn == RtFn::kMemset2D || fn == RtFn::kEventElapsed;
  for (uint32_t k = 0; moves && k < 6; ++k) {
    report(k, FindingKind::kUninitializedAddress, [&] { return argument(k); });
  }
}

bool HostCall::DoRuntime() {
  using ir::RtFn;
  const Limits& limits = machine_.options.limits;
  switch (static_cast<RtFn>(inst_.sub)) {
    case RtFn::kMalloc:
    case RtFn::kMallocAsync:
      return Allocate(Arg(0), Arg(1));
    case RtFn::kFree:
      Synchronise();
      [[fallthrough]];
    case RtFn::kFreeAsync:
      return Release(Arg(0), Tag::kGlobal);
    case RtFn::kMemcpyAsync:
      if (Captures(Arg(4))) return CaptureCall({Arg(0), Arg(1), Arg(2), Arg(3) & 0xffffffffu});
      return Copy(Arg(0), Arg(1), Arg(2), Arg(3) & 0xffffffffu);
    case RtFn::kMemcpy:
      if (!IsHostCopy()) Synchronise();
      return Copy(Arg(0), Arg(1), Arg(2), Arg(3) & 0xffffffffu);
    case RtFn::kMemsetAsync:
      if (Captures(Arg(3))) return CaptureCall({Arg(0), Arg(1), Arg(2)});
      [[fallthrough]];
    case RtFn::kMemset:
      return Set(Arg(0), Arg(1), Arg(2));
    case RtFn::kDeviceSync:
    case RtFn::kStreamSync:
      Synchronise();
      SetResult(0);
      return true;
    case RtFn::kGetLastError:
    case RtFn::kPeekLastError:
      SetResult(machine_.last_error);
      if (static_cast<RtFn>(inst_.sub) == RtFn::kGetLastError) machine_.last_error = 0;
      return true;
    case RtFn::kFuncSetAttribute:
      return SetAttribute(Arg(0), Arg(1) & 0xffffffffu, Arg(2) & 0xffffffffu);
    case RtFn::kHostMalloc: {
      uint64_t address = 0;
      if (!NewMemory(Tag::kHost, Arg(0), limits.host_bytes, "host memory", &address)) {
        return false;
      }
      SetResult(address);
      return true;
    }
    case RtFn::kHostFree:
      return Release(Arg(0), Tag::kHost);
    case RtFn::kAbort:
      return Fail(FindingKind::kAborted, "the host code aborted");
    case RtFn::kExit:
      SetResultOfEntry(Arg(0) & 0xffffffffu);
      return Fail(FindingKind::kExited, Format("the host code called exit({})",
                                               static_cast<int32_t>(Arg(0) & 0xffffffffu)));
    case RtFn::kPrintf:
      return Print();
    case RtFn::kFormat:
      return PrintTo();
    case RtFn::kPut:
      return Put();
    case RtFn::kParse:
      return Parse();
    case RtFn::kFilePrintf:
      return PrintToFile();
    case RtFn::kListFormat:
      return PrintList();
    case RtFn::kScan:
      return Scan();
    case RtFn::kStream:
      return CallStream();
    case RtFn::kHostRoom:
      return AskRoom();
    case RtFn::kThrow:
      return Throw();
    case RtFn::kMallocManaged:
      return AllocateManaged(Arg(0), Arg(1));
    case RtFn::kMemcpy2D:
      Synchronise();
      return CopyRows();
    case RtFn::kMemset2D:
      return SetRows();
    case RtFn::kEventCreate:
      machine_.events.push_back(-1);
      SetResult(machine_.events.size());
      return true;
    case RtFn::kEventRecord: {
      int64_t* event = Event(Arg(0));
      if (event == nullptr) return false;
      *event = Now();
      SetResult(0);
      return true;
    }
    case RtFn::kEventElapsed:
      return ElapsedTime();
    case RtFn::kTime:
      SetResult(static_cast<uint64_t>(Now()));
      return true;
    case RtFn::kDeviceFact:
      SetResult(Fact(static_cast<int32_t>(Arg(0) & 0xffffffffu)));
      return true;
    case RtFn::kSetLimit:
      return SetLimit(Arg(0) & 0xffffffffu, Arg(1));
    case RtFn::kKernelFact:
      return KernelQuestion();
    case RtFn::kGraph:
      return CallGraph();
    case RtFn::kCount:
      break;
  }
  return Fail(FindingKind::kBadRuntimeCall, "an unknown runtime call");
}

bool HostCall::DoLaunch() {
  Launch launch;
  launch.kernel = ir::FunctionId(static_cast<uint32_t>(Arg(0)));
  launch.cooperative = inst_.sub == ir::kLaunchCooperative;
  const auto clamp = [](uint64_t v) { return static_cast<uint32_t>(v); };
  launch.grid = {clamp(Arg(1)), clamp(Arg(2)), clamp(Arg(3))};
  launch.block = {clamp(Arg(4)), clamp(Arg(5)), clamp(Arg(6))};
  launch.dynamic_shared_bytes = static_cast<uint32_t>(std::min<uint64_t>(Arg(7), 0xffffffffu));
  if (launch.kernel.index >= machine_.module.functions.size()) {
    return Fail(FindingKind::kBadLaunch, "what is launched is not a kernel");
  }
  const ir::Function& f = machine_.module.functions[launch.kernel.index];
  const auto params = machine_.module.Params(f);
  launch.params.assign(f.param_bytes, 0);
  if (info_.num_srcs != kFirstLaunchArg + params.size()) {
    return Fail(FindingKind::kBadLaunch,
                Format("{} is launched with the wrong number of arguments", f.name));
  }
  for (uint32_t k = 0; k < params.size(); ++k) {
    const ir::Param& p = params[k];
    if (uint64_t{p.offset} + p.bytes > launch.params.size()) {
      return Fail(FindingKind::kBadLaunch, Format("the parameters of {} overlap", f.name));
    }
    const uint64_t bits = Arg(kFirstLaunchArg + k);
    if (p.type != ir::Type::kB8 || p.bytes == 1) {
      memcpy(launch.params.data() + p.offset, &bits, std::min<uint32_t>(p.bytes, 8));
      continue;
    }
    // An aggregate: the argument is its address.
    Range range;
    if (!Find(bits, p.bytes, false, range)) return false;
    memcpy(launch.params.data() + p.offset, range.data, p.bytes);
  }
  if (Captures(Arg(kLaunchStream))) return Capture({.launch = std::move(launch)});
  return StartLaunch(std::move(launch));
}

bool HostCall::StartLaunch(Launch launch) {
  machine_.fuel = vm_.fuel + vm_.slice;
  const uint32_t error = std::exchange(machine_.last_error, 0);
  RunLaunch(machine_, std::move(launch), site_);
  // A launch that is refused ends nothing: a program finds its error if it asks.
  if (machine_.last_error == 0) {
    machine_.last_error = error;
  } else if (IsProgram()) {
    machine_.report.status = RunStatus::kOk;
  }
  vm_.fuel = machine_.fuel;
  vm_.slice = 0;
  return true;
}

namespace {

// The addresses of device memory that persistent variables hold.
std::unordered_set<uint64_t> HeldAddresses(Machine& machine) {
  std::unordered_set<uint64_t> held;
  for (uint32_t r = machine.memory.first(); r < machine.memory.used(); ++r) {
    const AllocView& view = machine.memory.views()[r];
    if (view.key == 0 || !machine.memory.InfoOf(view).is_module) continue;
    for (uint64_t at = 0; at + 8 <= view.size; at += 8) {
      uint64_t word = 0;
      memcpy(&word, view.data + at, 8);
      if (TagOf(word) == Tag::kGlobal) held.insert(word);
    }
  }
  return held;
}

}  // namespace

const VmInst* HostStep(Vm* vm, const VmInst* i) {
  if (!vm->is_host) {
    ReportAt(vm, i, vm->active, FindingKind::kBadRuntimeCall, "a kernel cannot make runtime calls");
    vm->stop = Stop::kFatal;
    return nullptr;
  }
  return HostCall(vm, i).Run() ? i + 1 : nullptr;
}

std::optional<uint64_t> RunHost(Machine& machine, ir::FunctionId entry,
                                std::span<const ArgValue> args) {
  Site site;
  const Program* program = machine.ProgramOf(entry, site);
  if (program == nullptr) return std::nullopt;
  const ir::Function& f = machine.module.functions[entry.index];
  site.loc = f.loc;
  const auto params = machine.module.Params(f);
  if (args.size() != params.size()) {
    machine.Report(FindingKind::kBadLaunch, site,
                   Format("{} takes {} arguments, not {}", f.name, params.size(), args.size()));
    return std::nullopt;
  }
  if (program->declared_frame_bytes > machine.options.limits.host_bytes) {
    machine.Report(FindingKind::kNoMemory, site,
                   Format("{} needs {} bytes of local variables; {} are possible", f.name,
                          program->declared_frame_bytes, machine.options.limits.host_bytes));
    return std::nullopt;
  }
  std::unique_ptr<char[], void (*)(void*)> registers(
      static_cast<char*>(std::aligned_alloc(128, program->total_bytes + 128)), &std::free);
  memset(registers.get(), 0, program->total_bytes);
  std::vector<uint32_t> defs(program->total_bytes / 128 + 1, 0);
  std::vector<uint8_t> local(program->frame_bytes + 64, kPoison);
  std::vector<uint8_t> local_state = program->frame_state;
  local_state.resize(local.size(), kByteGap);
  CallStack stack;
  stack.Reset(*program, kHostStackBytes);
  stack.local = &local;
  stack.local_state = &local_state;
  Warp warp;
  warp.regs = registers.get();
  warp.defs = defs.data();
  warp.local = local.data();
  warp.local_state = local_state.data();
  warp.stack = &stack;
  warp.lanes = warp.live = 1;
  warp.num_groups = 1;
  warp.groups[0] = {program->entry, 1, 0, GroupState::kReady};
  FillConstants(*program, warp.regs, warp.defs);
  for (uint32_t k = 0; k < args.size(); ++k) {
    WriteLane(warp.regs, program->host_params[k], 0, args[k].bits);
    *DefinedLanes(warp.regs, warp.defs, program->host_params[k]) = 1;
  }
  Vm vm;
  vm.code = program->code.data();
  vm.program = program;
  vm.machine = &machine;
  vm.checks = machine.options.checks;
  vm.is_host = true;
  vm.allocations = machine.memory.views();
  vm.slot_mask = machine.memory.slot_mask();
  vm.warp = &warp;
  vm.regs = warp.regs;
  vm.defs = warp.defs;
  vm.local = warp.local;
  vm.local_stride = program->frame_bytes;
  vm.fuel = machine.fuel;
  vm.run = BestCore().run[static_cast<int>(vm.checks ? Mode::kChecked : Mode::kPlain)];
  vm.reached = machine.ReachedOf(entry).data();
  vm.stop = Stop::kYield;
  while (vm.stop == Stop::kYield && !machine.stopped()) RunWarp(vm);
  machine.fuel = vm.fuel + vm.slice;
  if (!machine.stopped() && machine.pending_exception != 0) EndUncaught(machine);
  if (!machine.stopped() && vm.stop == Stop::kFuel) {
    machine.Report(FindingKind::kNoFuel, site, "the host code does not come to an end");
  } else if (!machine.stopped() && vm.stop != Stop::kDone) {
    machine.Report(FindingKind::kTrapped, site, "the host code cannot go on");
  }
  // exit() has left its code where the function's result would be.
  const std::vector<Finding>& findings = machine.report.findings;
  const bool exited = !findings.empty() && findings.back().kind == FindingKind::kExited;
  if (machine.stopped() && !exited) return std::nullopt;
  if (f.result == ir::Type::kNone) return std::nullopt;
  const SlotRef result = program->host_params.back();
  if (*DefinedLanes(warp.regs, warp.defs, result) % 2 == 0) return std::nullopt;
  return ReadLane(warp.regs, result, 0);
}

void MarkKept(Machine& machine) {
  Memory& memory = machine.memory;
  for (uint32_t g = 0; g < machine.module.globals.size(); ++g) {
    AllocView* view = memory.Find(machine.global_address[g]);
    if (view == nullptr || view->read_only) continue;
    const std::span<const uint8_t> init = machine.module.globals[g].init;
    const auto changed = [&](uint64_t k) {
      return view->data[k] != (k < init.size() ? init[k] : 0);
    };
    for (uint64_t word = 0; word < view->size; word += 8) {
      const uint64_t end = std::min(word + 8, view->size);
      uint64_t pointer = 0;
      memcpy(&pointer, view->data + word, end - word);
      if (pointer == 0 && word >= init.size()) continue;
      // A workspace that is kept is not what its bytes say.
      if (memory.Find(pointer) != nullptr) continue;
      for (uint64_t k = word; k < end; ++k) {
        if (!changed(k)) continue;
        memory.NeedState(*view);
        view->state[k] |= kByteKept;
      }
    }
  }
}

void ReportLeftovers(Machine& machine, uint32_t call) {
  Memory& memory = machine.memory;
  std::optional<std::unordered_set<uint64_t>> all_held;  // asked for when something is left
  for (uint32_t r = memory.first(); r < memory.used(); ++r) {
    AllocView& view = memory.views()[r];
    if (view.key == 0) continue;
    Allocation& info = memory.InfoOf(view);
    const uint64_t address = view.key << kOffsetBits;
    if (info.from_program && info.call == call && TagOf(address) == Tag::kGlobal) {
      if (!all_held) all_held = HeldAddresses(machine);
      const bool held = all_held->contains(address);
      machine.Report(
          FindingKind::kLeak, {.loc = info.loc},
          held ? Format("{} ({} bytes) is kept in a static variable", info.name, view.size)
               : Format("{} ({} bytes) was not freed", info.name, view.size),
          {}, held);
    }
    if (info.from_program || info.is_module || !info.undefined_stored) continue;
    info.undefined_stored = false;
    for (uint64_t k = 0; view.state != nullptr && k < view.size; ++k) {
      if ((view.state[k] & (kByteInit | kByteWritten)) != kByteWritten) continue;
      machine.Report(FindingKind::kUninitializedOutput, {.loc = info.undefined_loc},
                     Format("an uninitialised value was written to {}",
                            machine.Describe(view, static_cast<int64_t>(k))));
      break;
    }
  }
}

}  // namespace ws::exec
