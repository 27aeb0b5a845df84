// `warpsmith bench compile`: source text to verified IR with the native front end on one thread,
// against NVRTC from the same text to PTX, in the same run.
//
//   --set kernels=DIR   folder of the .cu files (default: bench/kernels, built in); each must be
//                       device code that both compile
//   --set runs=N        measured runs of the native front end per file (default 1001; NVRTC: a
//                       hundredth, at least 5); times are medians of processor time
#include <time.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/arena_memory.h"
#include "base/format.h"
#include "cxx/nvrtc.h"
#include "diag/render.h"
#include "driver/bench.h"
#include "driver/files.h"
#include "driver/values.h"
#include "embed/bench_kernels.h"
#include "front/compiled.h"
#include "ir/verify.h"

namespace ws::driver {
namespace {

namespace fs = std::filesystem;

// Sizes that stand for a class; a file belongs to the nearest one by ratio.
constexpr std::array<double, 5> kClassesKb = {0.5, 1, 3, 8, 18};

struct Row {
  std::string file;
  size_t bytes = 0;
  double class_kb = 0;
  double native_us = 0;  // to verified IR
  double verify_us = 0;  // of that in ir::Verify
  double nvrtc_us = 0;   // 0: no peer
};

double ClassOf(size_t bytes) {
  const double kb = static_cast<double>(bytes) / 1024;
  return *std::ranges::min_element(kClassesKb, {},
                                   [&](double size) { return std::abs(std::log(kb / size)); });
}

// Processor time of this process, all threads: what else runs on the machine does not count.
double ProcessMicroseconds() {
  timespec now = {};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) * 1e-3;
}

template <typename Work>
double MicrosecondsOf(const Work& work) {
  const double begin = ProcessMicroseconds();
  work();
  return ProcessMicroseconds() - begin;
}

double Geomean(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += std::log(value);
  return values.empty() ? 0 : std::exp(sum / static_cast<double>(values.size()));
}

Status MeasureNative(const std::string& text, uint64_t runs, Row& row) {
  ArenaMemory memory;
  front::CompileOptions options;
  options.library = &front::MathLibrary();
  std::vector<double> times, verify_times;
  for (uint64_t i = 0; i < runs + 1; ++i) {
    memory.arena().Reset();
    diag::Sink sink(memory.arena());
    front::Program program;
    bool ok = false;
    const double us = MicrosecondsOf([&] {
      ok = front::Compile(memory.arena(), {row.file, text}, options, sink, program);
    });
    if (!ok) {
      return Error{Format("the native front end does not compile {}:\n{}", row.file,
                          diag::ToText(diag::Render(sink.list(), *program.sources)))};
    }
    std::vector<std::string> faults;
    const double verify_us = MicrosecondsOf([&] { faults = ir::Verify(*program.module); });
    if (!faults.empty()) {
      return Error{Format("{}: malformed IR: {}", row.file, faults[0]), Blame::kInfrastructure};
    }
    if (i == 0) continue;  // the first run touches the memory
    times.push_back(us + verify_us);
    verify_times.push_back(verify_us);
  }
  row.native_us = Median(times);
  row.verify_us = Median(verify_times);
  return Ok();
}

Status MeasureNvrtc(const cxx::Nvrtc& nvrtc, const std::string& text, const std::string& arch,
                    uint64_t runs, Row& row) {
  const std::string options[] = {"--std=c++17", "--gpu-architecture=compute_" + arch.substr(3)};
  std::vector<double> times;
  for (uint64_t i = 0; i < runs + 1; ++i) {
    Status status = Ok();
    const double us = MicrosecondsOf([&] {
      const Result<std::string> ptx = nvrtc.Compile(text, row.file, options);
      if (!ptx.ok()) status = ptx.error();
    });
    if (!status.ok()) return Error{Format("{}: {}", row.file, status.error().message)};
    if (i > 0) times.push_back(us);
  }
  row.nvrtc_us = Median(times);
  return Ok();
}

BenchResult Summarise(const std::vector<Row>& rows, const cxx::Nvrtc* nvrtc) {
  Json list = Json::array(), classes = Json::array();
  std::string text = Format("{:<24} {:>7} {:>6} {:>11} {:>10} {:>11} {:>8}\n", "file", "bytes",
                            "class", "native us", "verifying", "NVRTC us", "ratio");
  std::vector<double> ratios;
  const auto ratio_of = [](const Row& row) { return row.nvrtc_us / row.native_us; };
  for (const Row& row : rows) {
    const bool peer = row.nvrtc_us > 0;
    if (peer) ratios.push_back(ratio_of(row));
    list.push_back({{"file", row.file},
                    {"bytes", row.bytes},
                    {"class_kb", row.class_kb},
                    {"native_us", row.native_us},
                    {"verify_us", row.verify_us},
                    {"nvrtc_us", peer ? Json(row.nvrtc_us) : Json()},
                    {"ratio", peer ? Json(ratio_of(row)) : Json()}});
    AppendFormat(text, "{:<24} {:>7} {:>4g}KB {:>11.1f} {:>10.1f} {:>11} {:>8}\n", row.file,
                 row.bytes, row.class_kb, row.native_us, row.verify_us,
                 peer ? Format("{:.0f}", row.nvrtc_us) : "-",
                 peer ? Format("{:.0f}", ratio_of(row)) : "-");
  }
  for (const double size : kClassesKb) {
    std::vector<double> native, of_class;
    for (const Row& row : rows) {
      if (row.class_kb != size) continue;
      native.push_back(row.native_us);
      if (row.nvrtc_us > 0) of_class.push_back(ratio_of(row));
    }
    if (native.empty()) continue;
    const Json ratio = of_class.empty() ? Json() : Json(Geomean(of_class));
    classes.push_back({{"class_kb", size}, {"native_us", Geomean(native)}, {"ratio", ratio}});
    AppendFormat(text, "class {:>4g} KB: native {:.1f} us{}\n", size, Geomean(native),
                 of_class.empty() ? "" : Format(", ratio {:.0f}", Geomean(of_class)));
  }
  const std::string peer = nvrtc == nullptr ? "" : "NVRTC " + nvrtc->version();
  if (nvrtc == nullptr) {
    text += "NVRTC is not here (or hidden by WARPSMITH_HIDE): there is no peer to compare with\n";
  } else {
    AppendFormat(text, "{} takes {:.0f} times as long (geometric mean)\n", peer, Geomean(ratios));
  }
  BenchResult result;
  result.object = {{"name", "compile"},
                   {"rows", std::move(list)},
                   {"classes", std::move(classes)},
                   {"ratio_geomean", ratios.empty() ? Json() : Json(Geomean(ratios))},
                   {"peer", nvrtc == nullptr ? Json() : Json(peer)}};
  result.text = std::move(text);
  return result;
}

struct Kernel {
  std::string name, text;
};

// The .cu files of a folder.
Result<std::vector<Kernel>> ReadKernels(const std::string& folder) {
  std::vector<Kernel> kernels;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    if (entry.path().extension() != ".cu") continue;
    TRY(std::string text, ReadSource(entry.path().string()));
    kernels.push_back({entry.path().filename().string(), std::move(text)});
  }
  if (kernels.empty()) return Error{Format("no .cu files in {}", folder)};
  return kernels;
}

Result<BenchResult> RunCompile(const Options& options) {
  uint64_t runs = 1001;
  if (const auto it = options.settings.find("runs"); it != options.settings.end()) {
    const Result<uint64_t> number = ParseWhole(it->second, 1, 1'000'000);
    if (!number.ok()) return Error{"--set runs: " + number.error().message};
    runs = number.value();
  }
  std::vector<Kernel> kernels;
  if (const auto it = options.settings.find("kernels"); it != options.settings.end()) {
    TRY(kernels, ReadKernels(it->second));
  } else {
    for (const auto& [name, text] : embed::kBenchKernels) {
      kernels.push_back({std::string(name), std::string(text)});
    }
  }
  const std::unique_ptr<cxx::Nvrtc> nvrtc = cxx::Nvrtc::Open();
  std::vector<Row> rows;
  for (const auto& [name, text] : kernels) {
    Row row;
    row.file = name;
    row.bytes = text.size();
    row.class_kb = ClassOf(text.size());
    TRY_OK(MeasureNative(text, runs, row));
    if (nvrtc != nullptr) {
      const uint64_t nvrtc_runs = std::max<uint64_t>(5, runs / 100);
      TRY_OK(MeasureNvrtc(*nvrtc, text, options.arch, nvrtc_runs, row));
    }
    rows.push_back(std::move(row));
  }
  std::ranges::sort(rows, {}, [](const Row& row) { return std::pair(row.bytes, row.file); });
  return Summarise(rows, nvrtc.get());
}

}  // namespace

namespace benches {
extern const Bench kCompile = {
    "compile", "source to verified IR on one thread, against NVRTC from source to PTX",
    "kernels=DIR  .cu files of device code that both compile (default: those built in)\n"
    "runs=N       measured runs on each file, 1 to 1000000 (1001); NVRTC: a hundredth",
    RunCompile};
}  // namespace benches

}  // namespace ws::driver
