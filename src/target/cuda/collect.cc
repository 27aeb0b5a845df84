#include "target/cuda/collect.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <set>

#include "target/cuda/occupancy.h"

namespace ws::target::cuda {
namespace {

constexpr uint64_t kSectorBytes = 32;
// Beyond this many sectors a block's accesses are replayed in pieces, to bound memory.
constexpr size_t kMostSectors = size_t{1} << 23;

// Blocks of one class that differ by more than this share of their work make a launch vary.
constexpr double kSameWork = 0.01;

// Positions along one grid dimension of n blocks, each with the size of its class.
struct Position {
  uint32_t at;
  uint32_t category;  // first, interior, last
};
// `with_more`: besides the middle its neighbour and a quarter of the way, to see whether blocks
// differ.
std::vector<Position> Positions(uint32_t n, bool with_more) {
  std::vector<Position> out = {{0, 0}};
  if (n >= 8 && with_more) out.push_back({n / 4, 1});
  if (n >= 3) out.push_back({n / 2, 1});
  if (n >= 4 && with_more) out.push_back({n / 2 + 1 < n - 1 ? n / 2 + 1 : n / 2 - 1, 1});
  if (n >= 2) out.push_back({n - 1, 2});
  return out;
}
double CategorySize(uint32_t n, uint32_t category) {
  return category == 1 ? static_cast<double>(n) - 2 : 1;
}

uint64_t Linear(const exec::Dim3& grid, uint32_t x, uint32_t y, uint32_t z) {
  return x + uint64_t{grid[0]} * (y + uint64_t{grid[1]} * z);
}

// The block at `index` among those of a class.
uint64_t BlockOfClass(const exec::Dim3& grid, uint32_t category, uint64_t index) {
  uint32_t at[3];
  for (int d = 0; d < 3; ++d, category /= 3) {
    const uint32_t digit = category % 3;
    const uint64_t n = digit == 1 ? grid[d] - 2 : 1;
    at[d] = digit == 0 ? 0 : digit == 2 ? grid[d] - 1 : 1 + static_cast<uint32_t>(index % n);
    index /= n;
  }
  return Linear(grid, at[0], at[1], at[2]);
}

// A place in the k-th of n equal parts of [0, size): another one in each part, so that no period of
// the blocks' work is met again and again.
uint64_t SpreadIndex(uint64_t k, uint64_t n, uint64_t size) {
  constexpr double kGolden = 0.6180339887498949;
  const double part = static_cast<double>(size) / static_cast<double>(n);
  const double turn = std::fmod(kGolden * static_cast<double>(k + 1), 1.0);
  return std::min(size - 1, static_cast<uint64_t>((static_cast<double>(k) + turn) * part));
}

void SortUnique(std::vector<uint64_t>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

// Share of a's elements that b has too; both sorted.
double SharedShareOf(const std::vector<uint64_t>& a, const std::vector<uint64_t>& b) {
  if (a.empty()) return 0;
  std::vector<uint64_t> both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  return static_cast<double>(both.size()) / static_cast<double>(a.size());
}

}  // namespace

std::vector<BlockSample> SampleGrid(const exec::Dim3& grid, uint32_t spread) {
  const uint64_t total = uint64_t{grid[0]} * grid[1] * grid[2];
  std::vector<BlockSample> out;
  if (total <= std::max<uint64_t>(kRunAllBelow, spread)) {
    for (uint32_t b = 0; b < total; ++b) out.push_back({.block = b});
    return out;
  }
  struct Class {
    double size;
    std::set<uint64_t> blocks;
  };
  std::map<uint32_t, Class> classes;  // by category: base 3 digits
  const uint32_t mid[3] = {grid[0] / 2, grid[1] / 2, grid[2] / 2};
  for (const Position& z : Positions(grid[2], false)) {
    for (const Position& y : Positions(grid[1], true)) {
      for (const Position& x : Positions(grid[0], true)) {
        // Further interior positions only in line with the very middle block.
        const bool extra_x = x.category == 1 && x.at != mid[0];
        const bool extra_y = y.category == 1 && y.at != mid[1];
        const bool middle_y = grid[1] < 3 || y.at == mid[1];
        const bool middle_x = grid[0] < 3 || x.at == mid[0];
        const bool middle_z = grid[2] < 3 || z.at == mid[2];
        if (extra_x && !(middle_y && middle_z)) continue;
        if (extra_y && !(middle_x && middle_z)) continue;
        Class& c = classes[x.category + 3 * (y.category + 3 * z.category)];
        c.size = CategorySize(grid[0], x.category) * CategorySize(grid[1], y.category) *
                 CategorySize(grid[2], z.category);
        c.blocks.insert(Linear(grid, x.at, y.at, z.at));
      }
    }
  }
  for (auto& [category, c] : classes) {
    const uint64_t size = static_cast<uint64_t>(c.size);
    const double share = c.size / static_cast<double>(total);
    const uint64_t n = std::min(size, static_cast<uint64_t>(std::ceil(spread * share)));
    if (n > c.blocks.size()) {
      for (uint64_t k = 0; k < n; ++k) {
        c.blocks.insert(BlockOfClass(grid, category, SpreadIndex(k, n, size)));
      }
    }
    for (const uint64_t block : c.blocks) {
      out.push_back({.block = static_cast<uint32_t>(block),
                     .category = category,
                     .weight = c.size / static_cast<double>(c.blocks.size())});
    }
  }
  std::sort(out.begin(), out.end(),
            [](const BlockSample& a, const BlockSample& b) { return a.block < b.block; });
  return out;
}

uint32_t CoalesceSectors(const uint64_t* addresses, uint32_t active, uint32_t bytes_per_lane,
                         uint64_t* sectors) {
  uint32_t count = 0;
  for (uint32_t rest = active; rest != 0; rest &= rest - 1) {
    const uint64_t address = addresses[std::countr_zero(rest)];
    const uint64_t last = (address + bytes_per_lane - 1) / kSectorBytes;
    for (uint64_t sector = address / kSectorBytes; sector <= last; ++sector) {
      if (count > 0 && sectors[count - 1] == sector) continue;
      sectors[count++] = sector;
    }
  }
  if (!std::is_sorted(sectors, sectors + count)) std::sort(sectors, sectors + count);
  return static_cast<uint32_t>(std::unique(sectors, sectors + count) - sectors);
}

uint32_t SharedWavefronts(const uint64_t* addresses, uint32_t active, uint32_t bytes_per_lane) {
  constexpr uint32_t kBanks = 32;
  constexpr uint8_t kNone = 255;
  const uint32_t words_per_lane = std::max(1u, bytes_per_lane / 4);
  const uint32_t lanes_per_pass = 32 / std::min(words_per_lane, 4u);
  uint32_t wavefronts = 0;
  for (uint32_t first = 0; first < 32; first += lanes_per_pass) {
    // The distinct words of the pass, a list for each bank; the fullest bank decides.
    uint64_t words[128];
    uint8_t before[128], last_of[kBanks], size_of[kBanks] = {};
    std::fill_n(last_of, kBanks, kNone);
    uint8_t count = 0, fullest = 0;
    const uint64_t lanes = uint64_t{active} & ((uint64_t{1} << (first + lanes_per_pass)) - 1);
    for (uint64_t rest = lanes >> first << first; rest != 0; rest &= rest - 1) {
      const uint64_t address = addresses[std::countr_zero(rest)];
      const uint64_t end = (address + bytes_per_lane - 1) / 4;
      for (uint64_t word = address / 4; word <= end && count < 128; ++word) {
        const uint32_t bank = word % kBanks;
        uint8_t known = last_of[bank];
        while (known != kNone && words[known] != word) known = before[known];
        if (known != kNone) continue;
        words[count] = word;
        before[count] = last_of[bank];
        last_of[bank] = count++;
        fullest = std::max(fullest, ++size_of[bank]);
      }
    }
    wavefronts += fullest;
  }
  return wavefronts;
}

uint32_t StaticSharedBytes(const ir::Module& module, ir::FunctionId kernel) {
  uint64_t bytes = 0;
  for (const ir::Global& global : module.globals) {
    if (global.space != ir::Space::kShared || global.is_dynamic_shared) continue;
    if (global.owner.valid() && global.owner != kernel) continue;
    bytes = (bytes + global.align - 1) / global.align * global.align + global.bytes;
  }
  return static_cast<uint32_t>(bytes);
}

Collector::Collector(const ir::Module& module, const Arch& arch, RegistersOf registers,
                     Sampling sampling)
    : module_(module),
      arch_(arch),
      registers_(std::move(registers)),
      sampling_(std::move(sampling)) {}

exec::Tracer Collector::tracer() {
  exec::Tracer t;
  t.self = this;
  t.host_work = [](void* self, const exec::HostWork& work) {
    static_cast<Collector*>(self)->host_work_.push_back(work);
  };
  t.choose_blocks = [](void* self, const exec::Launch& launch, std::vector<uint32_t>& blocks) {
    static_cast<Collector*>(self)->ChooseBlocks(launch, blocks);
  };
  t.access = [](void* self, const exec::Access& access) {
    static_cast<Collector*>(self)->OnAccess(access);
  };
  t.block_end = [](void* self, uint32_t block, std::span<const uint64_t> executed,
                   std::span<const uint64_t> lanes) {
    static_cast<Collector*>(self)->OnBlockEnd(block, executed, lanes);
  };
  t.launch_end = [](void* self, const exec::Launch& launch, std::span<const uint64_t>,
                    std::span<const uint64_t>, uint32_t blocks_run) {
    static_cast<Collector*>(self)->OnLaunchEnd(launch, blocks_run);
  };
  return t;
}

void Collector::ChooseBlocks(const exec::Launch& launch, std::vector<uint32_t>& blocks) {
  LaunchStats fresh;
  fresh.launch = launch;
  fresh.blocks = uint64_t{launch.grid[0]} * launch.grid[1] * launch.grid[2];
  const uint32_t threads = launch.block[0] * launch.block[1] * launch.block[2];
  fresh.warps_per_block = (threads + 31) / 32;
  fresh.insts.resize(module_.insts.size());
  fresh.registers = registers_(launch.kernel);
  fresh.shared_bytes = StaticSharedBytes(module_, launch.kernel) + launch.dynamic_shared_bytes;
  const Occupancy occupancy = ComputeOccupancy(arch_, threads, fresh.registers, fresh.shared_bytes);
  // Never more than the grid gives each multiprocessor.
  const uint64_t per_sm = (fresh.blocks + arch_.sms - 1) / arch_.sms;
  fresh.resident_blocks = static_cast<uint32_t>(
      std::clamp<uint64_t>(occupancy.blocks, 1, std::max<uint64_t>(per_sm, 1)));

  const size_t index = launches_.size();
  const uint32_t asked = index < sampling_.spread.size() ? sampling_.spread[index] : 0;
  sample_ = SampleGrid(launch.grid, sampling_.all || launch.cooperative ? UINT32_MAX : asked);
  work_.assign(sample_.size(), {});
  blocks.clear();
  for (const BlockSample& s : sample_) blocks.push_back(s.block);
  next_sample_ = 0;
  executed_before_.assign(module_.insts.size(), 0);
  lanes_before_.assign(module_.insts.size(), 0);

  const uint64_t shared_used = uint64_t{fresh.resident_blocks} * fresh.shared_bytes;
  const uint64_t l1 = arch_.l1_bytes > shared_used ? arch_.l1_bytes - shared_used : 0;
  l1_ = SectorCache(l1 / fresh.resident_blocks);
  warps_.assign(fresh.warps_per_block, {});
  sectors_.clear();
  footprints_.clear();

  const exec::Dim3& g = launch.grid;
  const auto sampled = [&](uint64_t block) -> int64_t {
    const bool has = std::any_of(sample_.begin(), sample_.end(),
                                 [&](const BlockSample& s) { return s.block == block; });
    return has ? static_cast<int64_t>(block) : -1;
  };
  const auto inside = [](uint32_t n) { return n >= 3 ? n / 2 : 0; };
  const auto beside = [](uint32_t n) {
    return n >= 4 ? (n / 2 + 1 < n - 1 ? n / 2 + 1 : n / 2 - 1) : (n >= 2 ? 1u : 0u);
  };
  const uint32_t x = inside(g[0]), y = inside(g[1]), z = inside(g[2]);
  role_block_.fill(-1);
  role_block_[kOrigin] = sampled(Linear(g, x, y, z));
  if (beside(g[0]) != x) role_block_[kNearX] = sampled(Linear(g, beside(g[0]), y, z));
  if (beside(g[1]) != y) role_block_[kNearY] = sampled(Linear(g, x, beside(g[1]), z));
  if (g[0] >= 4) role_block_[kFarX] = sampled(Linear(g, 0, y, z));
  if (g[1] >= 4) role_block_[kFarY] = sampled(Linear(g, x, 0, z));
  for (auto& sectors : role_sectors_) sectors.clear();
  launches_.push_back(std::move(fresh));
}

uint32_t Collector::AllocationIndex(uint64_t base, uint64_t bytes) {
  std::vector<AllocationUse>& list = stats().allocations;
  for (uint32_t i = 0; i < list.size(); ++i) {
    if (list[i].base == base) return i;
  }
  list.push_back({.base = base, .bytes = bytes});
  return static_cast<uint32_t>(list.size() - 1);
}

void Collector::OnAccess(const exec::Access& access) {
  const double weight = sample_[next_sample_].weight;
  InstStats& inst = stats().insts[access.inst];
  switch (access.space) {
    case ir::Space::kShared: {
      const uint32_t wavefronts =
          SharedWavefronts(access.addresses, access.active, access.bytes_per_lane);
      const uint32_t bytes =
          static_cast<uint32_t>(std::popcount(access.active)) * access.bytes_per_lane;
      inst.requests += weight;
      inst.wavefronts += weight * wavefronts;
      inst.ideal_wavefronts += weight * std::min(wavefronts, (bytes + 127) / 128);
      break;
    }
    case ir::Space::kLocal:
      // Local memory is interleaved by lane, so that a warp's access is as wide as can be.
      inst.requests += weight;
      inst.sectors += weight * access.bytes_per_lane;
      inst.wavefronts += weight * std::max(1u, access.bytes_per_lane / 4);
      inst.ideal_wavefronts += weight * std::max(1u, access.bytes_per_lane / 4);
      break;
    case ir::Space::kGlobal:
    case ir::Space::kGeneric:
      OnGlobal(access, weight, inst);
      break;
    case ir::Space::kConst:
    case ir::Space::kParam:
      inst.requests += weight;
      inst.wavefronts += weight;
      inst.ideal_wavefronts += weight;
      break;
  }
}

void Collector::OnGlobal(const exec::Access& access, double weight, InstStats& inst) {
  uint64_t sectors[32 * 5];
  const uint32_t count =
      CoalesceSectors(access.addresses, access.active, access.bytes_per_lane, sectors);
  const uint32_t lanes = static_cast<uint32_t>(std::popcount(access.active));
  const double bytes = static_cast<double>(lanes) * access.bytes_per_lane;
  const bool atomic = access.effect == ir::Effect::Atomic;
  // Four sectors a pass; atomics on the same word go one after another.
  uint32_t passes = (count + 3) / 4;
  if (atomic) passes = std::max(passes, lanes);
  const double wavefronts = passes;
  inst.requests += weight;
  inst.sectors += weight * count;
  work_[next_sample_].sectors += count;
  inst.wavefronts += weight * wavefronts;
  inst.ideal_wavefronts += weight * std::min(wavefronts, std::max(1.0, bytes / 128));

  const uint32_t allocation = AllocationIndex(access.allocation, access.allocation_bytes);
  if (footprints_.size() <= allocation) footprints_.resize(allocation + 1);
  Footprint& footprint = footprints_[allocation];
  if (access.effect != ir::Effect::Load) {
    footprint.written.insert(footprint.written.end(), sectors, sectors + count);
  }
  if (sectors_.size() + count > kMostSectors) Replay(weight);
  const Kind kind =
      access.effect == ir::Effect::Load ? Kind::kLoad : (atomic ? Kind::kAtomic : Kind::kStore);
  warps_[std::min<size_t>(access.warp, warps_.size() - 1)].push_back(
      {.inst = access.inst,
       .first_sector = static_cast<uint32_t>(sectors_.size()),
       .num_sectors = static_cast<uint16_t>(count),
       .kind = kind,
       .allocation = allocation});
  sectors_.insert(sectors_.end(), sectors, sectors + count);
}

void Collector::Replay(double weight) {
  std::vector<size_t> next(warps_.size(), 0);
  bool any = true;
  while (any) {
    any = false;
    for (size_t w = 0; w < warps_.size(); ++w) {
      if (next[w] >= warps_[w].size()) continue;
      any = true;
      const Request& request = warps_[w][next[w]++];
      if (request.kind == Kind::kAtomic) continue;  // atomics are done in L2
      Footprint& footprint = footprints_[request.allocation];
      uint32_t misses = 0;
      for (uint32_t s = 0; s < request.num_sectors; ++s) {
        const uint64_t sector = sectors_[request.first_sector + s];
        const bool load = request.kind == Kind::kLoad;
        if (l1_.Access(sector, load) || !load) continue;
        ++misses;
        footprint.read.push_back(sector);
      }
      stats().insts[request.inst].l1_misses += weight * misses;
      footprint.read_requests += misses;
    }
  }
  for (auto& requests : warps_) requests.clear();
  sectors_.clear();
  for (Footprint& footprint : footprints_) {
    SortUnique(footprint.read);
    SortUnique(footprint.written);
  }
}

void Collector::FinishFootprints(uint32_t block, double weight) {
  const double share = weight / static_cast<double>(stats().blocks);
  for (uint32_t a = 0; a < footprints_.size(); ++a) {
    Footprint& footprint = footprints_[a];
    AllocationUse& use = stats().allocations[a];
    use.read_sectors += share * static_cast<double>(footprint.read.size());
    use.written_sectors += share * static_cast<double>(footprint.written.size());
    use.read_requests += share * footprint.read_requests;
    std::vector<uint64_t> all;
    std::set_union(footprint.read.begin(), footprint.read.end(), footprint.written.begin(),
                   footprint.written.end(), std::back_inserter(all));
    use.touched_sectors += share * static_cast<double>(all.size());
    for (size_t role = 0; role < kRoles; ++role) {
      if (role_block_[role] != static_cast<int64_t>(block)) continue;
      if (role_sectors_[role].size() <= a) role_sectors_[role].resize(a + 1);
      role_sectors_[role][a] = all;
    }
  }
}

// Share of the origin's sectors of an allocation that both the near and the far block touch too.
double Collector::SharedShare(uint32_t allocation, Role near, Role far) const {
  const std::vector<uint64_t> none;
  const auto sectors = [&](Role role) -> const std::vector<uint64_t>& {
    const auto& list = role_sectors_[role];
    return allocation < list.size() ? list[allocation] : none;
  };
  if (role_block_[near] < 0) return 0;
  const double shared = SharedShareOf(sectors(kOrigin), sectors(near));
  if (role_block_[far] < 0) return shared;
  return std::min(shared, SharedShareOf(sectors(kOrigin), sectors(far)));
}

void Collector::OnBlockEnd(uint32_t block, std::span<const uint64_t> executed,
                           std::span<const uint64_t> lanes) {
  while (next_sample_ + 1 < sample_.size() && sample_[next_sample_].block != block) ++next_sample_;
  const double weight = sample_[next_sample_].weight;
  BlockWork& work = work_[next_sample_];
  for (size_t i = 0; i < executed.size(); ++i) {
    if (executed[i] == executed_before_[i]) continue;
    const double warps = static_cast<double>(executed[i] - executed_before_[i]);
    const double active = static_cast<double>(lanes[i] - lanes_before_[i]);
    stats().insts[i].executed += weight * warps;
    stats().insts[i].lanes += weight * active;
    work.executed += warps;
    work.lanes += active;
    executed_before_[i] = executed[i];
    lanes_before_[i] = lanes[i];
  }
  Replay(weight);
  FinishFootprints(block, weight);
  footprints_.assign(footprints_.size(), {});
  l1_.Clear();
  if (next_sample_ + 1 < sample_.size()) ++next_sample_;
}

// Whether blocks of a class differ, and how far off the sample may be: the standard error of a
// stratified mean, from differences between neighbours in the sample, so that a trend over the grid
// is not taken for chance.
void Collector::JudgeSample() {
  double BlockWork::*const kinds[] = {&BlockWork::executed, &BlockWork::lanes, &BlockWork::sectors};
  std::map<uint32_t, std::vector<size_t>> classes;
  for (size_t s = 0; s < sample_.size(); ++s) classes[sample_[s].category].push_back(s);
  LaunchStats& launch = stats();
  for (double BlockWork::*const kind : kinds) {
    double total = 0, variance = 0;
    for (const auto& [category, members] : classes) {
      const double n = static_cast<double>(members.size());
      const double size = sample_[members.front()].weight * n;
      double sum = 0, squares = 0;
      double least = work_[members.front()].*kind, most = least;
      for (size_t m = 0; m < members.size(); ++m) {
        const double now = work_[members[m]].*kind;
        sum += now;
        least = std::min(least, now);
        most = std::max(most, now);
        if (m == 0) continue;
        const double step = now - work_[members[m - 1]].*kind;
        squares += step * step;
      }
      total += size * sum / n;
      if (n < 2) continue;
      variance += size * (size - n) * squares / (2 * (n - 1) * n);
      launch.varies = launch.varies || most - least > kSameWork * most;
    }
    if (total > 0) {
      launch.sampling_error = std::max(launch.sampling_error, std::sqrt(variance) / total);
    }
  }
}

void Collector::OnLaunchEnd(const exec::Launch& launch, uint32_t blocks_run) {
  stats().launch = launch;
  stats().blocks_run = blocks_run;
  stats().sampled = blocks_run < stats().blocks;
  if (stats().sampled) JudgeSample();
  for (uint32_t a = 0; a < stats().allocations.size(); ++a) {
    stats().allocations[a].shared_with_x = SharedShare(a, kNearX, kFarX);
    stats().allocations[a].shared_with_y = SharedShare(a, kNearY, kFarY);
  }
}

}  // namespace ws::target::cuda
