// The state of one Instance: module, memory, predecoded programs, and the run under way.
#ifndef WARPSMITH_EXEC_MACHINE_H_
#define WARPSMITH_EXEC_MACHINE_H_

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "exec/domain/doubt.h"
#include "exec/engine.h"
#include "exec/host_graph.h"
#include "exec/host_streams.h"
#include "exec/memory.h"
#include "exec/program.h"
#include "exec/vm/bypass.h"
#include "exec/vm/stack.h"
#include "exec/vm/vm.h"

namespace ws::exec {

// Where in an execution something happened.
struct Site {
  diag::Loc loc{};
  std::string_view kernel{};  // empty: host code
  uint32_t launch = 0;
  Dim3 block{}, thread{};
  Dim3 grid{}, block_size{};
};

struct Machine {
  Machine(const ir::Module& module, std::shared_ptr<Memory> shared);
  ~Machine();
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;

  const ir::Module& module;
  const std::shared_ptr<Memory> memory_owner;
  Memory& memory;
  std::vector<uint64_t> global_address;  // of module variables outside of shared memory
  // Bytes of those on the host and on the device. Variables beyond the default Limits are not
  // there (address 0), and no call begins: CheckVariables.
  uint64_t host_variable_bytes = 0, device_variable_bytes = 0;

  // --- the call under way
  RunOptions options;
  RunReport report;
  int64_t fuel = 0;
  uint32_t num_launches = 0;
  uint32_t num_calls = 0;       // of this Instance
  uint32_t unsynced_epoch = 1;  // launches of epochs from here on may still run, for the host
  uint32_t last_error = 0;      // cudaError_t that cudaGetLastError gives
  uint32_t num_temporaries = 0;
  uint64_t heap_bytes = 0;  // that malloc in kernels has given
  // What cudaDeviceSetLimit has set, by cudaLimit: bytes of a thread's stack, of what is printed,
  // of the heap; depths and launches of kernels by kernels; bytes that the L2 cache fetches and
  // keeps.
  static constexpr size_t kLimitMallocHeapSize = 2;
  std::array<uint64_t, 7> device_limits = {kDeviceStackBytes, 1u << 20, 8u << 20, 2, 2048, 64, 0};
  Site lone_shuffle;  // see NoteLoneShuffle; of no launch: none
  uint32_t lone_shuffle_lane = 0;
  // The first load of uninitialised memory, said once an undefined value is used; no text: none.
  Site undefined_read;
  std::string undefined_read_text;
  std::unordered_map<uint32_t, uint32_t> opted_in_shared;  // kernel -> dynamic bytes allowed
  std::vector<int64_t> events;  // by handle - 1: when recorded; -1 not yet
  Graphs graphs;
  HostStreams streams;
  // Exceptions by the address of their object.
  struct Exception {
    Site site;  // where it was thrown
    std::string type, what;
    bool has_what = false;
  };
  std::unordered_map<uint64_t, Exception> exceptions;
  uint64_t pending_exception = 0;  // on its way to a handler; 0: none
  DoubtTable doubts;               // with a domain
  BlockReach block_reach{module};

  // Reports variables of the module that take more memory than the limits of the call allow.
  void CheckVariables();

  // The program of `function`; null (and a finding at `site`) if it cannot be run.
  const Program* ProgramOf(ir::FunctionId function, const Site& site);

  // By position of the program of `function`, which ProgramOf has given: whether a run was there.
  std::vector<uint8_t>& ReachedOf(ir::FunctionId function) {
    return programs_[function.index]->reached;
  }
  // Blocks of the module in the kernels that ran, and which of them some run reached.
  void ListBlocks(std::vector<uint32_t>& reached, std::vector<uint32_t>& unreached) const;

  // What the program prints goes to who asked for it and, as far as there is room, to the report.
  void Print(std::string_view text);
  // Bytes that the launch at hand may print.
  uint64_t RoomToPrint() const;

  // Records a finding; a fatal one stops the call. Repeats at one place are counted.
  void Report(FindingKind kind, const Site& site, std::string message, diag::Loc other = {},
              bool note = false);
  // Counts a finding like one reported before; false if there is none. Spares the message.
  bool CountRepeat(FindingKind kind, const Site& site, bool note);
  // A shuffle at `site` read from `lane`, which took no part. Its value is undefined: that is said
  // (of the first such shuffle of the call) only once an undefined value is used.
  void NoteLoneShuffle(const Site& site, uint32_t lane);
  uint64_t StackBytes() const { return device_limits[kLimitStackBytes]; }
  bool stopped() const { return report.status != RunStatus::kOk; }

  // A variable's name and the offset in it, for messages: `"x", byte 12 of 4096`.
  std::string Describe(const AllocView& view, int64_t offset) const;

 private:
  struct Entry {
    Program program;
    std::string error;
    std::vector<uint8_t> reached;
  };
  std::unordered_map<uint32_t, std::unique_ptr<Entry>> programs_;
  std::vector<bool> on_host_;  // by global: read and written by host code directly
};

// The name of a finding kind as findings.def has it, and whether it is fatal.
struct FindingInfo {
  const char* name;
  bool fatal;
  const char* message;
  const char* hint;
};
FindingInfo InfoOf(FindingKind kind);

// Where lane `lane` of the running warp is when executing Module::insts[inst].
Site SiteOf(const Vm* vm, uint32_t inst, uint32_t lane);
// Reports at instruction `i`, for the first of `lanes`.
void ReportAt(Vm* vm, const VmInst* i, uint32_t lanes, FindingKind kind, std::string message,
              diag::Loc other = {}, bool note = false);

}  // namespace ws::exec

#endif  // WARPSMITH_EXEC_MACHINE_H_
