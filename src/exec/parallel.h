// Jobs across cores. The only user of oneTBB.
#ifndef WARPSMITH_EXEC_PARALLEL_H_
#define WARPSMITH_EXEC_PARALLEL_H_

#include <cstddef>
#include <functional>

namespace ws::exec {

// Calls fn(0) ... fn(count - 1), each once, on at most `jobs` threads (0: one per core, which is
// the most), and returns when all are done. Which thread runs what is not determined: results
// belong into slots picked by index, so that they are the same for any number of jobs. Calls may be
// nested.
void ParallelFor(int jobs, size_t count, const std::function<void(size_t)>& fn);

}  // namespace ws::exec

#endif  // WARPSMITH_EXEC_PARALLEL_H_
