#include "base/arena_memory.h"

#include <sys/mman.h>

namespace ws {
namespace {

// Memory of the usual size that this thread has used and will use again: its pages are mapped.
class Kept {
 public:
  ~Kept() {
    while (void* memory = Take()) munmap(memory, ArenaMemory::kDefaultBytes);
  }
  void* Take() { return count_ == 0 ? nullptr : memory_[--count_]; }
  bool Give(void* memory) {
    if (count_ == kMost) return false;
    memory_[count_++] = memory;
    return true;
  }

 private:
  static constexpr size_t kMost = 4;
  void* memory_[kMost];
  size_t count_ = 0;
};

thread_local Kept kept;

// What touched more gives its pages back to the system.
constexpr size_t kMostUsed = size_t{32} << 20;

void* Reserve(size_t bytes) {
  if (bytes == ArenaMemory::kDefaultBytes) {
    if (void* memory = kept.Take()) return memory;
  }
  void* memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  WS_CHECK(memory != MAP_FAILED);
  return memory;
}

}  // namespace

ArenaMemory::ArenaMemory(size_t bytes)
    : memory_(Reserve(bytes)), bytes_(bytes), arena_(memory_, bytes_) {}

ArenaMemory::~ArenaMemory() {
  const bool keeps = bytes_ == kDefaultBytes && arena_.most_used() <= kMostUsed;
  if (!keeps || !kept.Give(memory_)) munmap(memory_, bytes_);
}

}  // namespace ws
