// What threads know of each other's accesses: the happens-before order of a launch.
//
// An access is stamped with its block's epoch (numbered once and for all; a barrier begins a new
// one), its thread, and the thread's clock within the epoch. A thread's clock moves on when it
// passes a bar.warp.sync or a fence. Before an access stands, for every thread,
//   - what its block did in earlier epochs, and what earlier launches did,
//   - what it did itself, and what lanes did before a bar.warp.sync that both passed,
//   - what it learned: a thread that reads by an atomic or volatile access what such an access
//     wrote, and then passes a fence or a barrier, knows everything that the writer knew at the
//     last fence before its write (PTX ISA, release and acquire patterns). Atomics prolong the
//     pattern of the writes before them at the same place (a release sequence); one that sees the
//     phase of an mbarrier complete knows everything that those who arrived knew.
//   - what those did who arrived at a barrier of part of the block, for who waited there: each
//     warp arrives as at an mbarrier.
// A fence of scope cta releases to its own block alone.
#ifndef WARPSMITH_EXEC_SYNC_H_
#define WARPSMITH_EXEC_SYNC_H_

#include <compare>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "exec/memory.h"
#include "exec/race_map.h"

namespace ws::exec {

// What a place is called in SyncTable: in the shared memory of a block; a barrier of the block.
constexpr uint64_t KeyOfShared(uint32_t block, uint64_t offset) {
  return TagBits(Tag::kShared) | uint64_t{block} << 20 | offset;
}
constexpr uint64_t KeyOfBarrier(uint32_t block, uint32_t barrier) {
  return KeyOfShared(block, (uint64_t{1} << 19) + barrier);  // behind all shared memory
}

using KnowledgeId = uint32_t;  // a set of release logs, each up to a length; 0: nothing

// What a thread knew at a fence; or, after a barrier or bar.warp.sync before which threads passed
// fences, what all of them knew there.
struct Snapshot {
  uint32_t epoch = 0;  // everything its block did earlier; 0: there was no such fence
  uint32_t clock = 0;  // in that epoch: what it did itself at smaller clocks
  uint32_t base = 0;   // and what its warp did at smaller ones
  KnowledgeId knowledge = 0;
  uint32_t table = 0;  // instead: what each thread did at smaller clocks than this table has
};

// What the lanes of a warp copy by cp.async and have not waited for.
class LateCopies {
 public:
  // Lane `lane` copies to bytes whose state lies at `state`.
  void Add(uint32_t lane, uint8_t* state, uint32_t bytes);
  // The copies of these lanes since their last commit are a group.
  void Commit(uint32_t lanes);
  // At most `groups` of their last groups are still under way, or no copy at all. What is over
  // counts as initialised.
  void Wait(uint32_t lanes, uint32_t groups);
  void WaitAll(uint32_t lanes);
  void Reset();

 private:
  struct Copy {
    uint8_t* state;
    uint32_t bytes;
    uint32_t lane;
    uint32_t group;
  };
  template <typename Over>
  void End(Over over);
  std::vector<Copy> copies_;
  uint32_t groups_[32] = {};  // committed so far
};

// Values that were loaded and of which only some bytes are initialised: a struct with gaps is
// copied in words. A copy of the whole value has the same gaps.
class PartialValues {
 public:
  // What lane `lane` has in the register at `slot`: the bytes of `mask` are initialised.
  void Note(uint32_t slot, uint32_t lane, uint64_t bits, uint32_t mask) {
    const uint64_t key = uint64_t{slot} << 5 | lane;
    if (mask != 0) {
      values_[key] = {bits, mask};
    } else if (!values_.empty()) {
      values_.erase(key);
    }
  }
  // Of an undefined value: which of its bytes are known to be initialised.
  uint32_t MaskOf(uint32_t slot, uint32_t lane, uint64_t bits) const {
    if (values_.empty()) return 0;
    const auto at = values_.find(uint64_t{slot} << 5 | lane);
    return at != values_.end() && at->second.bits == bits ? at->second.mask : 0;
  }
  void Reset() { values_.clear(); }

 private:
  struct Value {
    uint64_t bits;
    uint32_t mask;
  };
  std::unordered_map<uint64_t, Value> values_;
};

// The clocks of a warp, when checks are on.
struct WarpSync {
  alignas(64) uint32_t who[32] = {};  // stamp of a plain access: thread and clock
  uint32_t clock[32] = {};
  uint32_t base = 0;     // every lane knows what the others did at smaller clocks
  bool partial = false;  // some lanes know more: `known_lanes` holds
  bool dirty = false;    // a lane has learned something in this epoch
  // A lane has passed a fence of gpu or sys scope: since all lanes met; in this epoch.
  bool fenced = false;
  bool fenced_in_epoch = false;
  uint32_t known_lanes[32][32] = {};  // [l][k]: lane l knows what k did at smaller clocks
  KnowledgeId known[32] = {}, pending[32] = {};  // pending: known after a fence or barrier
  Snapshot at_fence[32], at_device_fence[32];    // the last of any scope; of gpu or sys scope
  // The store that a lane has seen last by a volatile load that it waits for or branches on.
  struct Seen {
    uint64_t place = 0;
    uint32_t epoch = 0, who = 0;
    bool operator==(const Seen&) const = default;
  };
  Seen seen[32];
  // Of lanes that have exited: the last block of the module that held more than the exit.
  static constexpr uint32_t kNoBlock = 0xffffffffu;
  uint32_t last_block[32] = {};
  LateCopies late;
  PartialValues partial_values;

  // Forgets the block before.
  void Reset(bool has_fences);
  // A new epoch, in which every lane knows `all`.
  void Begin(uint32_t warp, KnowledgeId all);
  // The lanes `who_syncs` of `existing` pass a bar.warp.sync together.
  void SyncLanes(uint32_t warp, uint32_t who_syncs, uint32_t existing);
  void MoveClock(uint32_t warp, uint32_t lane);
};

struct Vm;

// Releases and acquires of one launch.
class SyncTable {
 public:
  bool empty() const { return logs_.empty(); }
  KnowledgeId Join(KnowledgeId a, KnowledgeId b);

  // Lane `lane` of the running warp passes a fence.
  void Fence(const Vm* vm, uint32_t lane, bool device_scope);
  // It writes the place `key` by an atomic (which leaves earlier releases in force) or a volatile
  // store; it reads it by an atomic or a volatile load.
  void Release(const Vm* vm, uint32_t lane, uint64_t key, bool is_atomic);
  void Acquire(const Vm* vm, uint32_t lane, uint64_t key);
  // mbarrier: the lane arrives at `key`, which releases all it has done; the phase is complete when
  // the last one has; the lane has seen that and knows what the arrivals until then released.
  void Arrive(const Vm* vm, uint32_t lane, uint64_t key);
  void Complete(uint64_t key);
  void Wait(const Vm* vm, uint32_t lane, uint64_t key);
  void ForgetPhases(uint64_t key);
  // bar.warp.sync: orders the accesses of these lanes of the running warp, which share what they
  // have learned.
  void MeetLanes(const Vm* vm, uint32_t who);
  // Lanes of a warp that meet others.
  struct Party {
    WarpSync* sync = nullptr;
    uint32_t lanes = 0;
  };
  // Threads of warps `first_warp` and on meet: each released what every one of them did before its
  // last fence in `epoch`.
  void MeetAfterFences(std::span<const Party> warps, uint32_t first_warp, uint32_t epoch);
  // What all lanes of a warp know together, after what they wait for has been learned.
  KnowledgeId JoinLanes(const WarpSync& sync, uint32_t lanes, KnowledgeId start);
  // Whether the lane knows of the access, or accesses of one warp, of its launch.
  bool Knows(const Vm* vm, uint32_t lane, const RaceReader& access) const;

 private:
  // What a thread knew when it wrote a place.
  struct Entry {
    uint32_t thread = 0;
    uint32_t block = 0;
    Snapshot any, device;
  };
  // Up to where accesses are known: of an epoch those at smaller clocks, and all of earlier ones.
  struct Reach {
    uint32_t epoch = 0, clock = 0;
    auto operator<=>(const Reach&) const = default;
  };
  // The furthest reach of a log's first entries, for each number of these.
  class Reaches {
   public:
    // Entry number `entry` reaches as far: for other blocks (`of_device`), or its own one.
    void Add(uint32_t entry, Reach reach, bool of_device);
    // Of the first `length` entries.
    Reach At(uint32_t length, bool of_device) const;

   private:
    struct Point {
      uint32_t entry;
      Reach reach[2];  // by of_device
    };
    std::vector<Point> points_;  // where one of them rises
  };
  struct LogOfLane {
    uint32_t lane;
    Reaches clock;
  };
  struct LogOfWarp {
    uint32_t warp;
    Reaches base;  // of all its lanes
    std::vector<LogOfLane> lanes;
  };
  struct LogOfBlock {
    Reaches epoch;
    std::vector<LogOfWarp> warps;
    uint32_t last_any_table = 0, last_device_table = 0;  // entered last
  };
  // Entries in the order of time, by whose accesses they cover.
  struct Log {
    uint32_t length = 0;
    std::unordered_map<uint32_t, LogOfBlock> blocks;
    KnowledgeId inherited = 0;
    KnowledgeId whole = 0;  // the log as long as it is, and what it inherited; 0: to be made
  };
  struct Part {
    uint32_t log, length;
    bool operator==(const Part&) const = default;
  };
  struct Table {
    uint32_t first_thread;
    std::vector<uint32_t> clock, base;
  };
  KnowledgeId Intern(std::vector<Part> parts);
  // A new log for the place.
  uint32_t NewLog(uint64_t key);
  void Append(uint32_t log, const Entry& entry);
  // All that the log has, and inherited.
  KnowledgeId WholeOf(uint32_t log);
  // Whether set `a` holds all of set `b`.
  bool Includes(KnowledgeId a, KnowledgeId b) const;
  // Enters that accesses of `thread` are known up to here.
  static void AddThread(LogOfBlock& of, uint32_t entry, uint32_t thread, Reach clock, Reach base,
                        bool of_device);
  void AddSnapshot(LogOfBlock& of, uint32_t entry, uint32_t thread, const Snapshot& s,
                   bool of_device);

  std::unordered_map<uint64_t, uint32_t> log_at_;       // place -> current log
  std::unordered_map<uint64_t, KnowledgeId> complete_;  // mbarriers: at the last phase's end
  std::vector<Log> logs_;
  std::vector<std::vector<Part>> sets_{1};  // by KnowledgeId; parts ascending by log
  std::unordered_map<uint64_t, KnowledgeId> joined_;
  std::vector<Table> tables_{1};
};

}  // namespace ws::exec

#endif  // WARPSMITH_EXEC_SYNC_H_
