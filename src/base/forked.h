// A function run in a process of its own, so that it may hang, run out of memory or crash. Host
// code.
#ifndef WARPSMITH_BASE_FORKED_H_
#define WARPSMITH_BASE_FORKED_H_

#include <functional>
#include <mutex>
#include <string>

#include "base/process.h"

namespace ws {

// What `make` returns, computed in a copy of this process. An error says how the copy ended
// instead; its blame is the user's, whose input made it so. `make` should touch nothing that other
// threads lock, but for memory and what it opens itself: `lock`, if given, is held while the copy
// is made, so that no thread is in the midst of what it guards; in the copy it stays locked.
// memory_bytes is what it may take beside what there is.
Result<std::string> RunForked(const std::function<std::string()>& make,
                              const ProcessLimits& limits = {}, std::mutex* lock = nullptr);

}  // namespace ws

#endif  // WARPSMITH_BASE_FORKED_H_
