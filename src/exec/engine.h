// The engine: runs host launchers and kernels of a module on this CPU, with every check or none.
//
// An Instance is a module with its state: device allocations, module globals, host statics. It
// executes host functions, which allocate, copy and launch; each kernel launch runs its blocks in
// waves, warp by warp, 32 lanes per instruction. Values are IEEE bits; a shadow domain may ride
// along. Nothing an executed program does can harm the process: memory is tagged and bounded,
// every instruction costs fuel, and findings, not crashes, come out.
//
// Deterministic: the same module, inputs, options and seed give the same results and findings on
// every machine and at every SIMD level. One Instance is used by one thread at a time; different
// instances of one module may run on different threads.
#ifndef WARPSMITH_EXEC_ENGINE_H_
#define WARPSMITH_EXEC_ENGINE_H_

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "diag/source.h"
#include "exec/device_facts.h"
#include "ir/module.h"
#include "ir/ops.h"

namespace ws::exec {

class Memory;  // exec/memory.h

// A tagged device address: tag | slot and generation | offset (exec/memory.h).
using DevicePtr = uint64_t;

using Dim3 = std::array<uint32_t, 3>;  // x, y, z

// What rides along with IEEE bits (DESIGN §1.2).
enum class Domain : uint8_t {
  kNone,
  kDouble,  // the value in double
  kError,   // value, magnitude A, roundings n (DESIGN §6)
};

// A shadow value. An untouched input's shadow is its exact value, A = |value|, n = 0.
struct Shadow {
  double value = 0;
  double magnitude = 0;    // A: the absolute-value evaluation
  double variance = 0;     // S^2: of the error, in squares of unit roundoff
  double roundings = 0;    // n
  bool lost = false;       // went through an operation the domain cannot follow (bit tricks)
  bool ambiguous = false;  // a comparison within tolerance decided about it
};

struct Limits {
  uint64_t fuel = uint64_t{1} << 33;          // warp instructions over all launches of a call
  uint64_t device_bytes = uint64_t{4} << 30;  // live device allocations
  uint64_t host_bytes = uint64_t{64} << 20;
  uint32_t launches = 4096;  // per call
  uint32_t max_threads_per_block = 1024;
  uint32_t max_shared_bytes = 48 * 1024;  // static + dynamic without opting in
  uint32_t max_shared_bytes_opt_in = 227 * 1024;
  DeviceFacts device;  // what a program is told of its device
};

// Kinds of findings; text and hint are rows of exec/findings.def.
enum class FindingKind : uint8_t {
#define FINDING(name, fatal, message, hint) k##name,
#include "exec/findings.def"
#undef FINDING
  kCount
};

struct Finding {
  FindingKind kind;
  std::string message;  // one line, complete
  diag::Loc loc;        // in Module::sources
  diag::Loc other_loc;  // the second access of a race
  std::string kernel;   // empty: host code
  uint32_t launch = 0;  // which launch of the call, from 0
  Dim3 block{}, thread{};
  Dim3 grid{}, block_size{};  // of the launch, in blocks and threads
  uint64_t count = 1;         // how often the same kind occurred at this place
  bool is_note = false;       // worth saying, not a reason to reject
};

enum class RunStatus : uint8_t {
  kOk,        // ran to the end; findings may still reject it
  kStopped,   // a fatal finding (bad access, trap, abort, deadlock, bad launch) ended it
  kNoFuel,    // the instruction budget ran out
  kNoMemory,  // a memory budget ran out
};

// One kernel launch as it was made.
struct Launch {
  ir::FunctionId kernel;
  Dim3 grid{1, 1, 1}, block{1, 1, 1};
  uint32_t dynamic_shared_bytes = 0;
  bool cooperative = false;        // all blocks at once, however many a tracer chooses
  std::vector<uint8_t> params;     // the kernel's parameter block
  uint64_t warp_instructions = 0;  // executed
};

// One warp-wide memory access, given to a Tracer.
struct Access {
  uint32_t inst;              // index into Module::insts
  ir::Space space;            // resolved: kGlobal, kShared, kLocal, kConst
  ir::Effect effect;          // Load, Store, Atomic
  uint32_t active;            // lane mask
  uint32_t bytes_per_lane;    // vector accesses: all elements
  const uint64_t* addresses;  // [32]; global: a flat address in which allocations are 256-byte
                              // aligned and do not overlap; shared and local: offset in the space
  uint64_t allocation;        // global: flat address and size of the allocation that the first
  uint64_t allocation_bytes;  // active lane accesses
  uint32_t block;             // linear block index in the grid
  uint32_t warp;              // in the block
};

// One runtime call of the host that allocates, frees or moves device memory.
struct HostWork {
  ir::RtFn fn = ir::RtFn::kCount;
  uint64_t bytes = 0;        // allocated or moved; 0 for frees
  bool from_device = false;  // copies: the source lies in device memory
  bool to_device = false;    // copies and sets: the destination does
};

// Receives what happens during launches; used for counters and time. All callbacks may be null.
struct Tracer {
  void* self = nullptr;
  // After a runtime call that succeeded, in the order of the launches.
  void (*host_work)(void* self, const HostWork& work) = nullptr;
  // Before a launch: which linear blocks to run (sorted); leave empty to run all.
  void (*choose_blocks)(void* self, const Launch& launch, std::vector<uint32_t>& blocks) = nullptr;
  void (*access)(void* self, const Access& access) = nullptr;
  // After each block of a launch, with the counts since the launch began: executed[i]: warps that
  // executed instruction i of the module (with at least one lane); lanes[i]: lanes active, summed.
  void (*block_end)(void* self, uint32_t block, std::span<const uint64_t> executed,
                    std::span<const uint64_t> lanes) = nullptr;
  // After a launch, with its final counts over the blocks that were run.
  void (*launch_end)(void* self, const Launch& launch, std::span<const uint64_t> executed,
                     std::span<const uint64_t> lanes, uint32_t blocks_run) = nullptr;
};

struct RunOptions {
  bool checks = true;  // every check of DESIGN §4; off: bounds and fuel only
  Domain domain = Domain::kNone;
  // With a domain: inputs hold infinities or NaN. What an indeterminate form of infinities (inf -
  // inf, 0 * inf) or an order with NaN decides is ambiguous then.
  bool special_inputs = false;
  uint64_t schedule_seed = 0;  // 0: blocks and warps in order; else a seeded random order
  Tracer* tracer = nullptr;
  Limits limits;
  // The folder below which a program's files are; empty: it has none.
  std::string files;
  // Gets all that is printed as soon as it is, also what is too much for RunReport::printed.
  std::function<void(std::string_view)> print;
};

inline constexpr uint64_t kMostPrinted = 65536;              // that a report keeps
inline constexpr uint64_t kMostPrintedByLaunch = 64u << 20;  // that RunOptions::print gets

struct RunReport {
  RunStatus status = RunStatus::kOk;
  std::vector<Finding> findings;  // in a deterministic order, at most 64
  std::vector<Launch> launches;
  uint64_t warp_instructions = 0;
  uint64_t block_barriers = 0;
  // What the program printed, the first 64 KiB: host code as executed, a kernel's text where its
  // launch ends, by block and then as executed.
  std::string printed;
  bool printed_more = false;  // than `printed` holds; with RunOptions::print, than a launch may
  bool has_order_dependent_atomics = false;  // float atomics, or atomics whose result was used
  // With a domain: a comparison within tolerance may have kept a store from being made, so that
  // more may be ambiguous than is marked.
  bool undecided = false;
  // With checks: blocks of the module (ascending) in kernels that this instance launched, by
  // whether any of its runs reached them.
  std::vector<uint32_t> reached_blocks, unreached_blocks;
  // The program wanted a file where it has none.
  bool missed_files = false;
  bool clean() const;  // kOk and nothing but notes
};

// A value passed to a host function: bits in the parameter's IR type.
struct ArgValue {
  ir::Type type = ir::Type::kNone;
  uint64_t bits = 0;
};

class Instance {
 public:
  // The module must outlive the instance. `module` should have gone through pass::ForExecution.
  // `memory`: device memory that instances share, as the modules of one CUDA context do, of which
  // one runs at a time; null: memory of its own.
  explicit Instance(const ir::Module& module, std::shared_ptr<Memory> memory = nullptr);
  ~Instance();
  Instance(Instance&&) noexcept;
  Instance& operator=(Instance&&) noexcept;

  // Device memory made by the caller (arguments of a task). New bytes are uninitialised, and filled
  // with `poison` bytes so that a program reading them without checks sees no zeros.
  DevicePtr Allocate(uint64_t bytes, std::string_view name, uint8_t poison = 0xa5);
  // The same in the host's memory, for what a host function is given as its own: argv of main().
  DevicePtr AllocateHost(uint64_t bytes, std::string_view name);
  void Free(DevicePtr ptr);
  void Write(DevicePtr ptr, std::span<const uint8_t> bytes);  // marks them initialised
  std::span<const uint8_t> Read(DevicePtr ptr) const;         // the whole allocation
  // Forgets which bytes were written or initialised (a fresh output buffer).
  void Poison(DevicePtr ptr, uint8_t poison = 0xa5);
  // Bytes of the allocation that no launch and no copy has written since Allocate or Poison;
  // first such offset in `first`. Needs checks.
  uint64_t UnwrittenBytes(DevicePtr ptr, uint64_t* first) const;

  // Of a variable of the module outside of shared memory; 0: there was no room for it.
  DevicePtr AddressOf(ir::GlobalId variable) const;

  // Where an allocation begins in the addresses that a Tracer sees.
  uint64_t FlatAddress(DevicePtr ptr) const;

  // Calls a host function. `entry` must be a host function whose parameter types match `args`.
  RunReport Call(ir::FunctionId entry, std::span<const ArgValue> args, const RunOptions& options);
  // What the host function of the last Call returned (bits of its result type), or gave to exit().
  // None: it returns nothing, or an undefined value, or did not come to an end. Needs checks.
  std::optional<uint64_t> returned() const;
  // Launches a kernel directly.
  RunReport LaunchKernel(const Launch& launch, const RunOptions& options);

  // After a run with a domain: the shadow of element `index` (of `type`) of an allocation.
  Shadow ReadShadow(DevicePtr ptr, uint64_t index, ir::Type type) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// The widest SIMD level the engine uses on this machine: "avx512", "avx2", "baseline"; the
// environment variable WARPSMITH_SIMD may lower it.
std::string_view SimdLevel();

}  // namespace ws::exec

#endif  // WARPSMITH_EXEC_ENGINE_H_
