#include "exec/races.h"

#include <cstdlib>
#include <cstring>

#include "exec/launch.h"

namespace ws::exec {
namespace {

constexpr size_t kMaxReaders = 4096;  // remembered of one grain

RaceClass ClassOf(uint32_t who) { return static_cast<RaceClass>(who >> kClassShift & 3); }

class Checker {
 public:
  Checker(const Vm* vm, RaceMap& map, const RaceAccess& access)
      : vm_(vm),
        sync_(*vm->warp->sync),
        map_(map),
        access_(access),
        start_(access.is_shared ? vm->shared_epoch : vm->first_epoch),
        thread_(vm->warp->index * 32 + access.lane),
        own_(sync_.who[access.lane] | static_cast<uint32_t>(access.kind) << kClassShift |
             (access.block_scope ? kBlockScope : 0)) {}

  RaceFound Grain(uint64_t g) const {
    uint32_t* const epoch = map_.words + g;
    const auto field = [&](RaceField f) -> uint32_t& { return epoch[f * map_.grains]; };
    const RaceReader write = {field(kWriteEpoch), field(kWriteWho), field(kWriteInst)};
    RaceFound result;
    if (Conflicts(write, true)) {
      result = Found(true, write);
      result.benign = access_.is_write && access_.keeps_value;
    }
    if (access_.is_write) {
      if (!result.found || result.benign) AgainstReaders(g, result);
      field(kWriteEpoch) = vm_->epoch;
      field(kWriteWho) = own_;
      field(kWriteInst) = access_.inst;
      // Readers come before this write, or were reported; others tolerate it and stay.
      if (access_.kind == RaceClass::kPlain) {
        field(kReadEpoch) = 0;
        if (!map_.readers.empty()) map_.readers.erase(g);
      }
      return result;
    }
    if (vm_->program->has_fence || sync_.partial || List(g) != nullptr) {
      AddReader(g);
    } else {
      MergeReader(g);
    }
    return result;
  }

 private:
  uint32_t BlockOf(uint32_t epoch) const {
    return vm_->launch->epoch_block[epoch - vm_->first_epoch];
  }
  // Whether what is stamped so does not come before this access.
  bool Concurrent(const RaceReader& other) const {
    const uint32_t epoch = other.epoch, who = other.who;
    if (epoch < start_) return false;
    if ((who & kManyBlocks) == 0 && BlockOf(epoch) == vm_->launch->current_block) {
      if (epoch < vm_->epoch) return false;
      const uint32_t thread = who & kThreadMask;
      if (thread == thread_ && (who & kManyMask) == 0) return false;
      if ((thread ^ thread_) < 32 && (who & kManyWarps) == 0 && InWarpBefore(who)) return false;
    }
    if (!vm_->program->has_fence) return true;
    return !vm_->launch->sync.Knows(vm_, access_.lane, other);
  }
  // Threads of this warp: ordered by bar.warp.sync?
  bool InWarpBefore(uint32_t who) const {
    const uint32_t clock = ClockOf(who);
    if (clock < sync_.base || clock == kClockMax) return true;
    if (!sync_.partial) return false;
    const uint32_t* known = sync_.known_lanes[access_.lane];
    if ((who & kManyThreads) == 0) return clock < known[who % 32];
    for (uint32_t k = 0; k < 32; ++k) {
      if ((vm_->warp->lanes >> k & 1) != 0 && k != access_.lane && clock >= known[k]) return false;
    }
    return true;
  }

  bool Conflicts(const RaceReader& other, bool other_writes) const {
    if (other.epoch < start_) return false;
    const RaceClass a = ClassOf(other.who), b = access_.kind;
    const bool atomic = a == RaceClass::kAtomic || b == RaceClass::kAtomic;
    if (atomic && a != RaceClass::kPlain && b != RaceClass::kPlain) {
      const bool narrow = ((other.who | own_) & kBlockScope) != 0 &&
                          BlockOf(other.epoch) != vm_->launch->current_block;
      return narrow && a == b && Concurrent(other);
    }
    if (a >= RaceClass::kVolatile && b >= RaceClass::kVolatile) {
      const bool same_warp = ((other.who ^ own_) & kWarpMask) == 0;
      if (!access_.is_shared || !other_writes || !access_.is_write || !same_warp) return false;
    }
    return Concurrent(other);
  }

  RaceFound Found(bool was_write, const RaceReader& other) const {
    return {.found = true,
            .other_was_write = was_write,
            .other_inst = other.inst,
            .other_thread = other.who & kThreadMask,
            .other_block = BlockOf(other.epoch)};
  }

  RaceReader LastReader(uint64_t g) const {
    return {map_.Field(kReadEpoch)[g], map_.Field(kReadWho)[g], map_.Field(kReadInst)[g]};
  }
  void SetLastReader(uint64_t g, uint32_t who) const {
    map_.Field(kReadEpoch)[g] = vm_->epoch;
    map_.Field(kReadWho)[g] = who;
    map_.Field(kReadInst)[g] = access_.inst;
  }

  // Marks the last reader where the list has all of them.
  uint32_t ListMark() const { return vm_->program->has_fence ? kManyBlocks : kManyThreads; }
  // All readers since the last write; null if the last one stands for them. One that was merged
  // into the last reader without looking here has made the list void.
  const std::vector<RaceReader>* List(uint64_t g) const {
    if (map_.readers.empty()) return nullptr;
    const auto all = map_.readers.find(g);
    if (all == map_.readers.end()) return nullptr;
    const RaceReader last = LastReader(g), &own = all->second.back();
    const bool holds = last.epoch == own.epoch && last.who == (own.who | ListMark());
    return holds ? &all->second : nullptr;
  }

  void AgainstReaders(uint64_t g, RaceFound& result) const {
    if (const std::vector<RaceReader>* all = List(g)) {
      for (const RaceReader& reader : *all) {
        if (!Conflicts(reader, false)) continue;
        result = Found(false, reader);
        return;
      }
      return;
    }
    const RaceReader reader = LastReader(g);
    if (Conflicts(reader, false)) result = Found(false, reader);
  }

  // Without fences only barriers order, and a summary of all readers is enough.
  void MergeReader(uint64_t g) const {
    uint32_t who = own_;
    const RaceReader last = LastReader(g);
    const bool in_warp =
        ((last.who ^ own_) & kWarpMask) == 0 && (last.who & (kManyWarps | kManyBlocks)) == 0;
    if (last.epoch == vm_->epoch && in_warp && InWarpBefore(last.who)) {
      // What comes behind this read comes behind that one too.
    } else if (last.epoch == vm_->epoch) {
      who = Merged(last.who);
      // The last writer is likely to write again: then another reader is to be named.
      const uint32_t writer = map_.Field(kWriteWho)[g];
      if (((writer ^ own_) & kThreadMask) == 0 && ((last.who ^ own_) & kThreadMask) != 0) {
        map_.Field(kReadWho)[g] = (who & ~kThreadMask) | (last.who & kThreadMask);
        return;
      }
    } else if (last.epoch >= start_) {
      who |= last.who & kManyBlocks;
      if (BlockOf(last.epoch) != vm_->launch->current_block) who |= kManyBlocks;
    }
    SetLastReader(g, who);
  }
  // This reader and others of its block and epoch.
  uint32_t Merged(uint32_t other) const {
    uint32_t who = own_ | (other & kManyMask);
    const uint32_t differ = (other ^ own_) & kThreadMask;
    if (differ != 0) who |= kManyThreads;
    if (differ >= 32) who |= kManyWarps;
    const auto least = [&](uint32_t mask, bool larger) {
      const bool take = larger ? (other & mask) > (who & mask) : (other & mask) < (who & mask);
      if (take) who = (who & ~mask) | (other & mask);
    };
    least(kClockMax << kClockShift, true);
    least(3u << kClassShift, false);
    return who;
  }

  // With fences, or where lanes know of each other by pairs: every last reader that does not come
  // before this one is kept, one per warp or per lane.
  void AddReader(uint64_t g) const {
    RaceReader own = {vm_->epoch, own_, access_.inst, uint32_t{1} << access_.lane};
    const std::vector<RaceReader>* const all = List(g);
    std::vector<RaceReader> kept;
    const auto consider = [&](const RaceReader& r) {
      if (!Concurrent(r)) return;
      const bool same_warp = r.epoch == own.epoch && ((r.who ^ own.who) & kWarpMask) == 0;
      if (same_warp && !sync_.partial) {
        own.who = Merged(r.who) & ~(kManyWarps | kManyBlocks);
        own.lanes |= r.lanes;
      } else {
        kept.push_back(r);
      }
    };
    if (all != nullptr) {
      for (const RaceReader& r : *all) consider(r);
    } else if (LastReader(g).epoch >= start_) {
      consider(LastReader(g));
    }
    if (kept.empty()) {
      if (!map_.readers.empty()) map_.readers.erase(g);
      SetLastReader(g, own.who);
      return;
    }
    if (kept.size() >= kMaxReaders) kept.pop_back();
    kept.push_back(own);
    map_.readers[g] = std::move(kept);
    SetLastReader(g, own.who | ListMark());
  }

  const Vm* vm_;
  const WarpSync& sync_;
  RaceMap& map_;
  const RaceAccess& access_;
  uint32_t start_;
  uint32_t thread_;
  uint32_t own_;
};

}  // namespace

RaceMap::~RaceMap() { std::free(words); }

void RaceMap::Prepare(uint64_t size, uint32_t bytes) {
  const uint32_t needed = bytes >= 4 ? 2 : (bytes == 2 ? 1 : 0);
  if (words != nullptr && grain_log2 <= needed) return;
  const uint32_t log2 = needed < grain_log2 ? needed : grain_log2;
  const uint64_t count = (size >> log2) + 2;
  uint32_t* finer = static_cast<uint32_t*>(std::calloc(kNumRaceFields * count, 4));
  const uint32_t parts = 1u << (grain_log2 - log2);
  for (uint64_t g = 0; words != nullptr && g < grains; ++g) {
    for (uint32_t f = 0; f < kNumRaceFields; ++f) {
      for (uint32_t k = 0; k < parts && g * parts + k < count; ++k) {
        finer[f * count + g * parts + k] = words[f * grains + g];
      }
    }
  }
  if (parts > 1 && !readers.empty()) {
    std::unordered_map<uint64_t, std::vector<RaceReader>> moved;
    for (auto& [g, list] : readers) {
      for (uint32_t k = 0; k < parts; ++k) moved[g * parts + k] = list;
    }
    readers = std::move(moved);
  }
  std::free(words);
  words = finer;
  grains = count;
  grain_log2 = log2;
}

RaceFound FindHostRace(const RaceMap& map, uint64_t offset, uint32_t bytes, bool is_write,
                       uint32_t unsynced) {
  RaceFound result;
  if (map.words == nullptr) return result;
  const uint64_t last = (offset + bytes - 1) >> map.grain_log2;
  for (uint64_t g = offset >> map.grain_log2; g <= last && !result.found; ++g) {
    const bool written = map.Field(kWriteEpoch)[g] >= unsynced;
    const bool read = is_write && map.Field(kReadEpoch)[g] >= unsynced;
    if (!written && !read) continue;
    result = {.found = true,
              .other_was_write = written,
              .other_inst = map.Field(written ? kWriteInst : kReadInst)[g]};
  }
  return result;
}

RaceFound NoteAccess(const Vm* vm, RaceMap& map, uint64_t size, const RaceAccess& access) {
  map.Prepare(size, access.bytes);
  const Checker checker(vm, map, access);
  RaceFound result;
  const uint64_t first = access.offset >> map.grain_log2;
  const uint64_t last = (access.offset + access.bytes - 1) >> map.grain_log2;
  for (uint64_t k = first; k <= last; ++k) {
    const RaceFound found = checker.Grain(k);
    if (found.found && (!result.found || (result.benign && !found.benign))) result = found;
  }
  return result;
}

}  // namespace ws::exec
