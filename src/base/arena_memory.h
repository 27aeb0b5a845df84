// Host memory for arenas: reserved address space whose pages are touched only when used. Host only.
#ifndef WARPSMITH_BASE_ARENA_MEMORY_H_
#define WARPSMITH_BASE_ARENA_MEMORY_H_

#include <cstddef>

#include "base/arena.h"

namespace ws {

// Owns `bytes` bytes of lazily committed memory and an Arena over it. What lies in the memory at
// first is not known: a thread uses the pages of one that ended again.
class ArenaMemory {
 public:
  explicit ArenaMemory(size_t bytes = kDefaultBytes);
  ~ArenaMemory();
  ArenaMemory(const ArenaMemory&) = delete;
  ArenaMemory& operator=(const ArenaMemory&) = delete;

  Arena& arena() { return arena_; }

  static constexpr size_t kDefaultBytes = size_t{256} << 20;

 private:
  void* memory_;
  size_t bytes_;
  Arena arena_;
};

}  // namespace ws

#endif  // WARPSMITH_BASE_ARENA_MEMORY_H_
