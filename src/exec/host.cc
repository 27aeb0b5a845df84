#include "exec/host.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "base/format.h"
#include "exec/block.h"
#include "exec/printf.h"
#include "exec/vm/vm.h"

namespace ws::exec {
namespace {

constexpr uint64_t kAttributeMaxDynamicShared = 8;  // cudaFuncAttributeMaxDynamicSharedMemorySize

// Operands of a launch: the kernel, two times three extents, bytes of shared memory, the stream,
// and the kernel's arguments.
constexpr uint32_t kLaunchStream = 8, kFirstLaunchArg = 9;

// A range of memory as runtime calls see it.
struct Range {
  uint8_t* data = nullptr;
  uint8_t* state = nullptr;
  AllocView* view = nullptr;  // null: a local variable of the host
  uint64_t offset = 0;
  bool on_host = false;
};

class HostCall {
 public:
  HostCall(Vm* vm, const VmInst* i)
      : vm_(*vm),
        machine_(*vm->machine),
        info_(vm->program->generics[i->c]),
        inst_(machine_.module.insts[info_.inst]),
        site_(SiteOf(vm, info_.inst, 0)) {}

  bool Run() {
    if (vm_.checks) CheckDefined();
    const bool ok = inst_.op == ir::Op::kLaunch ? DoLaunch() : DoRuntime();
    if (ok && work_.fn != ir::RtFn::kCount) AccountWork();
    vm_.allocations = machine_.memory.views();
    vm_.slot_mask = machine_.memory.slot_mask();
    if (ok && !machine_.stopped()) return true;
    vm_.stop = Stop::kFatal;
    return false;
  }

 private:
  uint64_t Arg(uint32_t k) const {
    if (k >= info_.num_srcs) return 0;
    return ReadLane(vm_.regs, info_.operands[info_.num_dsts + k], 0);
  }
  // Reports arguments that hold no value. Handles of streams say nothing here.
  void CheckDefined() {
    using ir::RtFn;
    const auto report = [&](uint32_t k, FindingKind kind, const std::string& what) {
      if (k >= info_.num_srcs) return;
      if ((*DefinedLanes(vm_.regs, vm_.defs, info_.operands[info_.num_dsts + k]) & 1) != 0) return;
      machine_.Report(kind, site_, what);
    };
    if (inst_.op == ir::Op::kLaunch) {
      const auto kernel = static_cast<uint32_t>(Arg(0));
      if (kernel >= machine_.module.functions.size()) return;
      const std::string_view name = machine_.module.functions[kernel].name;
      for (uint32_t k = 1; k < kLaunchStream; ++k) {
        report(k, FindingKind::kUninitializedAddress,
               Format("the launch configuration of {} depends on an uninitialised value", name));
      }
      for (uint32_t k = kFirstLaunchArg; k < info_.num_srcs; ++k) {
        report(
            k, FindingKind::kUninitializedAddress,
            Format("argument {} of {} is an uninitialised value", k - kFirstLaunchArg + 1, name));
      }
      return;
    }
    const auto fn = static_cast<RtFn>(inst_.sub);
    for (uint32_t k = 0; fn == RtFn::kPrintf && k < info_.num_srcs; ++k) {
      report(k, FindingKind::kUninitializedOutput,
             Format("argument {} of printf is an uninitialised value", k + 1));
    }
    const bool moves = fn == RtFn::kMalloc || fn == RtFn::kMallocAsync || fn == RtFn::kMemcpy ||
                       fn == RtFn::kMemcpyAsync || fn == RtFn::kMemset ||
                       fn == RtFn::kMemsetAsync || fn == RtFn::kHostMalloc || fn == RtFn::kFree ||
                       fn == RtFn::kHostFree || fn == RtFn::kExit;
    for (uint32_t k = 0; moves && k < 3; ++k) {
      report(k, FindingKind::kUninitializedAddress,
             Format("argument {} of {} is an uninitialised value", k + 1, Name()));
    }
  }

  void SetResult(uint64_t bits) {
    if (info_.num_dsts == 0) return;
    WriteLane(vm_.regs, info_.operands[0], 0, bits);
    *DefinedLanes(vm_.regs, vm_.defs, info_.operands[0]) |= 1;
  }
  // As if the function that was called first returned `bits`.
  void SetResultOfEntry(uint64_t bits) {
    const ir::Function& entry = machine_.module.functions[vm_.program->function.index];
    if (entry.result == ir::Type::kNone) return;
    const SlotRef result = vm_.program->host_params.back();
    WriteLane(vm_.regs, result, 0, bits);
    *DefinedLanes(vm_.regs, vm_.defs, result) |= 1;
  }
  bool Fail(FindingKind kind, std::string message) {
    machine_.Report(kind, site_, std::move(message));
    return false;
  }
  // Moving bytes takes fuel as a kernel's accesses would, 128 bytes an instruction: a loop of
  // copies is bounded too.
  void AccountWork() {
    vm_.slice -= static_cast<int64_t>(work_.bytes / 128);
    const Tracer* tracer = machine_.options.tracer;
    if (tracer != nullptr && tracer->host_work != nullptr) tracer->host_work(tracer->self, work_);
  }
  void NoteWork(uint64_t bytes, bool from_device, bool to_device) {
    work_ = {.fn = static_cast<ir::RtFn>(inst_.sub),
             .bytes = bytes,
             .from_device = from_device,
             .to_device = to_device};
  }

  const char* Name() const { return ir::InfoOf(static_cast<ir::RtFn>(inst_.sub)).spelling; }

  bool Find(uint64_t address, uint64_t bytes, bool writes, Range& range) {
    if (TagOf(address) == Tag::kHostLocal) {
      range.offset = address & kOffsetMask;
      range.on_host = true;
      bool inside = range.offset <= vm_.local_stride && bytes <= vm_.local_stride - range.offset;
      range.state = vm_.checks ? vm_.warp->local_state + range.offset : nullptr;
      for (uint64_t k = 0; inside && range.state != nullptr && k < bytes; ++k) {
        inside = (range.state[k] & kByteGap) == 0;
      }
      if (!inside) {
        return Fail(FindingKind::kOutOfBounds, Format("{} of {} bytes at {}", Name(), bytes,
                                                      DescribeLocal(*vm_.program, range.offset)));
      }
      range.data = vm_.local + range.offset;
      return true;
    }
    const AllocView* view = nullptr;
    int64_t offset = 0;
    switch (machine_.memory.Check(address, bytes, &view, &offset)) {
      case AccessError::kNone:
        break;
      case AccessError::kNoMemory:
        return Fail(FindingKind::kBadAddress,
                    address == 0 ? Format("{} gets a null pointer", Name())
                                 : Format("{} gets {:#x}, which is no address", Name(), address));
      case AccessError::kFreed:
        return Fail(FindingKind::kUseAfterFree, Format("{} gets a pointer to {}, which was freed",
                                                       Name(), machine_.memory.InfoOf(*view).name));
      case AccessError::kOutOfBounds:
        return Fail(FindingKind::kOutOfBounds, Format("{} of {} bytes at {}", Name(), bytes,
                                                      machine_.Describe(*view, offset)));
    }
    range.view = const_cast<AllocView*>(view);
    range.offset = static_cast<uint64_t>(offset);
    range.data = view->data + offset;
    range.on_host = TagOf(address) == Tag::kHost;
    if (vm_.checks) {
      machine_.memory.NeedState(*range.view);
      range.state = view->state + offset;
    }
    // cudaMemcpyToSymbol may write __constant__ memory; kernels may not.
    (void)writes;
    return true;
  }

  bool Allocate(uint64_t variable, uint64_t bytes) {
    Range range;
    if (!Find(variable, 8, true, range)) return false;
    if (!range.on_host) {
      return Fail(FindingKind::kWrongSpace,
                  Format("{} stores the pointer in device memory", Name()));
    }
    uint64_t address = 0;
    if (!NewMemory(Tag::kGlobal, bytes, machine_.options.limits.device_bytes,
                   Format("temporary {} ({})", machine_.num_temporaries++, Name()), &address)) {
      return false;
    }
    memcpy(range.data, &address, 8);
    if (range.state != nullptr) memset(range.state, kByteInit | kByteWritten, 8);
    NoteWork(bytes, false, false);
    SetResult(0);
    return true;
  }
  bool AllocateManaged(uint64_t variable, uint64_t bytes) {
    if (!Allocate(variable, bytes)) return false;
    uint64_t address = 0;
    Range range;
    if (!Find(variable, 8, false, range)) return false;
    memcpy(&address, range.data, 8);
    if (AllocView* view = machine_.memory.Find(address)) view->managed = true;
    return true;
  }

  bool NewMemory(Tag tag, uint64_t bytes, uint64_t limit, std::string name, uint64_t* address) {
    if (bytes == 0) {
      *address = 0;
      return true;
    }
    const uint64_t live = machine_.memory.live_bytes(tag);
    if (bytes <= limit && live <= limit - bytes) {
      *address = machine_.memory.Allocate(tag, bytes, name, kPoison, 0);
    }
    if (*address == 0) {
      return Fail(FindingKind::kNoMemory, Format("{} of {} bytes: {} are in use, {} is the limit",
                                                 Name(), bytes, live, limit));
    }
    Allocation& a = machine_.memory.InfoOf(*machine_.memory.Find(*address));
    a.from_program = true;
    a.call = machine_.num_calls;
    a.loc = inst_.loc;
    return true;
  }

  bool Release(uint64_t address, Tag tag) {
    SetResult(0);
    if (address == 0) return true;
    AllocView* view = machine_.memory.Find(address);
    if (view == nullptr || (address & kOffsetMask) != 0) {
      const AllocView* row = nullptr;
      int64_t offset = 0;
      const AccessError error = machine_.memory.Check(address, 0, &row, &offset);
      if (error == AccessError::kFreed) {
        return Fail(FindingKind::kDoubleFree,
                    Format("{} was freed before", machine_.memory.InfoOf(*row).name));
      }
      return Fail(FindingKind::kBadRuntimeCall,
                  Format("{} gets a pointer that does not start an allocation", Name()));
    }
    if (!machine_.memory.InfoOf(*view).from_program || TagOf(address) != tag) {
      return Fail(FindingKind::kBadRuntimeCall, Format("{} frees {}, which it may not", Name(),
                                                       machine_.memory.InfoOf(*view).name));
    }
    machine_.memory.Free(address);
    if (tag == Tag::kGlobal) NoteWork(0, false, false);
    return true;
  }

  bool Copy(uint64_t to, uint64_t from, uint64_t bytes, uint64_t kind) {
    SetResult(0);
    if (bytes == 0) return true;
    Range d, s;
    if (!Find(to, bytes, true, d) || !Find(from, bytes, false, s)) return false;
    // cudaMemcpyKind: host to host 0, host to device 1, back 2, device to device 3, default 4.
    const uint64_t actual = (s.on_host ? 0 : 2) + (d.on_host ? 0 : 1);
    // Managed memory is on both sides.
    const uint64_t either = (IsManaged(s) ? 2 : 0) | (IsManaged(d) ? 1 : 0);
    if (kind != 4 && (kind > 3 || ((kind ^ actual) & ~either) != 0)) {
      static constexpr const char* kNames[] = {"host to host", "host to device", "device to host",
                                               "device to device"};
      return Fail(FindingKind::kBadRuntimeCall,
                  Format("{} copies {} but is told {}", Name(), kNames[actual],
                         kind < 4 ? kNames[kind] : "an unknown direction"));
    }
    memmove(d.data, s.data, bytes);
    if (d.state != nullptr) {
      for (uint64_t k = 0; k < bytes; ++k) {
        d.state[k] = static_cast<uint8_t>((s.state[k] & kByteInit) | kByteWritten);
      }
      NoteUndefined(d, bytes);
    }
    CopyShadows(d, s, bytes);
    NoteWork(bytes, !s.on_host, !d.on_host);
    return true;
  }
  static bool IsManaged(const Range& range) { return range.view != nullptr && range.view->managed; }
  // Rows of `bytes` bytes, `pitch` bytes apart on either side.
  bool CopyRows() {
    const uint64_t bytes = Arg(4), rows = Arg(5), kind = Arg(6) & 0xffffffffu;
    SetResult(0);
    if (bytes == 0 || rows == 0) return true;
    if (bytes > Arg(1) || bytes > Arg(3)) {
      return Fail(FindingKind::kBadRuntimeCall,
                  Format("{} copies rows of {} bytes, more than a pitch of {}", Name(), bytes,
                         std::min(Arg(1), Arg(3))));
    }
    for (uint64_t row = 0; row < rows; ++row) {
      if (!Copy(Arg(0) + row * Arg(1), Arg(2) + row * Arg(3), bytes, kind)) return false;
      vm_.slice -= 1;
    }
    work_.fn = ir::RtFn::kMemcpy;
    work_.bytes = rows * bytes;
    return true;
  }
  bool SetRows() {
    const uint64_t bytes = Arg(3), rows = Arg(4);
    SetResult(0);
    if (bytes == 0 || rows == 0) return true;
    if (bytes > Arg(1)) {
      return Fail(
          FindingKind::kBadRuntimeCall,
          Format("{} fills rows of {} bytes, more than the pitch of {}", Name(), bytes, Arg(1)));
    }
    for (uint64_t row = 0; row < rows; ++row) {
      if (!Set(Arg(0) + row * Arg(1), Arg(2), bytes)) return false;
      vm_.slice -= 1;
    }
    work_.fn = ir::RtFn::kMemset;
    work_.bytes = rows * bytes;
    return true;
  }
  void NoteUndefined(const Range& d, uint64_t bytes) {
    if (d.view == nullptr) return;
    Allocation& a = machine_.memory.InfoOf(*d.view);
    for (uint64_t k = 0; k < bytes && !a.undefined_stored; ++k) {
      if ((d.state[k] & kByteInit) != 0) continue;
      a.undefined_stored = true;
      a.undefined_loc = inst_.loc;
    }
  }
  static void CopyShadows(const Range& d, const Range& s, uint64_t bytes) {
    if (d.view == nullptr) return;
    const bool from = s.view != nullptr && s.view->shadows != nullptr;
    if (!from && d.view->shadows == nullptr) return;
    if (d.view->shadows == nullptr) d.view->shadows = new ShadowMap(d.view->size);
    d.view->shadows->scattered |= from && s.view->shadows->scattered;
    std::vector<ShadowEntry> moved((bytes + 1) / 2);
    if (from && s.offset % 2 == 0 && d.offset % 2 == 0) {
      for (size_t k = 0; k < moved.size(); ++k) {
        moved[k] = s.view->shadows->entries[s.offset / 2 + k];
      }
    }
    std::copy(moved.begin(), moved.end(),
              d.view->shadows->entries.begin() + static_cast<ptrdiff_t>(d.offset / 2));
  }

  bool Set(uint64_t to, uint64_t value, uint64_t bytes) {
    SetResult(0);
    if (bytes == 0) return true;
    Range d;
    if (!Find(to, bytes, true, d)) return false;
    if (d.on_host) {
      return Fail(FindingKind::kWrongSpace, Format("{} of host memory", Name()));
    }
    memset(d.data, static_cast<int>(value & 0xff), bytes);
    if (d.state != nullptr) memset(d.state, kByteInit | kByteWritten, bytes);
    NoteWork(bytes, false, true);
    return true;
  }

  bool SetAttribute(uint64_t function, uint64_t attribute, uint64_t value) {
    SetResult(0);
    if (attribute != kAttributeMaxDynamicShared) return true;
    const uint64_t limit = machine_.options.limits.max_shared_bytes_opt_in;
    if (value > limit) {
      return Fail(FindingKind::kBadRuntimeCall,
                  Format("{} asks for {} bytes of dynamic shared memory; at most {} exist", Name(),
                         value, limit));
    }
    machine_.opted_in_shared[static_cast<uint32_t>(function)] = static_cast<uint32_t>(value);
    return true;
  }

  // The text at an address of host memory; at most 4 KiB and `most` bytes of it. A pointer that
  // leads nowhere, or to the device, is a finding.
  bool ReadText(uint64_t address, uint64_t most, std::string& text) {
    constexpr size_t kMostText = 4096;
    Range at;
    for (; text.size() < std::min<uint64_t>(most, kMostText); ++address) {
      if (!Find(address, 1, false, at)) return false;
      if (!at.on_host && !IsManaged(at) && TagOf(address) == Tag::kGlobal) {
        return Fail(FindingKind::kWrongSpace, Format("{} reads a text in device memory", Name()));
      }
      if (at.state != nullptr && (*at.state & kByteInit) == 0) {
        machine_.Report(FindingKind::kUninitializedOutput, site_,
                        Format("{} reads a text of uninitialised bytes", Name()));
      }
      if (*at.data == 0) return true;
      text.push_back(static_cast<char>(*at.data));
    }
    return true;
  }
  // Reads texts for a formatter; `failed` once one could not be read.
  exec::ReadText Reader(bool* failed) {
    return [this, failed](uint64_t address, uint64_t most) {
      std::string s;
      *failed = *failed || !ReadText(address, most, s);
      return s;
    };
  }
  bool FormatText(uint32_t format, std::string& out) {
    std::vector<uint64_t> values;
    for (uint32_t k = format + 1; k < info_.num_srcs; ++k) values.push_back(Arg(k));
    std::string text;
    if (!ReadText(Arg(format), ~uint64_t{0}, text)) return false;
    bool failed = false;
    out = FormatPrintf(text, values, Reader(&failed));
    return !failed;
  }
  void Write(const std::string& text) {
    if (machine_.report.printed.size() < kMostPrinted) machine_.report.printed += text;
  }

  bool Print() {
    std::string printed;
    if (!FormatText(0, printed)) return false;
    Write(printed);
    SetResult(printed.size());
    return true;
  }
  // snprintf: as many bytes as have room, and a zero.
  bool PrintTo() {
    std::string text;
    if (!FormatText(2, text)) return false;
    SetResult(text.size());
    if (Arg(1) == 0) return true;
    const uint64_t bytes = std::min<uint64_t>(text.size() + 1, Arg(1));
    Range to;
    if (!Find(Arg(0), bytes, true, to)) return false;
    if (!to.on_host && !IsManaged(to)) {
      return Fail(FindingKind::kWrongSpace, Format("{} writes to device memory", Name()));
    }
    memcpy(to.data, text.c_str(), bytes - 1);
    to.data[bytes - 1] = 0;
    if (to.state != nullptr) memset(to.state, kByteInit | kByteWritten, bytes);
    return true;
  }
  bool Put() {
    constexpr uint64_t kManipulator = 255;
    const uint64_t put = Arg(0) & 0xff;
    if (put == kManipulator) {
      Write(machine_.stream.Manipulate(Arg(1)));
      return true;
    }
    bool failed = false;
    Write(machine_.stream.Put(static_cast<StreamPut>(put), Arg(1), 8u >> (Arg(0) >> 8),
                              Reader(&failed)));
    return !failed;
  }

  bool Parse() {
    std::string text;
    if (!ReadText(Arg(0), ~uint64_t{0}, text)) return false;
    char* end = nullptr;
    const uint64_t what = Arg(1) & 0xffffffffu;
    double value = what == 2 ? double{strtof(text.c_str(), &end)} : strtod(text.c_str(), &end);
    if (what == 1) value = static_cast<double>(end - text.c_str());
    uint64_t bits = 0;
    memcpy(&bits, &value, sizeof bits);
    SetResult(bits);
    return true;
  }

  // Instructions that the run has executed, a nanosecond each: repeatable, and no time.
  int64_t Now() const {
    const uint64_t left = static_cast<uint64_t>(std::max<int64_t>(vm_.fuel + vm_.slice, 0));
    return static_cast<int64_t>(machine_.options.limits.fuel - left);
  }
  // The event of a handle that cudaEventCreate gave; null after a finding.
  int64_t* Event(uint64_t handle) {
    if (handle == 0 || handle > machine_.events.size()) {
      Fail(FindingKind::kBadRuntimeCall, Format("{} gets an event that was not created", Name()));
      return nullptr;
    }
    return &machine_.events[handle - 1];
  }
  bool ElapsedTime() {
    constexpr uint32_t kInvalidResourceHandle = 400;
    const int64_t* start = Event(Arg(1));
    const int64_t* stop = Event(Arg(2));
    Range to;
    if (start == nullptr || stop == nullptr || !Find(Arg(0), 4, true, to)) return false;
    if (*start < 0 || *stop < 0) {
      SetResult(kInvalidResourceHandle);
      return true;
    }
    const float milliseconds = static_cast<float>(static_cast<double>(*stop - *start) * 1e-6);
    memcpy(to.data, &milliseconds, 4);
    if (to.state != nullptr) memset(to.state, kByteInit | kByteWritten, 4);
    SetResult(0);
    return true;
  }

  uint64_t Fact(int32_t code) {
    const uint64_t most = machine_.options.limits.device_bytes;
    if (code == kFactEngineBytes) return most;
    if (code == kFactFreeBytes) {
      return most - std::min(most, machine_.memory.live_bytes(Tag::kGlobal));
    }
    return static_cast<uint64_t>(DeviceFact(machine_.options.limits.device, code));
  }
  bool KernelQuestion() {
    const ir::FunctionId id(static_cast<uint32_t>(Arg(0)));
    const Program* program = machine_.ProgramOf(id, site_);
    if (program == nullptr) return false;
    const uint32_t bound = machine_.module.functions[id.index].max_threads;
    KernelNeeds needs{.shared_bytes = program->static_shared_bytes,
                      .local_bytes = program->frame_bytes,
                      .max_threads = bound != 0 ? bound : 1024};
    for (const ir::Global& global : machine_.module.globals) {
      if (global.space == ir::Space::kConst) needs.const_bytes += global.bytes;
    }
    SetResult(static_cast<uint64_t>(FactOfKernel(machine_.options.limits.device, needs,
                                                 static_cast<KernelFact>(Arg(1)), Arg(2), Arg(3))));
    return true;
  }

  bool DoRuntime() {
    using ir::RtFn;
    const Limits& limits = machine_.options.limits;
    switch (static_cast<RtFn>(inst_.sub)) {
      case RtFn::kMalloc:
      case RtFn::kMallocAsync:
        return Allocate(Arg(0), Arg(1));
      case RtFn::kFree:
      case RtFn::kFreeAsync:
        return Release(Arg(0), Tag::kGlobal);
      case RtFn::kMemcpy:
      case RtFn::kMemcpyAsync:
        return Copy(Arg(0), Arg(1), Arg(2), Arg(3) & 0xffffffffu);
      case RtFn::kMemset:
      case RtFn::kMemsetAsync:
        return Set(Arg(0), Arg(1), Arg(2));
      case RtFn::kDeviceSync:
      case RtFn::kStreamSync:
      case RtFn::kGetLastError:
      case RtFn::kPeekLastError:
        SetResult(0);
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
      case RtFn::kMallocManaged:
        return AllocateManaged(Arg(0), Arg(1));
      case RtFn::kMemcpy2D:
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
      case RtFn::kKernelFact:
        return KernelQuestion();
      case RtFn::kCount:
        break;
    }
    return Fail(FindingKind::kBadRuntimeCall, "an unknown runtime call");
  }

  bool DoLaunch() {
    Launch launch;
    launch.kernel = ir::FunctionId(static_cast<uint32_t>(Arg(0)));
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
    machine_.fuel = vm_.fuel + vm_.slice;
    RunLaunch(machine_, std::move(launch), site_);
    vm_.fuel = machine_.fuel;
    vm_.slice = 0;
    return true;
  }

  Vm& vm_;
  Machine& machine_;
  const GenericInfo& info_;
  const ir::Inst& inst_;
  Site site_;
  HostWork work_;  // kCount: none
};

// Whether a persistent variable of the host holds `address`.
bool IsHeld(Machine& machine, uint64_t address) {
  for (uint32_t r = 1; r < machine.memory.used(); ++r) {
    const AllocView& view = machine.memory.views()[r];
    if (view.key == 0 || !machine.memory.InfoOf(view).is_module) continue;
    for (uint64_t at = 0; at + 8 <= view.size; at += 8) {
      uint64_t word = 0;
      memcpy(&word, view.data + at, 8);
      if (word == address) return true;
    }
  }
  return false;
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
  Warp warp;
  warp.regs = registers.get();
  warp.defs = defs.data();
  warp.local = local.data();
  warp.local_state = local_state.data();
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
  for (uint32_t r = 1; r < memory.used(); ++r) {
    AllocView& view = memory.views()[r];
    if (view.key == 0) continue;
    Allocation& info = memory.InfoOf(view);
    const uint64_t address = view.key << kOffsetBits;
    if (info.from_program && info.call == call && TagOf(address) == Tag::kGlobal) {
      const bool held = IsHeld(machine, address);
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
