#include "target/cuda/model.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "target/cuda/issue.h"
#include "target/cuda/warp_latency.h"

namespace ws::target::cuda {
namespace {

constexpr size_t kResources = static_cast<size_t>(Resource::kCount);

struct ResourceName {
  const char* name;
  const char* state;
};
// In the order of Resource.
constexpr ResourceName kNames[kResources] = {
    {"instruction issue", "issue"},
    {"single precision arithmetic", "fp32"},
    {"half precision arithmetic", "half"},
    {"double precision arithmetic", "fp64"},
    {"integer arithmetic", "integer"},
    {"special functions and conversions", "special"},
    {"shuffles and votes", "cross"},
    {"shared memory", "shared"},
    {"L1 throughput", "l1"},
    {"L2 bandwidth", "l2"},
    {"device memory bandwidth", "dram"},
    {"latency", "latency"},
    {"launch overhead", "launch"},
};

constexpr size_t Index(Resource r) { return static_cast<size_t>(r); }

bool IsArithmetic(Resource r) { return r <= Resource::kCross; }
bool IsMemory(Resource r) { return r >= Resource::kShared && r <= Resource::kDram; }

// Sums of what instructions ask for over the grid, and of each source line's part in it.
struct Demand {
  double cycles[kResources] = {};  // pipe cycles summed over all warps
  std::vector<std::array<double, kResources>> by_inst;
};

void AddToCounters(const ir::Inst& inst, const InstStats& s, const IssueCost& cost, Counters& c) {
  c.inst_executed += cost.issue * s.executed;
  c.thread_inst_executed += cost.issue * s.lanes;
  const ir::Effect effect = ir::InfoOf(inst.op).effect;
  if (effect == ir::Effect::Barrier) c.barriers += s.executed;
  if (ir::InfoOf(inst.op).pipe == ir::Pipe::Branch) c.inst_branch += s.executed;
  const double own = std::max(0.0, cost.issue - cost.xu) * s.executed;
  c.inst_xu += cost.xu * s.executed;
  switch (cost.pipe) {
    case Resource::kFp32:
      c.inst_fma += own;
      break;
    case Resource::kHalf:
      c.inst_half += own;
      break;
    case Resource::kFp64:
      c.inst_fp64 += own;
      break;
    case Resource::kL1:
    case Resource::kCross:
      c.inst_lsu += own;
      break;
    default:
      (inst.op == ir::Op::kMul || inst.op == ir::Op::kMad ? c.inst_imad : c.inst_alu) += own;
      break;
  }
  if (s.requests <= 0) return;
  if (s.sectors > 0 && inst.space != ir::Space::kLocal) {
    if (effect == ir::Effect::Load) {
      c.global_load_requests += s.requests;
      c.global_load_sectors += s.sectors;
      c.global_load_hits += s.sectors - s.l1_misses;
    } else if (effect == ir::Effect::Atomic) {
      c.global_atomics += s.requests;
    } else {
      c.global_store_requests += s.requests;
      c.global_store_sectors += s.sectors;
    }
  } else if (inst.space == ir::Space::kLocal) {
    c.local_requests += s.requests;
  } else {
    c.shared_requests += s.requests;
    c.shared_wavefronts += s.wavefronts;
    c.shared_conflicts += s.wavefronts - s.ideal_wavefronts;
  }
}

// Which instructions belong to functions of the math library.
std::vector<bool> LibraryInstructions(const ir::Module& module) {
  std::vector<bool> out(module.insts.size(), false);
  for (const ir::Function& function : module.functions) {
    if (function.math == ir::MathFn::kNone) continue;
    for (const ir::Block& block : module.Blocks(function)) {
      for (uint32_t i = 0; i < block.num_insts; ++i) out[block.first_inst + i] = true;
    }
  }
  return out;
}

Demand SumDemand(const Arch& arch, const ir::Module& module, const LaunchStats& stats,
                 Counters& counters) {
  Demand demand;
  demand.by_inst.resize(stats.insts.size());
  const std::vector<bool> in_library = LibraryInstructions(module);
  for (size_t i = 0; i < stats.insts.size(); ++i) {
    const InstStats& s = stats.insts[i];
    // A math function is priced where it is called (math_cost.def).
    if (s.executed <= 0 || in_library[i]) continue;
    const ir::Inst& inst = module.insts[static_cast<uint32_t>(i)];
    const IssueCost cost = CostOf(arch, module, inst);
    std::array<double, kResources>& own = demand.by_inst[i];
    own[Index(Resource::kIssue)] = cost.issue * s.executed / Arch::kIssuePerClock;
    own[Index(Resource::kSpecial)] = cost.xu * s.executed * 32 / arch.xu_lanes;
    const double others = std::max(0.0, cost.issue - cost.xu) * s.executed * 32 / cost.lanes;
    if (cost.pipe == Resource::kL1) {
      // Memory instructions take their passes through the data stage, never less than one.
      const bool shared = s.requests > 0 && s.sectors <= 0;
      const double passes = std::max(s.wavefronts, s.executed);
      own[Index(shared ? Resource::kShared : Resource::kL1)] = cost.issue > 0 ? passes : 0;
      // Local memory is small and stays in L1.
      if (!shared && inst.space != ir::Space::kLocal) {
        const bool load = ir::InfoOf(inst.op).effect == ir::Effect::Load;
        own[Index(Resource::kL2)] = load ? s.l1_misses : s.sectors;
        own[Index(Resource::kDram)] = own[Index(Resource::kL2)];
      }
    } else {
      own[Index(cost.pipe)] += others;
    }
    for (size_t r = 0; r < kResources; ++r) demand.cycles[r] += own[r];
    AddToCounters(inst, s, cost, counters);
  }
  return demand;
}

std::vector<LineShare> ShareByLine(const ir::Module& module, const Demand& demand,
                                   const WarpLatency& latency, const LaunchTime& time) {
  struct Line {
    std::array<double, kResources> use{};
    diag::Loc loc;
    double most = 0;
  };
  std::map<uint32_t, Line> lines;
  std::array<double, kResources> totals{};
  for (size_t i = 0; i < demand.by_inst.size(); ++i) {
    std::array<double, kResources> own = demand.by_inst[i];
    own[Index(Resource::kLatency)] = latency.stall_cycles[i];
    const double sum = std::accumulate(own.begin(), own.end(), 0.0);
    if (sum <= 0) continue;
    const diag::Loc loc = module.insts[static_cast<uint32_t>(i)].loc;
    Line& line = lines[diag::FindLine(module.sources, loc).line];
    const double weight = own[Index(time.limiter)];
    if (weight >= line.most) {
      line.most = weight;
      line.loc = loc;
    }
    for (size_t r = 0; r < kResources; ++r) {
      line.use[r] += own[r];
      totals[r] += own[r];
    }
  }
  std::vector<LineShare> out;
  for (const auto& [number, line] : lines) {
    LineShare share{.loc = line.loc, .line = number};
    for (size_t r = 0; r < kResources; ++r) {
      share.share[r] = totals[r] > 0 ? line.use[r] / totals[r] : 0;
    }
    out.push_back(share);
  }
  const size_t limiter = Index(time.limiter);
  std::stable_sort(out.begin(), out.end(), [&](const LineShare& a, const LineShare& b) {
    return a.share[limiter] > b.share[limiter];
  });
  constexpr size_t kMostLines = 16;
  if (out.size() > kMostLines) out.resize(kMostLines);
  return out;
}

}  // namespace

const char* Name(Resource resource) { return kNames[Index(resource)].name; }
const char* StateName(Resource resource) { return kNames[Index(resource)].state; }

LaunchTime PriceLaunch(const Arch& arch, const ir::Module& module, const LaunchStats& stats,
                       L2State& l2, Counters& counters) {
  LaunchTime out;
  const double blocks = static_cast<double>(stats.blocks);
  const auto threads =
      static_cast<uint32_t>(stats.launch.block[0] * stats.launch.block[1] * stats.launch.block[2]);
  out.occupancy = ComputeOccupancy(arch, threads, stats.registers, stats.shared_bytes);
  const Demand demand = SumDemand(arch, module, stats, counters);
  const MemoryTraffic traffic = EstimateTraffic(arch, stats, l2);

  counters.l2_read_sectors = traffic.l2_read_sectors;
  counters.l2_write_sectors = demand.cycles[Index(Resource::kL2)] - traffic.l2_read_sectors;
  counters.l2_write_sectors = std::max(0.0, counters.l2_write_sectors);
  counters.dram_read_bytes = traffic.dram_read_bytes;
  counters.dram_write_bytes = traffic.dram_write_bytes;
  counters.registers_per_thread = stats.registers;
  counters.shared_bytes_per_block = stats.shared_bytes;
  counters.occupancy_percent = 100 * out.occupancy.fraction(arch);
  const double resident = std::max(1u, out.occupancy.blocks);
  out.waves = blocks / (resident * arch.sms);
  counters.waves = out.waves;

  // The busiest multiprocessor runs this many blocks, `at_once` of them together.
  const double busiest = std::ceil(blocks / arch.sms);
  const double at_once = std::min(resident, busiest);
  const double cycle_us = 1e-3 / arch.clock_ghz;
  double* us = out.resource_us;
  for (size_t r = 0; r < kResources; ++r) {
    us[r] = demand.cycles[r] / blocks * busiest * cycle_us;
  }
  // Shared memory and L1 are one data stage: the larger user carries both.
  const double stage = us[Index(Resource::kShared)] + us[Index(Resource::kL1)];
  const bool mostly_shared = us[Index(Resource::kShared)] > us[Index(Resource::kL1)];
  us[Index(mostly_shared ? Resource::kShared : Resource::kL1)] = stage;

  const double l2_bytes = 32 * (counters.l2_read_sectors + counters.l2_write_sectors);
  const double chip_us = l2_bytes / arch.l2_bytes_per_clock * cycle_us;
  const double sm_us = l2_bytes / blocks * busiest / Arch::kSmL2BytesPerClock * cycle_us;
  us[Index(Resource::kL2)] = std::max(chip_us, sm_us);
  us[Index(Resource::kDram)] =
      (traffic.dram_read_bytes + traffic.dram_write_bytes) / (arch.dram_gbps * 1e3);

  const double dram_share =
      traffic.l2_read_sectors > 0
          ? std::min(1.0, traffic.dram_read_bytes / (32 * traffic.l2_read_sectors))
          : 0;
  const WarpLatency latency = ComputeWarpLatency(arch, module, stats, dram_share);
  us[Index(Resource::kLatency)] = std::ceil(busiest / at_once) * latency.cycles * cycle_us;
  us[Index(Resource::kLaunch)] = arch.launch_us;

  double arithmetic = 0, memory = 0, most = 0;
  for (size_t r = 0; r < Index(Resource::kLaunch); ++r) {
    const auto resource = static_cast<Resource>(r);
    if (IsArithmetic(resource)) arithmetic = std::max(arithmetic, us[r]);
    if (IsMemory(resource)) memory = std::max(memory, us[r]);
    if (us[r] > most) {
      most = us[r];
      out.limiter = resource;
    }
  }
  if (arch.launch_us > most) out.limiter = Resource::kLaunch;
  out.time.low_us = most + arch.launch_us;
  out.time.high_us = arithmetic + memory + us[Index(Resource::kLatency)] + arch.launch_us;
  out.lines = ShareByLine(module, demand, latency, out);
  return out;
}

}  // namespace ws::target::cuda
