#include "exec/sync.h"

#include <algorithm>
#include <cstring>

#include "exec/launch.h"
#include "exec/vm/vm.h"

namespace ws::exec {
namespace {

uint32_t StampOf(uint32_t warp, uint32_t lane, uint32_t clock) {
  return (warp * 32 + lane) | std::min(clock, kClockMax) << kClockShift;
}

// Whether an access at `clock` came before a point that knows smaller clocks than `known`.
bool Before(uint32_t clock, uint32_t known) {
  return clock < known || (clock == kClockMax && known >= kClockMax);
}

}  // namespace

void WarpSync::Begin(uint32_t warp, KnowledgeId all) {
  for (uint32_t k = 0; k < 32; ++k) {
    clock[k] = 0;
    who[k] = StampOf(warp, k, 0);
    known[k] = all;
    pending[k] = 0;
  }
  base = 0;
  partial = dirty = fenced = fenced_in_epoch = false;
}

void WarpSync::Reset(bool has_fences) {
  std::fill(std::begin(known), std::end(known), 0);
  std::fill(std::begin(pending), std::end(pending), 0);
  dirty = fenced = fenced_in_epoch = false;
  std::fill(std::begin(last_block), std::end(last_block), kNoBlock);
  std::fill(std::begin(seen), std::end(seen), Seen{});
  late.Reset();
  partial_values.Reset();
  if (!has_fences) return;
  std::fill(std::begin(at_fence), std::end(at_fence), Snapshot{});
  std::fill(std::begin(at_device_fence), std::end(at_device_fence), Snapshot{});
}

void WarpSync::MoveClock(uint32_t warp, uint32_t lane) {
  ++clock[lane];
  who[lane] = StampOf(warp, lane, clock[lane]);
}

void WarpSync::SyncLanes(uint32_t warp, uint32_t who_syncs, uint32_t existing) {
  if (who_syncs == existing) {
    uint32_t latest = 0;
    for (uint32_t k = 0; k < 32; ++k) latest = std::max(latest, clock[k]);
    base = latest + 1;
    partial = false;
    for (uint32_t k = 0; k < 32; ++k) {
      clock[k] = base;
      who[k] = StampOf(warp, k, base);
    }
    return;
  }
  if (!partial) {
    for (auto& row : known_lanes) std::fill(std::begin(row), std::end(row), base);
    partial = true;
  }
  uint32_t all[32];
  std::fill(std::begin(all), std::end(all), base);
  for (uint32_t l = 0; l < 32; ++l) {
    if ((who_syncs >> l & 1) == 0) continue;
    for (uint32_t k = 0; k < 32; ++k) all[k] = std::max(all[k], known_lanes[l][k]);
    all[l] = std::max(all[l], clock[l] + 1);
  }
  for (uint32_t l = 0; l < 32; ++l) {
    if ((who_syncs >> l & 1) == 0) continue;
    memcpy(known_lanes[l], all, sizeof all);
    MoveClock(warp, l);
  }
}

KnowledgeId SyncTable::Intern(std::vector<Part> parts) {
  sets_.push_back(std::move(parts));
  return static_cast<KnowledgeId>(sets_.size() - 1);
}

bool SyncTable::Includes(KnowledgeId a, KnowledgeId b) const {
  const std::vector<Part>&x = sets_[a], &y = sets_[b];
  if (x.size() < y.size()) return false;
  size_t i = 0;
  for (const Part& part : y) {
    while (i < x.size() && x[i].log < part.log) ++i;
    if (i == x.size() || x[i].log != part.log || x[i].length < part.length) return false;
  }
  return true;
}

KnowledgeId SyncTable::Join(KnowledgeId a, KnowledgeId b) {
  if (a == b || b == 0) return a;
  if (a == 0) return b;
  if (Includes(a, b)) return a;
  if (Includes(b, a)) return b;
  if (a > b) std::swap(a, b);
  const auto [it, is_new] = joined_.try_emplace(uint64_t{a} << 32 | b, 0);
  if (!is_new) return it->second;
  std::vector<Part> parts;
  const std::vector<Part>&x = sets_[a], &y = sets_[b];
  size_t i = 0, k = 0;
  while (i < x.size() || k < y.size()) {
    if (k == y.size() || (i < x.size() && x[i].log < y[k].log)) {
      parts.push_back(x[i++]);
    } else if (i == x.size() || y[k].log < x[i].log) {
      parts.push_back(y[k++]);
    } else {
      parts.push_back({x[i].log, std::max(x[i].length, y[k].length)});
      ++i;
      ++k;
    }
  }
  const KnowledgeId result = Intern(std::move(parts));
  joined_[uint64_t{a} << 32 | b] = result;
  return result;
}

void SyncTable::Fence(const Vm* vm, uint32_t lane, bool device_scope) {
  WarpSync& sync = *vm->warp->sync;
  if (sync.pending[lane] != 0) {
    sync.known[lane] = Join(sync.known[lane], sync.pending[lane]);
    sync.pending[lane] = 0;
  }
  const Snapshot now = {vm->epoch, sync.clock[lane] + 1, sync.base, sync.known[lane]};
  sync.at_fence[lane] = now;
  if (device_scope) {
    sync.at_device_fence[lane] = now;
    sync.fenced = sync.fenced_in_epoch = true;
  }
  sync.MoveClock(vm->warp->index, lane);
}

void SyncTable::Release(const Vm* vm, uint32_t lane, uint64_t key, bool is_atomic) {
  const WarpSync& sync = *vm->warp->sync;
  // A fence of an earlier launch released what every later launch knows anyway.
  const bool fenced = sync.at_fence[lane].epoch >= vm->first_epoch;
  const auto found = log_at_.find(key);
  if (found == log_at_.end() && !fenced) return;
  if (!is_atomic && !fenced) {
    log_at_.erase(found);
    return;
  }
  if (!fenced) return;
  const bool goes_on = found != log_at_.end() && is_atomic;
  const uint32_t log = goes_on ? found->second : NewLog(key);
  Entry entry;
  entry.thread = vm->warp->index * 32 + lane;
  entry.block = vm->launch->current_block;
  entry.any = sync.at_fence[lane];
  if (sync.at_device_fence[lane].epoch >= vm->first_epoch) {
    entry.device = sync.at_device_fence[lane];
  }
  Append(log, entry);
}

uint32_t SyncTable::NewLog(uint64_t key) {
  const uint32_t log = static_cast<uint32_t>(logs_.size());
  logs_.emplace_back();
  log_at_[key] = log;
  return log;
}

void SyncTable::Reaches::Add(uint32_t entry, Reach reach, bool of_device) {
  if (points_.empty() || points_.back().entry != entry) {
    if (!points_.empty() && reach <= points_.back().reach[of_device]) return;
    Point point = points_.empty() ? Point{} : points_.back();
    point.entry = entry;
    points_.push_back(point);
  }
  Reach& last = points_.back().reach[of_device];
  last = std::max(last, reach);
}

SyncTable::Reach SyncTable::Reaches::At(uint32_t length, bool of_device) const {
  const auto behind = std::ranges::lower_bound(points_, length, {}, &Point::entry);
  return behind == points_.begin() ? Reach{} : behind[-1].reach[of_device];
}

void SyncTable::AddThread(LogOfBlock& of, uint32_t entry, uint32_t thread, Reach clock, Reach base,
                          bool of_device) {
  const uint32_t warp = thread / 32, lane = thread % 32;
  auto w = std::ranges::find(of.warps, warp, &LogOfWarp::warp);
  if (w == of.warps.end()) w = of.warps.insert(w, {warp, {}, {}});
  w->base.Add(entry, base, of_device);
  auto l = std::ranges::find(w->lanes, lane, &LogOfLane::lane);
  if (l == w->lanes.end()) l = w->lanes.insert(l, {lane, {}});
  l->clock.Add(entry, clock, of_device);
}

void SyncTable::AddSnapshot(LogOfBlock& of, uint32_t entry, uint32_t thread, const Snapshot& s,
                            bool of_device) {
  if (s.epoch == 0) return;
  of.epoch.Add(entry, {s.epoch, 0}, of_device);
  if (s.table == 0) {
    AddThread(of, entry, thread, {s.epoch, s.clock}, {s.epoch, s.base}, of_device);
    return;
  }
  uint32_t& last = of_device ? of.last_device_table : of.last_any_table;
  if (last == s.table) return;
  last = s.table;
  const Table& table = tables_[s.table];
  for (uint32_t k = 0; k < table.clock.size(); ++k) {
    AddThread(of, entry, table.first_thread + k, {s.epoch, table.clock[k]},
              {s.epoch, table.base[k]}, of_device);
  }
}

void SyncTable::Append(uint32_t log, const Entry& entry) {
  Log& l = logs_[log];
  LogOfBlock& of = l.blocks[entry.block];
  AddSnapshot(of, l.length, entry.thread, entry.any, false);
  AddSnapshot(of, l.length, entry.thread, entry.device, true);
  ++l.length;
  l.whole = 0;
  l.inherited = Join(l.inherited, entry.any.knowledge);
}

KnowledgeId SyncTable::WholeOf(uint32_t log) {
  if (logs_[log].whole == 0) {
    logs_[log].whole = Join(Intern({{log, logs_[log].length}}), logs_[log].inherited);
  }
  return logs_[log].whole;
}

void SyncTable::Arrive(const Vm* vm, uint32_t lane, uint64_t key) {
  WarpSync& sync = *vm->warp->sync;
  const auto found = log_at_.find(key);
  Entry entry;
  entry.thread = vm->warp->index * 32 + lane;
  entry.block = vm->launch->current_block;
  entry.any = {vm->epoch, sync.clock[lane] + 1, sync.base, sync.known[lane]};
  entry.device = entry.any;
  Append(found != log_at_.end() ? found->second : NewLog(key), entry);
  sync.MoveClock(vm->warp->index, lane);
}

void SyncTable::Complete(uint64_t key) {
  const auto found = log_at_.find(key);
  if (found != log_at_.end()) complete_[key] = WholeOf(found->second);
}

void SyncTable::Wait(const Vm* vm, uint32_t lane, uint64_t key) {
  const auto found = complete_.find(key);
  if (found == complete_.end()) return;
  WarpSync& sync = *vm->warp->sync;
  const KnowledgeId known = Join(sync.known[lane], found->second);
  if (known == sync.known[lane]) return;
  sync.known[lane] = known;
  sync.dirty = true;
}

void SyncTable::ForgetPhases(uint64_t key) {
  log_at_.erase(key);
  complete_.erase(key);
}

void SyncTable::Acquire(const Vm* vm, uint32_t lane, uint64_t key) {
  const auto found = log_at_.find(key);
  if (found == log_at_.end()) return;
  WarpSync& sync = *vm->warp->sync;
  const KnowledgeId whole = WholeOf(found->second);
  if (sync.pending[lane] == whole || sync.known[lane] == whole) return;
  sync.pending[lane] = Join(sync.pending[lane], whole);
  sync.dirty = true;
}

void SyncTable::MeetLanes(const Vm* vm, uint32_t who) {
  const Warp& warp = *vm->warp;
  WarpSync& sync = *warp.sync;
  sync.SyncLanes(warp.index, who, warp.lanes);
  if (sync.fenced) {
    const Party all[] = {{&sync, who}};
    MeetAfterFences(all, warp.index, vm->epoch);
    sync.fenced = who != warp.lanes;
  }
  if (!sync.dirty) return;
  const KnowledgeId all = JoinLanes(sync, who, 0);
  for (uint32_t rest = who; rest != 0; rest &= rest - 1) {
    const uint32_t lane = static_cast<uint32_t>(__builtin_ctz(rest));
    sync.known[lane] = all;
    sync.pending[lane] = 0;
  }
}

void SyncTable::MeetAfterFences(std::span<const Party> warps, uint32_t first_warp, uint32_t epoch) {
  Table table{first_warp * 32, std::vector<uint32_t>(warps.size() * 32),
              std::vector<uint32_t>(warps.size() * 32)};
  KnowledgeId knowledge = 0;
  uint32_t last_met = 0;
  const auto raise = [&](uint32_t thread, uint32_t clock, uint32_t base) {
    const uint32_t at = thread - table.first_thread;
    if (thread < table.first_thread || at >= table.clock.size()) return;
    table.clock[at] = std::max(table.clock[at], clock);
    table.base[at] = std::max(table.base[at], base);
  };
  for (uint32_t i = 0; i < warps.size(); ++i) {
    for (uint32_t rest = warps[i].lanes; rest != 0; rest &= rest - 1) {
      const uint32_t lane = static_cast<uint32_t>(__builtin_ctz(rest));
      const Snapshot& s = warps[i].sync->at_device_fence[lane];
      if (s.epoch != epoch) continue;
      knowledge = Join(knowledge, s.knowledge);
      if (s.table == 0) {
        raise(table.first_thread + i * 32 + lane, s.clock, s.base);
      } else if (s.table != last_met) {
        // Where the lane met others before, what they released counts for it too.
        last_met = s.table;
        const Table& met = tables_[s.table];
        for (uint32_t k = 0; k < met.clock.size(); ++k) {
          raise(met.first_thread + k, met.clock[k], met.base[k]);
        }
      }
    }
  }
  const Snapshot all = {epoch, 0, 0, knowledge, static_cast<uint32_t>(tables_.size())};
  tables_.push_back(std::move(table));
  for (const Party& party : warps) {
    for (uint32_t k = 0; k < 32; ++k) {
      if ((party.lanes >> k & 1) == 0) continue;
      party.sync->at_fence[k] = party.sync->at_device_fence[k] = all;
    }
  }
}

KnowledgeId SyncTable::JoinLanes(const WarpSync& sync, uint32_t lanes, KnowledgeId start) {
  for (uint32_t rest = lanes; rest != 0; rest &= rest - 1) {
    const uint32_t lane = static_cast<uint32_t>(__builtin_ctz(rest));
    start = Join(Join(start, sync.known[lane]), sync.pending[lane]);
  }
  return start;
}

bool SyncTable::Knows(const Vm* vm, uint32_t lane, const RaceReader& access) const {
  const KnowledgeId id = vm->warp->sync->known[lane];
  if (id == 0) return false;
  const uint32_t who = access.who, epoch = access.epoch;
  // Several lanes of a warp are known one by one.
  const uint32_t existing = vm->launch->LanesOf((who & kWarpMask) / 32);
  uint32_t unknown =
      (who & kManyThreads) != 0 ? access.lanes & existing : uint32_t{1} << (who & kThreadMask) % 32;
  const uint32_t block = vm->launch->epoch_block[epoch - vm->first_epoch];
  const bool own_block = block == vm->launch->current_block;
  for (const Part& part : sets_[id]) {
    const Log& log = logs_[part.log];
    const auto found = log.blocks.find(block);
    if (found == log.blocks.end()) continue;
    const LogOfBlock& of = found->second;
    if (epoch < of.epoch.At(part.length, !own_block).epoch) return true;
    if ((who & (kManyWarps | kManyBlocks)) != 0) continue;
    const auto covers = [&](const Reaches& reaches) {
      const Reach reach = reaches.At(part.length, !own_block);
      return reach.epoch == epoch && Before(ClockOf(who), reach.clock);
    };
    const auto w = std::ranges::find(of.warps, (who & kWarpMask) / 32, &LogOfWarp::warp);
    if (w == of.warps.end()) continue;
    if (covers(w->base)) return true;
    for (const LogOfLane& lane : w->lanes) {
      if ((unknown >> lane.lane & 1) != 0 && covers(lane.clock)) unknown &= ~(1u << lane.lane);
    }
    if (unknown == 0) return true;
  }
  return false;
}

}  // namespace ws::exec
