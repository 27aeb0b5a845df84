// Copies by cp.async that no one has waited for.
#include <algorithm>

#include "exec/memory.h"
#include "exec/sync.h"
#include "exec/vm/vm.h"

namespace ws::exec {
namespace {

// Copies of a warp that are remembered; of more, the earlier half counts as over.
constexpr size_t kMostCopies = 1u << 16;

}  // namespace

template <typename Over>
void LateCopies::End(Over over) {
  std::erase_if(copies_, [&](const Copy& copy) {
    if (!over(copy)) return false;
    for (uint32_t i = 0; i < copy.bytes; ++i) copy.state[i] |= kByteInit;
    return true;
  });
}

void LateCopies::Add(uint32_t lane, uint8_t* state, uint32_t bytes) {
  if (copies_.size() == kMostCopies) {
    size_t at = 0;
    End([&](const Copy&) { return at++ < kMostCopies / 2; });
  }
  copies_.push_back({state, bytes, lane, groups_[lane]});
}

void LateCopies::Commit(uint32_t lanes) {
  for (uint32_t k = 0; k < 32; ++k) groups_[k] += lanes >> k & 1;
}

void LateCopies::Wait(uint32_t lanes, uint32_t groups) {
  End([&](const Copy& copy) {
    return (lanes >> copy.lane & 1) != 0 && uint64_t{copy.group} + groups < groups_[copy.lane];
  });
}

void LateCopies::WaitAll(uint32_t lanes) {
  End([&](const Copy& copy) { return (lanes >> copy.lane & 1) != 0; });
}

void LateCopies::Reset() {
  copies_.clear();
  std::fill(std::begin(groups_), std::end(groups_), 0);
}

const VmInst* CopyGroupStep(Vm* vm, const VmInst* i, uint32_t lanes) {
  if (!vm->checks || vm->warp->sync == nullptr) return i + 1;
  LateCopies& late = vm->warp->sync->late;
  switch (static_cast<ir::CopyStep>(i->sub)) {
    case ir::CopyStep::kCommit:
      late.Commit(lanes);
      break;
    case ir::CopyStep::kWaitGroup:
      late.Wait(lanes, static_cast<uint32_t>(i->imm));
      break;
    case ir::CopyStep::kWaitAll:
      late.WaitAll(lanes);
      break;
  }
  return i + 1;
}

}  // namespace ws::exec
