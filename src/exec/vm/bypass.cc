#include "exec/vm/bypass.h"

#include <algorithm>
#include <bit>

#include "exec/machine.h"
#include "exec/vm/vm.h"
#include "ir/cfg.h"

namespace ws::exec {

bool BlockReach::Reaches(uint32_t from, uint32_t to) {
  const auto [at, is_new] = reached_.try_emplace(from);
  std::vector<uint32_t>& reached = at->second;
  if (is_new) {
    const auto function = std::ranges::find_if(m_.functions, [&](const ir::Function& f) {
      return from >= f.first_block && from < f.first_block + f.num_blocks;
    });
    std::vector<bool> seen(function->num_blocks, false);
    std::vector<uint32_t> open = {from - function->first_block};
    while (!open.empty()) {
      const ir::Successors next = ir::SuccessorsOf(m_, *function, open.back());
      open.pop_back();
      for (uint32_t k = 0; k < next.count; ++k) {
        if (seen[next.block[k]]) continue;
        seen[next.block[k]] = true;
        open.push_back(next.block[k]);
      }
    }
    for (uint32_t b = 0; b < seen.size(); ++b) {
      if (seen[b]) reached.push_back(function->first_block + b);
    }
  }
  return std::ranges::binary_search(reached, to);
}

uint32_t BypassedBy(Vm* vm, const Warp& warp, uint32_t inst) {
  const uint32_t ended = warp.lanes & ~warp.live;
  if (ended == 0 || warp.sync == nullptr) return 0;
  const ir::Module& m = vm->machine->module;
  const ir::Function& kernel = m.functions[vm->program->function.index];
  uint32_t block = kernel.first_block;
  const uint32_t end = block + kernel.num_blocks;
  while (block < end && (inst < m.blocks[block].first_inst ||
                         inst >= m.blocks[block].first_inst + m.blocks[block].num_insts)) {
    ++block;
  }
  if (block == end) return 0;  // in a function that is called: not followed
  uint32_t bypassed = 0;
  BlockReach& reach = vm->machine->block_reach;
  for (uint32_t rest = ended; rest != 0; rest &= rest - 1) {
    const uint32_t lane = static_cast<uint32_t>(std::countr_zero(rest));
    const uint32_t last = warp.sync->last_block[lane];
    if (last == WarpSync::kNoBlock || last < kernel.first_block || last >= end) continue;
    if (reach.Reaches(block, last) && !reach.Reaches(last, block)) bypassed |= 1u << lane;
  }
  return bypassed;
}

}  // namespace ws::exec
