#include "exec/launch.h"

#include <algorithm>
#include <unordered_map>

#include "base/format.h"
#include "base/hash.h"
#include "exec/block.h"
#include "exec/host_fault.h"

namespace ws::exec {
namespace {

constexpr uint64_t kMaxLocalBytes = uint64_t{16} << 20;  // of a block; cleared before each block
// Blocks held at once when they wait for each other: as many as the device holds by threads, blocks
// and shared memory, and no more than memory for them allows here.
constexpr uint64_t kResidentBytes = uint64_t{512} << 20;
constexpr uint64_t kAlwaysResident = 128;
constexpr uint32_t kInvalidConfiguration = 9;  // cudaErrorInvalidConfiguration
constexpr uint32_t kTooLarge = 720;            // cudaErrorCooperativeLaunchTooLarge
constexpr uint64_t kWorkspaceBytes = 8;        // its size and the count of blocks that arrived
constexpr size_t kMixedBlocks = 4;             // blocks whose turns a random schedule mixes

// What is wrong with the configuration; empty if nothing is.
std::string Invalid(const Machine& machine, const Launch& launch, const Program& program) {
  const ir::Function& f = machine.module.functions[launch.kernel.index];
  const Limits& limits = machine.options.limits;
  const Dim3 &g = launch.grid, &b = launch.block;
  if (g[0] == 0 || g[1] == 0 || g[2] == 0 || g[0] > 0x7fffffffu || g[1] > 65535 || g[2] > 65535 ||
      uint64_t{g[0]} * g[1] * g[2] > 0xffffffffull) {
    return Format("the grid of {} is {} x {} x {}", f.name, g[0], g[1], g[2]);
  }
  const uint64_t threads = uint64_t{b[0]} * b[1] * b[2];
  if (b[0] > 1024 || b[1] > 1024 || b[2] > 64 || threads == 0 ||
      threads > limits.max_threads_per_block) {
    return Format("the block of {} is {} x {} x {} threads; at most {} are possible", f.name, b[0],
                  b[1], b[2], limits.max_threads_per_block);
  }
  if (f.max_threads != 0 && threads > f.max_threads) {
    return Format("the block of {} has {} threads, more than the {} of its __launch_bounds__",
                  f.name, threads, f.max_threads);
  }
  if (const uint16_t* exact = f.exact_threads;
      exact[0] != 0 && (b[0] != exact[0] || b[1] != exact[1] || b[2] != exact[2])) {
    return Format("the block of {} is {} x {} x {} threads, not the {} x {} x {} of its .reqntid",
                  f.name, b[0], b[1], b[2], exact[0], exact[1], exact[2]);
  }
  const uint64_t stacks =
      program.LocalBytes(machine.StackBytes()) - program.frame_bytes;  // of one thread
  const uint64_t local = threads * (program.declared_frame_bytes + stacks);
  if (local > kMaxLocalBytes) {
    return Format(
        "the {} threads of a block of {} need {} bytes of local memory; {} are possible here",
        threads, f.name, local, kMaxLocalBytes);
  }
  const uint64_t shared = uint64_t{program.static_shared_bytes} + launch.dynamic_shared_bytes;
  const auto opted = machine.opted_in_shared.find(launch.kernel.index);
  const uint64_t allowed =
      opted == machine.opted_in_shared.end()
          ? limits.max_shared_bytes
          : std::max<uint64_t>(limits.max_shared_bytes,
                               uint64_t{program.static_shared_bytes} + opted->second);
  if (shared > std::min<uint64_t>(allowed, limits.max_shared_bytes_opt_in)) {
    return Format("{} asks for {} bytes of shared memory; {} are allowed", f.name, shared,
                  std::min<uint64_t>(allowed, limits.max_shared_bytes_opt_in));
  }
  return {};
}

uint64_t BlocksOf(const Launch& launch) {
  return uint64_t{launch.grid[0]} * launch.grid[1] * launch.grid[2];
}

Mode ModeOf(const RunOptions& options) {
  if (options.domain != Domain::kNone) return options.checks ? Mode::kFull : Mode::kShadowed;
  if (options.tracer != nullptr) return options.checks ? Mode::kFull : Mode::kTraced;
  return options.checks ? Mode::kChecked : Mode::kPlain;
}

// The blocks of a launch, in their order or shuffled as far as they are taken: a grid may have far
// more of them than can ever run.
class BlockQueue {
 public:
  BlockQueue(const Machine& machine, const Launch& launch, const Rng& rng)
      : count_(BlocksOf(launch)), shuffled_(machine.options.schedule_seed != 0), rng_(rng) {
    const Tracer* tracer = machine.options.tracer;
    if (tracer == nullptr || tracer->choose_blocks == nullptr) return;
    tracer->choose_blocks(tracer->self, launch, chosen_);
    if (launch.cooperative) chosen_.clear();
    if (chosen_.empty()) return;
    std::erase_if(chosen_, [this](uint32_t b) { return b >= count_; });
    count_ = chosen_.size();
  }
  uint64_t count() const { return count_; }
  bool empty() const { return next_ >= count_; }
  uint32_t Take() {
    uint64_t k = next_++;
    if (shuffled_) {
      const uint64_t other = k + rng_.Below(count_ - k);
      const uint64_t mine = At(k);
      k = At(other);
      moved_[other] = mine;
    }
    return chosen_.empty() ? static_cast<uint32_t>(k) : chosen_[k];
  }

 private:
  uint64_t At(uint64_t k) const {
    const auto moved = moved_.find(k);
    return moved == moved_.end() ? k : moved->second;
  }

  std::vector<uint32_t> chosen_;  // by the tracer; empty: all
  uint64_t count_ = 0, next_ = 0;
  bool shuffled_;
  Rng rng_;
  std::unordered_map<uint64_t, uint64_t>
      moved_;  // places whose block is not the one of that number
};

struct Counts {
  std::vector<uint64_t> executed, lanes;
};

// How many blocks of the launch the device holds at once.
uint64_t HeldByDevice(const Machine& machine, const Launch& launch, const Program& program) {
  const DeviceFacts& device = machine.options.limits.device;
  const uint64_t threads = uint64_t{launch.block[0]} * launch.block[1] * launch.block[2];
  const KernelNeeds needs = {.shared_bytes = program.static_shared_bytes};
  const int64_t each =
      FactOfKernel(device, needs, KernelFact::kActiveBlocks, threads, launch.dynamic_shared_bytes);
  return static_cast<uint64_t>(std::max<int64_t>(each, 1)) * device.multiprocessors;
}

size_t MaxResident(const Machine& machine, const LaunchState& state) {
  const Dim3& size = state.launch->block;
  const uint64_t threads = uint64_t{size[0]} * size[1] * size[2], warps = (threads + 31) / 32;
  const Program& p = *state.program;
  const uint64_t shared = p.shared_bytes + state.launch->dynamic_shared_bytes;
  // With checks, shared memory has a state and six words per word, local memory a state.
  const uint64_t bytes = warps * (p.total_bytes + sizeof(WarpSync)) +
                         threads * 2 * p.LocalBytes(machine.StackBytes()) +
                         shared * (2 + kNumRaceFields);
  const uint64_t room = kResidentBytes * (state.launch->cooperative ? 8 : 1);
  const uint64_t fit = std::max(room / bytes, kAlwaysResident);
  return std::min(fit, HeldByDevice(machine, *state.launch, p));
}

// Runs all blocks; false if the call stopped.
bool RunBlocks(Machine& machine, LaunchState& state, Vm& vm, BlockQueue& queue, Rng& rng,
               const Counts& counts) {
  const bool random = machine.options.schedule_seed != 0;
  const Tracer* tracer = machine.options.tracer;
  std::vector<std::unique_ptr<ResidentBlock>> running, idle;
  size_t turn = 0;
  const size_t max_resident = MaxResident(machine, state);
  bool need_more = true;
  uint64_t stuck_state = 0;  // what the blocks looked like when none could go on
  while (true) {
    if (need_more && !queue.empty() && running.size() < max_resident) {
      if (idle.empty()) idle.push_back(std::make_unique<ResidentBlock>(machine, state));
      idle.back()->Start(queue.Take());
      running.push_back(std::move(idle.back()));
      idle.pop_back();
      turn = running.size() - 1;
      need_more = false;
    }
    if (running.empty()) return true;
    if (turn >= running.size()) turn = 0;
    switch (running[turn]->Run(vm, rng, random)) {
      case BlockStatus::kDone:
        if (tracer != nullptr && tracer->block_end != nullptr) {
          const size_t n = machine.module.insts.size();
          tracer->block_end(tracer->self, running[turn]->linear(), {counts.executed.data(), n},
                            {counts.lanes.data(), n});
        }
        idle.push_back(std::move(running[turn]));
        running.erase(running.begin() + static_cast<ptrdiff_t>(turn));
        need_more = running.empty();
        ++state.progress;
        break;
      case BlockStatus::kPreempted:
        need_more = running.size() < kMixedBlocks;
        turn = rng.Below(running.size());
        break;
      case BlockStatus::kSpinning: {
        // It waits for something: perhaps for a block that has not begun.
        need_more = true;
        ++turn;
        if (!queue.empty() && running.size() < max_resident) break;
        if (!std::ranges::all_of(running, [](const auto& b) { return b->IsStuck(); })) break;
        // Nothing goes on. If it is the same as the last time, it stays so.
        ++state.progress;
        uint64_t state_now = 1;
        for (const auto& block : running) state_now = HashCombine(state_now, block->StateHash());
        if (state_now == stuck_state) {
          running[0]->ReportDeadlock(vm, running.size());
          return false;
        }
        stuck_state = state_now;
        break;
      }
      case BlockStatus::kStopped:
        return false;
    }
  }
}

// Adds what the blocks printed to the report, in the order of the blocks.
void TakePrinted(LaunchState& state, Machine& machine) {
  std::ranges::stable_sort(state.printed, {}, &LaunchState::Printed::block);
  for (const LaunchState::Printed& one : state.printed) {
    machine.Print(one.text);
  }
}

}  // namespace

void RunLaunch(Machine& machine, Launch launch, const Site& site) {
  RunReport& report = machine.report;
  const uint32_t index = machine.num_launches++;
  if (index >= machine.options.limits.launches) {
    machine.Report(FindingKind::kBadLaunch, site,
                   Format("more than {} launches", machine.options.limits.launches));
    return;
  }
  if (launch.kernel.index >= machine.module.functions.size() ||
      machine.module.functions[launch.kernel.index].kind != ir::FunctionKind::kKernel) {
    machine.Report(FindingKind::kBadLaunch, site, "what is launched is not a kernel");
    return;
  }
  const Program* program = machine.ProgramOf(launch.kernel, site);
  if (program == nullptr) return;
  if (std::string error = Invalid(machine, launch, *program); !error.empty()) {
    machine.Report(FindingKind::kBadLaunch, site, std::move(error));
    machine.last_error = kInvalidConfiguration;
    return;
  }
  if (launch.cooperative) {
    const uint64_t blocks = BlocksOf(launch);
    const uint64_t held = HeldByDevice(machine, launch, *program);
    if (blocks > held) {
      machine.Report(FindingKind::kBadLaunch, site,
                     Format("the cooperative launch of {} has {} blocks; the device holds {} of "
                            "them at once",
                            machine.module.functions[launch.kernel.index].name, blocks, held));
      machine.last_error = kTooLarge;
      return;
    }
  }
  launch.params.resize(machine.module.functions[launch.kernel.index].param_bytes);
  LaunchState state;
  state.launch = &launch;
  state.program = program;
  state.loc = site.loc;
  state.index = index;
  state.first_epoch = machine.memory.next_epoch;
  if (launch.cooperative && BlocksOf(launch) > MaxResident(machine, state)) {
    machine.Report(FindingKind::kBadLaunch, site,
                   Format("the {} blocks of the cooperative launch of {} together need more memory "
                          "than is given to them here",
                          BlocksOf(launch), machine.module.functions[launch.kernel.index].name));
    return;
  }

  Counts counts;
  Vm vm;
  vm.code = program->code.data();
  vm.program = program;
  vm.launch = &state;
  vm.machine = &machine;
  vm.checks = machine.options.checks;
  vm.fuel = machine.fuel;
  vm.reached = machine.ReachedOf(launch.kernel).data();
  vm.reached[program->entry] = 1;
  vm.run = BestCore().run[static_cast<int>(ModeOf(machine.options))];
  if (machine.options.tracer != nullptr) {
    counts.executed.assign(machine.module.insts.size() + 1, 0);
    counts.lanes.assign(machine.module.insts.size() + 1, 0);
    vm.executed = counts.executed.data();
    vm.executed_lanes = counts.lanes.data();
    vm.count_index = program->count_index.data();
  }
  if (launch.cooperative) {
    state.workspace = machine.memory.Allocate(Tag::kGlobal, kWorkspaceBytes,
                                              "the barrier of the grid", 0, kByteInit);
  }
  uint64_t param_memory = 0;
  if (program->uses_param_memory) {
    param_memory =
        machine.memory.Allocate(Tag::kConst, launch.params.size(), "the parameters", 0, kByteInit);
    AllocView* view = machine.memory.Find(param_memory);
    if (view != nullptr) {
      std::copy(launch.params.begin(), launch.params.end(), view->data);
      view->read_only = true;
    }
    state.param_memory = param_memory;
  }
  vm.allocations = machine.memory.views();
  vm.slot_mask = machine.memory.slot_mask();

  Rng rng(HashCombine(machine.options.schedule_seed, index));
  BlockQueue queue(machine, launch, rng.Fork(0));
  const int64_t fuel_before = machine.fuel;
  if (machine.options.schedule_seed != 0) vm.rng = &rng;
  std::optional<HostFaultScope> faults;
  if (machine.memory.host_addresses()) faults.emplace();
  const bool finished = RunBlocks(machine, state, vm, queue, rng, counts);
  if (!finished && !machine.stopped()) {
    machine.Report(FindingKind::kDeadlock, site, "the launch cannot go on");
  }
  TakePrinted(state, machine);
  machine.fuel = vm.fuel + vm.slice;
  if (param_memory != 0) machine.memory.Free(param_memory);
  if (state.workspace != 0) machine.memory.Free(state.workspace);
  launch.warp_instructions = static_cast<uint64_t>(fuel_before - machine.fuel - vm.surcharged);
  machine.fuel -= vm.surcharge;
  report.warp_instructions += launch.warp_instructions;
  report.block_barriers += state.barriers;
  const Tracer* tracer = machine.options.tracer;
  if (tracer != nullptr && tracer->launch_end != nullptr) {
    const size_t n = machine.module.insts.size();
    tracer->launch_end(tracer->self, launch, {counts.executed.data(), n}, {counts.lanes.data(), n},
                       static_cast<uint32_t>(queue.count()));
  }
  report.launches.push_back(std::move(launch));
}

}  // namespace ws::exec
