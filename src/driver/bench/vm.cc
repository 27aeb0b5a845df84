// `warpsmith bench vm`: how fast the interpreter is on one core.
#include "base/format.h"
#include "driver/bench.h"
#include "driver/values.h"
#include "exec/engine.h"
#include "exec/vm_bench.h"

namespace ws::driver {
namespace {

constexpr int kDefaultRuns = 9;

Result<BenchResult> RunVm(const Options& options) {
  int runs = kDefaultRuns;
  if (const auto it = options.settings.find("runs"); it != options.settings.end()) {
    const Result<uint64_t> number = ParseWhole(it->second, 1, 1000);
    if (!number.ok()) return Error{"--set runs: " + number.error().message};
    runs = static_cast<int>(number.value());
  }
  BenchResult result;
  result.object["name"] = "vm";
  result.object["unit"] = "million warp instructions per second and core";
  result.object["simd"] = std::string(exec::SimdLevel());
  result.object["runs"] = runs;
  result.text = Format(
      "Million warp instructions per second on one core ({}), median of {} runs [lowest, highest]\n"
      "{:<12} {:>30} {:>30}\n",
      exec::SimdLevel(), runs, "mix", "checks off", "checks on");
  Json rows = Json::array();
  for (const exec::VmBenchRow& row : exec::MeasureVm(runs)) {
    rows.push_back(Json{{"mix", row.mix},
                        {"checks", row.checks},
                        {"million_per_second", row.million_per_second},
                        {"lowest", row.slowest},
                        {"highest", row.fastest},
                        {"warp_instructions", row.warp_instructions}});
    if (!row.checks) AppendFormat(result.text, "{:<12}", row.mix);
    AppendFormat(result.text, " {:>14.1f} [{:.1f}, {:.1f}]", row.million_per_second, row.slowest,
                 row.fastest);
    if (row.checks) result.text += "\n";
  }
  result.object["rows"] = std::move(rows);
  result.object["ratio_geomean"] = nullptr;
  result.object["peer"] = nullptr;
  result.text +=
      "No other engine that checks every access of CUDA on a CPU was found to compare with.\n";
  return result;
}

}  // namespace

namespace benches {
extern const Bench kVm = {"vm", "million warp instructions per second and core, checks off and on",
                          "runs=N       measured runs of each mix of instructions, 1 to 1000 (9)",
                          RunVm};
}  // namespace benches

}  // namespace ws::driver
