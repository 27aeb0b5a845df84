#include "exec/parallel.h"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include "base/cpu.h"

namespace ws::exec {

void ParallelFor(int jobs, size_t count, const std::function<void(size_t)>& fn) {
  jobs = jobs <= 0 ? CoreCount() : std::min(jobs, CoreCount());
  if (jobs == 1 || count < 2) {
    for (size_t k = 0; k < count; ++k) fn(k);
    return;
  }
  tbb::task_arena arena(jobs);
  arena.execute([&] {
    tbb::parallel_for(
        size_t{0}, count, [&](size_t k) { fn(k); }, tbb::simple_partitioner());
  });
}

}  // namespace ws::exec
