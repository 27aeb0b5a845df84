// `warpsmith bench NAME`: the project's own benchmarks.
#include "driver/bench.h"

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "base/format.h"
#include "base/nearest.h"
#include "driver/files.h"
#include "driver/verb.h"

namespace ws::driver {

namespace benches {
#define WS_ENTRY(stem, Camel) extern const Bench k##Camel;
#include "registry/driver_bench.inc"
#undef WS_ENTRY
}  // namespace benches

std::span<const Bench* const> Benches() {
  static const std::vector<const Bench*> benches = [] {
    std::vector<const Bench*> list = {
#define WS_ENTRY(stem, Camel) &benches::k##Camel,
#include "registry/driver_bench.inc"
#undef WS_ENTRY
    };
    std::ranges::sort(list, {}, [](const Bench* bench) { return std::string_view(bench->name); });
    return list;
  }();
  return benches;
}

double Median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  const size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : 0.5 * (values[middle - 1] + values[middle]);
}

namespace {

class BenchCommand : public Command {
 public:
  explicit BenchCommand(CLI::App& app) {
    std::vector<std::string_view> names;
    std::string details = "Benchmarks:\n";
    for (const Bench* bench : Benches()) {
      names.push_back(bench->name);
      AppendFormat(details, "  {:<10}{}\n", bench->name, bench->summary);
      std::istringstream lines(bench->settings);
      for (std::string line; std::getline(lines, line);) {
        AppendFormat(details, "{:12}--set {}\n", "", line);
      }
    }
    app.add_option("NAME", name_, Format("one of {}", Join(names, ", ")))->required();
    app.footer(details);
  }

  int Run(Context& context) override {
    for (const Bench* bench : Benches()) {
      if (name_ != bench->name) continue;
      const Result<BenchResult> result = bench->run(context.options);
      if (!result.ok()) {
        return Fail(context, result.error());
      }
      context.Out(context.options.json ? DumpJson(result.value().object) + "\n"
                                       : result.value().text);
      return kExitOk;
    }
    std::vector<std::string_view> names;
    for (const Bench* bench : Benches()) names.push_back(bench->name);
    return UsageError(context, Format("unknown benchmark `{}`", name_),
                      DidYouMean(name_, names, Format("there is: {}", Join(names, ", "))));
  }

 private:
  std::string name_;
};

}  // namespace

extern const Verb kBench = {"bench", "the project's benchmarks, against peers found here",
                            MakeCommand<BenchCommand>, "files kernels megabytes runs tasks"};

}  // namespace ws::driver
