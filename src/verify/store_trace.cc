#include "verify/store_trace.h"

#include <algorithm>
#include <bit>

#include "base/rng.h"

namespace ws::verify {

std::vector<uint32_t> SpreadBlocks(const exec::Dim3& grid, uint64_t most, uint64_t seed) {
  const uint64_t all = uint64_t{grid[0]} * grid[1] * grid[2];
  std::vector<uint32_t> blocks;
  if (all <= most) {
    for (uint64_t b = 0; b < all; ++b) blocks.push_back(static_cast<uint32_t>(b));
    return blocks;
  }
  const auto add = [&](uint64_t block) {
    const auto b = static_cast<uint32_t>(block);
    if (blocks.size() < most && std::ranges::find(blocks, b) == blocks.end()) blocks.push_back(b);
  };
  const auto at = [&](uint64_t x, uint64_t y, uint64_t z) {
    return x + grid[0] * (y + uint64_t{grid[1]} * z);
  };
  const uint32_t ends[3][2] = {{0, grid[0] - 1}, {0, grid[1] - 1}, {0, grid[2] - 1}};
  add(0);
  add(all - 1);
  add(at(grid[0] / 2, grid[1] / 2, grid[2] / 2));
  for (int corner = 1; corner < 7; ++corner) {
    add(at(ends[0][corner & 1], ends[1][corner >> 1 & 1], ends[2][corner >> 2 & 1]));
  }
  // Where narrow indices end.
  for (const uint64_t edge : {uint64_t{65534}, uint64_t{65535}, uint64_t{65536}}) {
    if (edge < all) add(edge);
  }
  Rng rng(seed);
  while (blocks.size() < most) add(rng.Below(all));
  std::ranges::sort(blocks);
  return blocks;
}

exec::Tracer StoreTrace::tracer() {
  exec::Tracer t;
  t.self = this;
  t.choose_blocks = [](void* self, const exec::Launch& launch, std::vector<uint32_t>& blocks) {
    static_cast<StoreTrace*>(self)->Begin(launch, blocks);
  };
  t.access = [](void* self, const exec::Access& access) {
    static_cast<StoreTrace*>(self)->OnAccess(access);
  };
  t.launch_end = [](void* self, const exec::Launch&, std::span<const uint64_t>,
                    std::span<const uint64_t>, uint32_t blocks_run) {
    static_cast<StoreTrace*>(self)->blocks_run_ += blocks_run;
  };
  return t;
}

void StoreTrace::Begin(const exec::Launch& launch, std::vector<uint32_t>& blocks) {
  if (launch_ == 0) {
    for (size_t arg = 0; arg < task_.args.size(); ++arg) {
      if (!Session::IsOutput(task_.args[arg])) continue;
      const uint64_t begin = session_.FlatAddress(arg);
      ranges_.push_back({arg, begin, begin + session_.BytesOf(arg)});
    }
  }
  if (choose_) blocks = choose_(launch_, launch);
  ++launch_;
}

void StoreTrace::OnAccess(const exec::Access& access) {
  if (access.effect == ir::Effect::Load || access.space != ir::Space::kGlobal || !on_store_) return;
  for (uint32_t rest = access.active; rest != 0; rest &= rest - 1) {
    const uint64_t address = access.addresses[std::countr_zero(rest)];
    for (const Range& range : ranges_) {
      if (address < range.begin || address >= range.end) continue;
      const uint64_t size = task::BytesOf(task_.args[range.arg].dtype);
      const uint64_t last = (address - range.begin + access.bytes_per_lane - 1) / size;
      for (uint64_t element = (address - range.begin) / size; element <= last; ++element) {
        on_store_(
            {range.arg, element, launch_ - 1, access.block, access.effect == ir::Effect::Atomic});
      }
    }
  }
}

}  // namespace ws::verify
