// Tagged memory: every address names its allocation, so that no arithmetic reaches another one.
//
//   63..60 tag | 59..55 generation | 54..37 slot | 36..0 offset
//
// The tag is the state space; tag 0 is no memory of ours (a null pointer, an integer). Slot and
// generation name a row of the allocation table; freeing a row moves its generation on, so that
// stale pointers are told from live ones. An offset in the upper half of its range is a negative
// one that borrowed from the slot. Shared and local addresses carry no slot: their offset counts
// from the start of the block's shared memory and of the thread's frame; kHostLocal is a frame of
// host code.
//
// Memory made with host addresses takes tag 0 for an address of the process itself: of those
// nothing is known but whether they are mapped (exec/host_fault.h).
//
// Per byte, when checks are on: whether it holds an initialised value and whether it was written
// since the allocation was made or poisoned.
#ifndef WARPSMITH_EXEC_MEMORY_H_
#define WARPSMITH_EXEC_MEMORY_H_

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "diag/source.h"
#include "exec/race_map.h"

namespace ws::exec {

enum class Tag : uint8_t { kNone, kGlobal, kShared, kLocal, kConst, kHost, kHostLocal };

inline constexpr int kOffsetBits = 37;
inline constexpr uint64_t kOffsetMask = (uint64_t{1} << kOffsetBits) - 1;
inline constexpr int kSlotBits = 18;
inline constexpr uint32_t kMaxSlots = 1u << kSlotBits;
inline constexpr int kGenerationShift = kOffsetBits + kSlotBits;
inline constexpr uint32_t kGenerationMask = 0x1f;
inline constexpr int kTagShift = 60;

// The part of an address that says its space.
constexpr uint64_t TagBits(Tag tag) { return static_cast<uint64_t>(tag) << kTagShift; }
constexpr uint64_t MakeAddress(Tag tag, uint32_t slot, uint32_t generation, uint64_t offset) {
  return TagBits(tag) | static_cast<uint64_t>(generation & kGenerationMask) << kGenerationShift |
         static_cast<uint64_t>(slot) << kOffsetBits | offset;
}
constexpr Tag TagOf(uint64_t address) { return static_cast<Tag>(address >> kTagShift); }
constexpr uint32_t SlotOf(uint64_t address) {
  return static_cast<uint32_t>(address >> kOffsetBits) & (kMaxSlots - 1);
}
constexpr uint32_t GenerationOf(uint64_t address) {
  return static_cast<uint32_t>(address >> kGenerationShift) & kGenerationMask;
}

// Bits of a byte's state.
inline constexpr uint8_t kByteInit = 1;     // holds an initialised value
inline constexpr uint8_t kByteWritten = 2;  // was written since Allocate or Poison
inline constexpr uint8_t kByteGap = 4;      // lies between variables (shared memory)
inline constexpr uint8_t kByteKept = 8;     // a module variable's, changed by an earlier call

// A value riding along with stored bits; see domain/shadow.h.
struct ShadowMap;

// A row of the allocation table as the interpreter reads it.
struct AllocView {
  uint64_t key = 0;  // address >> kOffsetBits of the live allocation; 0: free
  uint64_t size = 0;
  uint8_t* data = nullptr;
  uint8_t* state = nullptr;  // per byte; null until checks need it
  RaceMap* races = nullptr;
  ShadowMap* shadows = nullptr;
  uint64_t flat = 0;  // a device-like address: 256-byte aligned, never reused
  bool read_only = false;
  bool managed = false;  // device memory that host code reads and writes too
  bool foreign = false;  // the process's own: nothing is recorded of it
};

// What the table knows beside that.
struct Allocation {
  std::string name{};
  void* base = nullptr;       // what holds AllocView::data
  uint8_t uniform_state = 0;  // state of every byte while `state` is null
  bool from_program = false;  // made by the program (cudaMalloc, malloc), not by the caller
  bool on_heap = false;       // by malloc in a kernel, which free in a kernel alone gives back
  bool is_module = false;     // a variable of the module
  uint32_t generation = 1;
  diag::Loc loc{};  // where the program made it
  // The first undefined value stored while checks were on.
  uint32_t call = 0;  // which call of the program made it
  bool undefined_stored = false;
  diag::Loc undefined_loc{};
};

// Why an access was refused.
enum class AccessError : uint8_t { kNone, kNoMemory, kFreed, kOutOfBounds };

class Memory {
 public:
  explicit Memory(bool host_addresses = false);
  ~Memory();
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;

  // New memory filled with `poison`; 0 when the table is full or memory is short. `state` is that
  // of every byte.
  uint64_t Allocate(Tag tag, uint64_t bytes, std::string_view name, uint8_t poison, uint8_t state);
  // False if the address is not the start of a live allocation of that tag.
  bool Free(uint64_t address);

  // The row that `address` names, or null.
  AllocView* Find(uint64_t address);
  Allocation& InfoOf(const AllocView& view) {
    return view.foreign ? process_ : infos_[&view - views_.get() - first_];
  }

  // Whether [address, address + bytes) lies in live memory, and if not why. Negative offsets that
  // borrowed from the slot are recognised; `row` gets the row meant, where there is one.
  AccessError Check(uint64_t address, uint64_t bytes, const AllocView** row, int64_t* offset);

  // Makes room for the state of every byte, filled with uniform_state.
  void NeedState(AllocView& view);
  void NeedState();  // of all live rows
  // Sets the state of a range; cheap when it covers everything.
  void SetState(AllocView& view, uint64_t offset, uint64_t bytes, uint8_t state);
  // Memory written without checks counts as initialised.
  void AssumeInitialised();

  // The table: a power of two rows. Allocate may move it.
  AllocView* views() { return views_.get(); }
  uint32_t slot_mask() const { return num_views_ - 1; }
  // Rows before the first are the process's memory, or none; rows from used() on were never used.
  uint32_t first() const { return first_; }
  uint32_t used() const { return used_; }
  bool host_addresses() const { return host_addresses_; }
  uint64_t live_bytes(Tag tag) const { return live_bytes_[static_cast<int>(tag)]; }

  // Of the next stretch of a block between barriers; never repeats (exec/races.h).
  uint32_t next_epoch = 1;

 private:
  // A row for each 2^kOffsetBits addresses that a process may have, made when one is met; theirs
  // are the first slots.
  static constexpr uint32_t kHostWindows = uint32_t{1} << (47 - kOffsetBits);
  AllocView* OpenWindow(uint64_t address);
  bool GrowViews();
  void Release(AllocView& view);

  struct FreeViews {
    void operator()(AllocView* views) const { std::free(views); }
  };
  // Zeros of the system's, so that what is not touched takes no memory.
  std::unique_ptr<AllocView[], FreeViews> views_;
  uint32_t num_views_ = 0;
  uint32_t first_;
  uint32_t used_;
  std::vector<Allocation> infos_;  // from the first row on
  Allocation process_;             // of all windows
  std::vector<uint32_t> free_;     // slots to use again, oldest first from free_head_
  size_t free_head_ = 0;
  bool host_addresses_;
  uint64_t next_flat_ = uint64_t{1} << 32;
  uint64_t live_bytes_[16] = {};
};

}  // namespace ws::exec

#endif  // WARPSMITH_EXEC_MEMORY_H_
