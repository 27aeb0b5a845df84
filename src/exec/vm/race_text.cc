#include "exec/vm/race_text.h"

#include "base/format.h"
#include "exec/launch.h"
#include "exec/machine.h"

namespace ws::exec {
namespace {

// `thread 3 of block (1, 0, 0)`.
std::string ThreadText(const Vm& vm, uint32_t thread, uint32_t block, bool with_block) {
  const Dim3& size = vm.launch->launch->block;
  std::string text = size[1] * size[2] == 1
                         ? Format("thread {}", thread)
                         : Format("thread ({}, {}, {})", thread % size[0],
                                  thread / size[0] % size[1], thread / (size[0] * size[1]));
  if (!with_block) return text;
  const Dim3& grid = vm.launch->launch->grid;
  const Dim3 at = vm.launch->BlockIndex(block);
  return text + (grid[1] * grid[2] == 1 ? Format(" of block {}", at[0])
                                        : Format(" of block ({}, {}, {})", at[0], at[1], at[2]));
}

}  // namespace

std::string DescribeShared(const Vm& vm, uint64_t offset) {
  const ir::Module& m = vm.machine->module;
  int64_t signed_offset = static_cast<int64_t>(offset);
  if (signed_offset >> 31 == 1) signed_offset -= int64_t{1} << 32;
  if (signed_offset >> (kOffsetBits - 1) == 1) signed_offset -= int64_t{1} << kOffsetBits;
  const ir::Global* best = nullptr;
  int64_t best_at = 0;
  for (uint32_t g = 0; g < m.globals.size(); ++g) {
    const uint32_t at = vm.program->shared_offset[g];
    if (at == Program::kNoOffset) continue;
    if (best == nullptr || (at <= signed_offset && at >= best_at) || best_at > signed_offset) {
      best = &m.globals[g];
      best_at = at;
    }
  }
  if (best == nullptr) return Format("byte {} of shared memory", signed_offset);
  const uint64_t size = best->is_dynamic_shared && vm.launch != nullptr
                            ? vm.launch->launch->dynamic_shared_bytes
                            : best->bytes;
  return Format("byte {} of shared {} ({} bytes)", signed_offset - best_at, best->name, size);
}

bool IsOwnRecord(const Vm& vm, uint32_t thread, const RaceFound& found) {
  return found.other_block == vm.launch->current_block && found.other_thread == thread;
}

std::string RaceText(const Vm& vm, uint32_t thread, const std::string& where, bool is_write,
                     const RaceFound& found) {
  if (found.benign) return Format("several threads write the same value to {}", where);
  const bool name_blocks = found.other_block != vm.launch->current_block;
  const std::string other =
      IsOwnRecord(vm, thread, found)
          ? "another one"
          : ThreadText(vm, found.other_thread, found.other_block, name_blocks);
  return Format("{} {} {} and {} {} it, without ordering between them",
                ThreadText(vm, thread, vm.launch->current_block, name_blocks),
                is_write ? "writes" : "reads", where, other,
                found.other_was_write ? "writes" : "reads");
}

std::string HostRaceText(const std::string& where, bool is_write, const RaceFound& found) {
  return Format("host code {} {}, which a kernel that may still run {}",
                is_write ? "writes" : "reads", where, found.other_was_write ? "writes" : "reads");
}

}  // namespace ws::exec
