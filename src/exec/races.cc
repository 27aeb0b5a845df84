#include "exec/races.h"

#include "exec/launch.h"

namespace ws::exec {
namespace {

// Fields of RaceGrain::*_who.
constexpr uint32_t kThreadMask = 0x3ff;  // thread in its block
constexpr int kSyncShift = 10;           // bar.warp.syncs passed in the epoch, saturating
constexpr uint32_t kSyncMax = 0x3ffff;
constexpr uint32_t kStrong = 1u << 28;
constexpr uint32_t kManyThreads = 1u << 29;  // readers: of one warp or more
constexpr uint32_t kManyWarps = 1u << 30;
constexpr uint32_t kManyBlocks = 1u << 31;

uint32_t SyncOf(uint32_t who) { return who >> kSyncShift & kSyncMax; }

// Halves the grains until they are `log2` wide.
void Split(RaceMap& map, uint32_t log2) {
  while (map.grain_log2 > log2) {
    std::vector<RaceGrain> finer(map.grains.size() * 2);
    for (size_t k = 0; k < map.grains.size(); ++k) finer[2 * k] = finer[2 * k + 1] = map.grains[k];
    map.grains = std::move(finer);
    --map.grain_log2;
  }
}

struct Checker {
  const Vm* vm;
  const RaceAccess& access;
  uint32_t thread;
  uint32_t sync_now;

  bool ThisLaunch(uint32_t epoch) const { return epoch != 0 && epoch >= vm->launch->first_epoch; }
  bool ThisBlock(uint32_t epoch) const {
    return vm->launch->epoch_block[epoch - vm->launch->first_epoch] == vm->launch->current_block;
  }
  // Whether the access noted as `epoch`, `who` is not ordered before this one.
  bool Concurrent(uint32_t epoch, uint32_t who) const {
    if (epoch == vm->epoch) {
      const uint32_t other = who & kThreadMask;
      if ((who & kManyWarps) != 0) return true;
      if (other == thread && (who & kManyThreads) == 0) return false;
      if (other / 32 != thread / 32) return true;
      const uint32_t sync = SyncOf(who);
      const Warp& w = *vm->warp;
      return !(w.lane_sync[thread % 32] > sync && w.lane_sync[other % 32] > sync);
    }
    if (!ThisLaunch(epoch)) return false;
    return !ThisBlock(epoch) || (who & kManyBlocks) != 0;
  }

  RaceFound Found(bool was_write, uint32_t epoch, uint32_t who, uint32_t inst) const {
    return {.found = true,
            .other_was_write = was_write,
            .other_inst = inst,
            .other_thread = who & kThreadMask,
            .other_block = epoch != vm->epoch};
  }

  RaceFound Grain(RaceGrain& g) const {
    RaceFound result;
    const uint32_t own = thread | (sync_now < kSyncMax ? sync_now : kSyncMax) << kSyncShift |
                         (access.is_strong ? kStrong : 0);
    const bool write_counts = !(access.is_strong && (g.write_who & kStrong) != 0);
    if (g.write_epoch != 0 && write_counts && Concurrent(g.write_epoch, g.write_who)) {
      result = Found(true, g.write_epoch, g.write_who, g.write_inst);
      result.benign = access.is_write && access.keeps_value;
    }
    if (access.is_write) {
      const bool read_counts = !(access.is_strong && (g.read_who & kStrong) != 0);
      if ((!result.found || result.benign) && g.read_epoch != 0 && read_counts &&
          Concurrent(g.read_epoch, g.read_who)) {
        result = Found(false, g.read_epoch, g.read_who, g.read_inst);
      }
      g.write_epoch = vm->epoch;
      g.write_who = own;
      g.write_inst = access.inst;
      return result;
    }
    uint32_t who = own;
    if (g.read_epoch == vm->epoch) {
      who |= g.read_who & (kManyThreads | kManyWarps | kManyBlocks);
      const uint32_t other = g.read_who & kThreadMask;
      if (other != thread) who |= kManyThreads;
      if (other / 32 != thread / 32) who |= kManyWarps;
      if ((g.read_who & kStrong) == 0) who &= ~kStrong;
    } else if (ThisLaunch(g.read_epoch)) {
      who |= g.read_who & kManyBlocks;
      if (!ThisBlock(g.read_epoch)) who |= kManyBlocks;
    }
    g.read_epoch = vm->epoch;
    g.read_who = who;
    g.read_inst = access.inst;
    return result;
  }
};

}  // namespace

void PrepareRaces(RaceMap& map, uint64_t size, uint32_t bytes) {
  const uint32_t needed = bytes >= 4 ? 2 : (bytes == 2 ? 1 : 0);
  if (map.grains.empty()) {
    map.grain_log2 = needed < map.grain_log2 ? needed : map.grain_log2;
    map.grains.resize((size >> map.grain_log2) + 2);
  }
  if (map.grain_log2 > needed) Split(map, needed);
}

bool NoteCommonAccess(const Vm* vm, RaceGrain* grains, uint32_t count, uint32_t lane, uint32_t inst,
                      bool is_write) {
  const uint32_t thread = vm->warp->index * 32 + lane;
  const uint32_t epoch = vm->epoch, launch_start = vm->first_epoch, own_start = vm->block_epoch;
  // Ordered before this access: earlier launches, earlier epochs of this block, the thread itself.
  const auto ordered = [&](uint32_t e, uint32_t who) {
    if (e < launch_start || (e >= own_start && e < epoch && (who & kManyBlocks) == 0)) return true;
    return e == epoch && (who & (kThreadMask | kManyThreads | kManyWarps | kManyBlocks)) == thread;
  };
  for (uint32_t k = 0; k < count; ++k) {
    const RaceGrain& g = grains[k];
    if (!ordered(g.write_epoch, g.write_who)) return false;
    if (is_write && !ordered(g.read_epoch, g.read_who)) return false;
  }
  const uint32_t sync = vm->warp->sync_count;
  const uint32_t who = thread | (sync < kSyncMax ? sync : kSyncMax) << kSyncShift;
  for (uint32_t k = 0; k < count; ++k) {
    RaceGrain& g = grains[k];
    if (is_write) {
      g.write_epoch = epoch;
      g.write_who = who;
      g.write_inst = inst;
      continue;
    }
    uint32_t reader = who;
    if (g.read_epoch == epoch) {
      const uint32_t other = g.read_who & kThreadMask;
      reader |= g.read_who & (kManyThreads | kManyWarps | kManyBlocks);
      if (other != thread) reader |= kManyThreads;
      if (other / 32 != thread / 32) reader |= kManyWarps;
    } else if (g.read_epoch >= launch_start && g.read_epoch < own_start) {
      reader |= kManyBlocks;
    } else if (g.read_epoch >= own_start) {
      reader |= g.read_who & kManyBlocks;
    }
    g.read_epoch = epoch;
    g.read_who = reader;
    g.read_inst = inst;
  }
  return true;
}

RaceFound NoteAccess(const Vm* vm, RaceMap& map, uint64_t size, const RaceAccess& access) {
  PrepareRaces(map, size, access.bytes);
  const Checker checker{vm, access, vm->warp->index * 32 + access.lane, vm->warp->sync_count};
  RaceFound result;
  const uint64_t first = access.offset >> map.grain_log2;
  const uint64_t last = (access.offset + access.bytes - 1) >> map.grain_log2;
  for (uint64_t k = first; k <= last; ++k) {
    const RaceFound found = checker.Grain(map.grains[k]);
    if (found.found && (!result.found || (result.benign && !found.benign))) result = found;
  }
  return result;
}

}  // namespace ws::exec
