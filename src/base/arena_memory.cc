#include "base/arena_memory.h"

#include <sys/mman.h>

namespace ws {
namespace {

void* Reserve(size_t bytes) {
  void* memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  WS_CHECK(memory != MAP_FAILED);
  return memory;
}

}  // namespace

ArenaMemory::ArenaMemory(size_t bytes)
    : memory_(Reserve(bytes)), bytes_(bytes), arena_(memory_, bytes_) {}

ArenaMemory::~ArenaMemory() { munmap(memory_, bytes_); }

}  // namespace ws
