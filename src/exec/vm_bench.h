// How fast the interpreter is: million warp instructions per second on one core, by kind of
// instruction. `bench vm` prints it.
#ifndef WARPSMITH_EXEC_VM_BENCH_H_
#define WARPSMITH_EXEC_VM_BENCH_H_

#include <cstdint>
#include <string>
#include <vector>

namespace ws::exec {

struct VmBenchRow {
  std::string mix;                // arithmetic, integer, global, shared, divergent, special, half
  bool checks = false;            // every check of DESIGN §4, or bounds and fuel only
  double million_per_second = 0;  // warp instructions; median of the runs
  double slowest = 0, fastest = 0;
  uint64_t warp_instructions = 0;  // of one run
  int runs = 0;
};

// Runs every mix with checks off and on, `runs` times each.
std::vector<VmBenchRow> MeasureVm(int runs);

}  // namespace ws::exec

#endif  // WARPSMITH_EXEC_VM_BENCH_H_
