// Who last wrote and read each grain (1, 2 or 4 bytes) of a piece of memory; exec/races.h says how
// it is used. Six arrays of words rather than one of records: a warp that touches neighbouring
// words is checked with vector compares.
#ifndef WARPSMITH_EXEC_RACE_MAP_H_
#define WARPSMITH_EXEC_RACE_MAP_H_

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace ws::exec {

enum RaceField : uint32_t {
  kWriteEpoch,
  kWriteWho,
  kWriteInst,
  kReadEpoch,
  kReadWho,
  kReadInst,
  kNumRaceFields
};

// Bits of kWriteWho and kReadWho.
inline constexpr uint32_t kThreadMask = 0x3ff;  // thread in its block
inline constexpr uint32_t kWarpMask = 0x3e0;    // its warp
inline constexpr int kClockShift = 10;          // the lane's clock (WarpSync), saturating
inline constexpr uint32_t kClockMax = 0xffff;
inline constexpr int kClassShift = 26;              // RaceClass
inline constexpr uint32_t kManyThreads = 1u << 28;  // readers of one warp, or more than that
inline constexpr uint32_t kManyWarps = 1u << 29;    // of one block, or more than that
inline constexpr uint32_t kManyBlocks = 1u << 30;  // of several blocks, or RaceMap::readers has all
inline constexpr uint32_t kBlockScope = 1u << 31;  // an atomic of scope cta
inline constexpr uint32_t kManyMask = kManyThreads | kManyWarps | kManyBlocks;

constexpr uint32_t ClockOf(uint32_t who) { return who >> kClockShift & kClockMax; }

// What kind of access it was; of several readers the least.
enum class RaceClass : uint32_t {
  kPlain = 0,
  kTolerant = 1,  // conflicts with no atomic: the first read of a compare-and-swap loop
  kVolatile = 2,
  kAtomic = 3,
};

struct RaceReader {
  uint32_t epoch = 0, who = 0, inst = 0;
  uint32_t lanes = ~uint32_t{0};  // of `who`'s warp, at most these
};

struct RaceMap {
  RaceMap() = default;
  ~RaceMap();
  RaceMap(const RaceMap&) = delete;
  RaceMap& operator=(const RaceMap&) = delete;

  uint32_t* Field(RaceField field) const { return words + field * grains; }
  // Makes room for `size` bytes in grains that fit accesses of `bytes` bytes; existing grains are
  // halved until they do.
  void Prepare(uint64_t size, uint32_t bytes);

  uint32_t* words = nullptr;  // kNumRaceFields arrays; null until Prepare
  uint64_t grains = 0;
  uint32_t grain_log2 = 2;
  // Of grains read by threads that are not ordered among themselves, all last readers; kept only
  // where the program has fences, by which a later writer may be ordered after every one of them.
  std::unordered_map<uint64_t, std::vector<RaceReader>> readers;
};

}  // namespace ws::exec

#endif  // WARPSMITH_EXEC_RACE_MAP_H_
