// What a benchmark is. A file driver/bench/<stem>.cc defines, in namespace ws::driver::benches (a
// verb may have the same name):
//
//   extern const Bench kVm = {"vm", "warp instructions per second", "runs=N  ...", RunVm};
//
// and nothing else is to be edited. Benchmarks compare with a peer measured in the same run; where
// the peer is not here, `peer` and the ratios are null and the text says so.
#ifndef WARPSMITH_DRIVER_BENCH_H_
#define WARPSMITH_DRIVER_BENCH_H_

#include <span>
#include <string>

#include "base/json.h"
#include "base/result.h"
#include "driver/verb.h"

namespace ws::driver {

struct BenchResult {
  Json object;       // keys `name`, `rows` (array), `ratio_geomean`, `peer`, and what else there is
  std::string text;  // the same as a table
};

struct Bench {
  const char* name;      // as typed
  const char* summary;   // what is measured, for --help
  const char* settings;  // what --set takes, for --help: lines "key=VALUE  meaning (default)"
  Result<BenchResult> (*run)(const Options& options);
};

// All benchmarks, sorted by name.
std::span<const Bench* const> Benches();

// The middle of the values (of an even number, the mean of the two in the middle).
double Median(std::vector<double> values);

}  // namespace ws::driver

#endif  // WARPSMITH_DRIVER_BENCH_H_
