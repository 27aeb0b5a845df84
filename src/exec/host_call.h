// One runtime call of host code: what an instruction rt or a launch does.
#ifndef WARPSMITH_EXEC_HOST_CALL_H_
#define WARPSMITH_EXEC_HOST_CALL_H_

#include <string>

#include "exec/block.h"
#include "exec/machine.h"
#include "exec/printf.h"
#include "exec/vm/vm.h"

namespace ws::exec {

// Operands of a launch: the kernel, two times three extents, bytes of shared memory, the stream,
// and the kernel's arguments.
inline constexpr uint32_t kLaunchStream = 8, kFirstLaunchArg = 9;

// A range of memory as runtime calls see it.
struct Range {
  uint8_t* data = nullptr;
  uint8_t* state = nullptr;
  AllocView* view = nullptr;  // null: a local variable of the host
  uint64_t offset = 0;
  bool on_host = false;
};

// The arguments and the result are registers of the running host function. A method that gives
// false has reported a finding that ends the run.
// The first argument of RtFn::kThrow.
enum class ThrowCall : uint8_t {
  kThrow,
  kRethrow,
  kCaught,
  kTerminate,  // it leaves a function that is noexcept
};

// An exception that nobody has caught ends the program.
void EndUncaught(Machine& machine);

class HostCall {
 public:
  HostCall(Vm* vm, const VmInst* i)
      : vm_(*vm),
        machine_(*vm->machine),
        info_(vm->program->generics[i->c]),
        inst_(machine_.module.insts[info_.inst]),
        site_(SiteOf(vm, info_.inst, 0)) {}
  // False if the run has ended.
  bool Run();

 private:
  uint64_t Arg(uint32_t k) const {
    if (k >= info_.num_srcs) return 0;
    return ReadLane(vm_.regs, info_.operands[info_.num_dsts + k], 0);
  }
  // Reports arguments that hold no value. Handles of streams say nothing here.
  void CheckDefined();
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

  // Whether the host code is a program of its own, not the launcher of a task.
  bool IsProgram() const {
    return machine_.module.functions[vm_.program->function.index].name == "main";
  }
  const char* Name() const { return ir::InfoOf(static_cast<ir::RtFn>(inst_.sub)).spelling; }

  // --- memory (host_memory.cc)
  // The bytes at an address, `bytes` of which exist.
  bool Find(uint64_t address, uint64_t bytes, bool writes, Range& range);
  bool Allocate(uint64_t variable, uint64_t bytes);
  bool AllocateManaged(uint64_t variable, uint64_t bytes);
  bool NewMemory(Tag tag, uint64_t bytes, uint64_t limit, std::string name, uint64_t* address);
  bool Release(uint64_t address, Tag tag);
  bool Copy(uint64_t to, uint64_t from, uint64_t bytes, uint64_t kind);
  // memcpy of host code, which is no call of the runtime.
  bool IsHostCopy() const { return (Arg(3) & 0xffffffffu) == 0; }
  // Reports that host code accesses managed memory which a launch uses that may not be over.
  void NoteHostRace(const Range& range, uint64_t bytes, bool writes);
  // All launches so far are over.
  void Synchronise() { machine_.unsynced_epoch = machine_.memory.next_epoch; }
  static bool IsManaged(const Range& range) { return range.view != nullptr && range.view->managed; }
  // Rows of `bytes` bytes, `pitch` bytes apart on either side.
  bool CopyRows();
  bool SetRows();
  void NoteUndefined(const Range& d, uint64_t bytes);
  static void CopyShadows(const Range& d, const Range& s, uint64_t bytes);
  bool Set(uint64_t to, uint64_t value, uint64_t bytes);

  // --- texts (host_text.cc)
  // The text at an address of host memory; at most 64 KiB and `most` bytes of it. A pointer that
  // leads nowhere, or to the device, is a finding.
  bool ReadText(uint64_t address, uint64_t most, std::string& text);
  // Reads texts for a formatter; `failed` once one could not be read.
  exec::ReadText Reader(bool* failed);
  bool FormatText(uint32_t format, std::string& out);
  void Write(std::string_view text);
  bool Print();
  // snprintf: as many bytes as have room, and a zero.
  bool PrintTo();
  bool PutText(uint64_t to, uint64_t room, std::string text);
  bool Put();
  // Text for a stream.
  bool WriteTo(uint64_t stream, const std::string& text);
  bool Parse();
  bool PrintToFile();
  bool PrintList();
  // --- streams and files (host_stream_calls.cc)
  bool CallStream();
  bool Scan();
  // Bytes into the program's memory, and out of it.
  bool PutBytes(uint64_t to, std::string_view bytes);
  bool GetBytes(uint64_t from, uint64_t bytes, std::string& out);
  bool Throw();
  // How many bytes an allocation has, given its beginning.
  bool AskRoom();

  // --- questions (host_queries.cc)
  bool SetLimit(uint64_t limit, uint64_t value);
  bool SetAttribute(uint64_t function, uint64_t attribute, uint64_t value);
  // Instructions that the run has executed, a nanosecond each: repeatable, and no time.
  int64_t Now() const;
  // The event of a handle that cudaEventCreate gave; null after a finding.
  int64_t* Event(uint64_t handle);
  bool ElapsedTime();
  uint64_t Fact(int32_t code);
  bool KernelQuestion();

  // --- graphs (host_graph.cc)
  // Whether work for the stream is captured; work for the default one meanwhile is a finding.
  bool Captures(uint64_t stream);
  bool Capture(GraphNode node);
  bool CaptureCall(std::array<uint64_t, 4> args);
  bool CallGraph();
  bool Replay(const GraphNode& node);

  bool DoRuntime();
  bool DoLaunch();
  bool StartLaunch(Launch launch);

  Vm& vm_;
  Machine& machine_;
  const GenericInfo& info_;
  const ir::Inst& inst_;
  Site site_;
  HostWork work_;  // kCount: none
};

}  // namespace ws::exec

#endif  // WARPSMITH_EXEC_HOST_CALL_H_
