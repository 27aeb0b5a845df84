// Runs dumped kernels on this machine's GPU: are the results those of Warpsmith's engine, and how
// do measured times compare with modelled ones? No part of Warpsmith; needs nothing but the driver.
//
//   gpu_runner [--samples N] [--tables DIR] [--generated DIR] EXAMPLE/VERSION...
//   gpu_runner --print TABLE.txt     the kernels of a table, for ptxas
//
// Each folder holds check/ and time/ (see program.h), and may hold modelled.txt: low and high time
// in microseconds. Versions of an example are measured in turn, sample by sample. DIR of --tables
// holds conformance tables, DIR of --generated a folder for each program that ws_referee dumped,
// whose results must be the same bit for bit. Prints tables; exit status 0 if all results agree or
// there is no device, 1 if one does not, 2 for bad arguments.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "chip_tables.h"
#include "program.h"

namespace gpu {
namespace {

namespace fs = std::filesystem;

struct Case {
  std::string folder, example, version;
  std::string check;  // what came of it
  bool agrees = false;
  std::unique_ptr<Program> program;  // to be timed
  std::vector<double> cold_us, warm_us;
  double low_us = 0, high_us = 0;  // modelled; 0: unknown
};

double Quantile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  const auto last = static_cast<double>(values.size() - 1);
  return values[static_cast<size_t>(std::lround(share * last))];
}
double Median(const std::vector<double>& values) { return Quantile(values, 0.5); }

// Shares of the samples that bound the median with 95 % confidence.
double Below(size_t n) { return std::max(0.0, 0.5 - 0.98 / std::sqrt(static_cast<double>(n))); }

// Ranks from 0; equal values share their mean.
std::vector<double> Ranks(const std::vector<double>& values) {
  std::vector<double> ranks;
  for (const double value : values) {
    double below = 0, equal = 0;
    for (const double other : values) {
      below += other < value ? 1 : 0;
      equal += other == value ? 1 : 0;
    }
    ranks.push_back(below + (equal - 1) / 2);
  }
  return ranks;
}

double RankCorrelation(const std::vector<double>& a, const std::vector<double>& b) {
  const std::vector<double> x = Ranks(a), y = Ranks(b);
  const double mean = (static_cast<double>(x.size()) - 1) / 2;
  double xy = 0, xx = 0, yy = 0;
  for (size_t i = 0; i < x.size(); ++i) {
    xy += (x[i] - mean) * (y[i] - mean);
    xx += (x[i] - mean) * (x[i] - mean);
    yy += (y[i] - mean) * (y[i] - mean);
  }
  return xx > 0 && yy > 0 ? xy / std::sqrt(xx * yy) : 0;
}

class Session {
 public:
  Session(const Driver& driver, int samples) : driver_(driver), samples_(samples) {
    driver_.Check(driver_.CreateEvent(&begin_, 0), "cuEventCreate");
    driver_.Check(driver_.CreateEvent(&end_, 0), "cuEventCreate");
    driver_.Check(driver_.Alloc(&flush_, kFlushBytes), "memory to flush L2");
  }

  void Check(Case& c) const {
    Program program(driver_, c.folder + "/check");
    program.Prepare();
    program.Launch();
    driver_.Check(driver_.Synchronize(), "running " + c.folder);
    const Comparison result = program.Compare();
    c.agrees = result.close;
    char text[128];
    if (result.different == 0) {
      std::snprintf(text, sizeof text, "bit for bit");
    } else {
      std::snprintf(
          text, sizeof text, "%s%.2g%% differ, by %.1e", result.close ? "" : "WRONG: ",
          100.0 * static_cast<double>(result.different) / static_cast<double>(result.elements),
          result.largest);
    }
    c.check = text;
  }

  // Measures the versions of one example in turn.
  void Measure(const std::vector<Case*>& versions) const {
    for (Case* c : versions) {
      c->program = std::make_unique<Program>(driver_, c->folder + "/time");
      c->program->Prepare();
      for (int i = 0; i < 3; ++i) c->program->Launch();
    }
    driver_.Check(driver_.Synchronize(), "warming up");
    for (int i = 0; i < samples_; ++i) {
      for (Case* c : versions) c->cold_us.push_back(Once(*c->program, /*cold=*/true));
      for (Case* c : versions) {
        c->program->Launch();
        c->warm_us.push_back(Once(*c->program, /*cold=*/false));
      }
    }
    for (Case* c : versions) c->program.reset();
  }

 private:
  static constexpr size_t kFlushBytes = size_t{256} << 20;  // more than any L2

  double Once(const Program& program, bool cold) const {
    if (cold) driver_.Check(driver_.SetAsync(flush_, 1, kFlushBytes, nullptr), "flushing L2");
    driver_.Check(driver_.RecordEvent(begin_, nullptr), "cuEventRecord");
    program.Launch();
    driver_.Check(driver_.RecordEvent(end_, nullptr), "cuEventRecord");
    driver_.Check(driver_.WaitForEvent(end_), "running");
    float milliseconds = 0;
    driver_.Check(driver_.ElapsedTime(&milliseconds, begin_, end_), "cuEventElapsedTime");
    return 1e3 * milliseconds;
  }

  const Driver& driver_;
  int samples_;
  EventHandle* begin_ = nullptr;
  EventHandle* end_ = nullptr;
  Pointer flush_ = 0;
};

void PrintDevice(const Driver& driver, Device device) {
  char name[256] = "";
  int version = 0, major = 0, minor = 0, count = 0, l2 = 0, clock = 0;
  driver.DeviceName(name, sizeof name, device);
  driver.DriverVersion(&version);
  driver.DeviceAttribute(&major, kAttributeMajor, device);
  driver.DeviceAttribute(&minor, kAttributeMinor, device);
  driver.DeviceAttribute(&count, kAttributeMultiprocessors, device);
  driver.DeviceAttribute(&l2, kAttributeL2Bytes, device);
  driver.DeviceAttribute(&clock, kAttributeClockKhz, device);
  std::printf("device: %s, sm_%d%d, %d multiprocessors, L2 %d MiB, %d MHz; driver for CUDA %d.%d\n",
              name, major, minor, count, l2 >> 20, clock / 1000, version / 1000,
              version % 1000 / 10);
}

void PrintTable(const std::vector<Case>& cases, int samples) {
  std::printf("times: median of %d samples [95 %% confidence of the median], us\n", samples);
  std::printf("%-14s %-8s %-26s %-26s %9s %18s %9s %16s\n", "example", "version", "results",
              "cold L2", "warm L2", "modelled", "speedup", "modelled");
  std::vector<double> measured, modelled, errors;
  for (const Case& c : cases) {
    std::printf("%-14s %-8s %-26s", c.example.c_str(), c.version.c_str(), c.check.c_str());
    if (c.cold_us.empty()) {
      std::printf("\n");
      continue;
    }
    const double cold = Median(c.cold_us), below = Below(c.cold_us.size());
    char text[64];
    std::snprintf(text, sizeof text, "%.2f [%.2f, %.2f]", cold, Quantile(c.cold_us, below),
                  Quantile(c.cold_us, 1 - below));
    std::printf(" %-26s %9.2f", text, Median(c.warm_us));
    text[0] = 0;
    if (c.low_us > 0) {
      std::snprintf(text, sizeof text, "%.1f to %.1f", c.low_us, c.high_us);
      const double middle = std::sqrt(c.low_us * c.high_us);
      measured.push_back(cold);
      modelled.push_back(middle);
      errors.push_back(std::abs(middle - cold) / cold);
    }
    std::printf(" %18s", text);
    const auto first = std::ranges::find(cases, c.example, &Case::example);
    if (&*first != &c && !first->cold_us.empty()) {
      std::printf(" %8.2fx", Median(first->cold_us) / cold);
      if (c.low_us > 0 && first->low_us > 0) {
        const double a = first->low_us / c.low_us, b = first->high_us / c.high_us;
        std::printf(" %6.2fx to %.2fx", std::min(a, b), std::max(a, b));
      }
    }
    std::printf("\n");
  }
  if (measured.size() > 2) {
    std::printf(
        "measured (cold) against modelled times of %zu programs: rank correlation %.3f, "
        "relative error of the middle of the range: median %.0f %%, largest %.0f %%\n",
        measured.size(), RankCorrelation(measured, modelled), 100 * Median(errors),
        100 * Quantile(errors, 1));
  }
}

struct Arguments {
  int samples = 30;
  std::string tables, generated;     // empty: none
  std::vector<std::string> folders;  // of examples
};

// Runs every program of a folder; whether all give what is expected, bit for bit.
bool RunGenerated(const Driver& driver, const std::string& folder) {
  std::vector<std::string> programs;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (fs::exists(entry.path() / "launches.txt")) programs.push_back(entry.path().string());
  }
  std::ranges::sort(programs);
  size_t same = 0, failed = 0;
  for (const std::string& path : programs) {
    try {
      Program program(driver, path);
      program.Prepare();
      program.Launch();
      driver.Check(driver.Synchronize(), "running " + path);
      const Comparison result = program.Compare();
      if (result.elements > 0 && result.different == 0) {
        ++same;
      } else {
        std::printf("%s: %llu of %llu elements differ\n", path.c_str(),
                    static_cast<unsigned long long>(result.different),
                    static_cast<unsigned long long>(result.elements));
      }
    } catch (const std::runtime_error& e) {
      ++failed;
      std::printf("%s: %s\n", path.c_str(), e.what());
    }
  }
  std::printf("generated programs: %zu of %zu the same bit for bit, %zu did not run\n", same,
              programs.size(), failed);
  return same == programs.size() && !programs.empty();
}

int Run(const Arguments& arguments) {
  const auto& [samples, tables, generated, folders] = arguments;
  Driver driver;
  if (const std::string why = driver.Open(); !why.empty()) {
    std::printf("no device: %s\n", why.c_str());
    return 0;
  }
  Device device = 0;
  ContextHandle* context = nullptr;
  driver.Check(driver.DeviceGet(&device, 0), "cuDeviceGet");
  driver.Check(driver.RetainContext(&context, device), "cuDevicePrimaryCtxRetain");
  driver.Check(driver.SetContext(context), "cuCtxSetCurrent");
  PrintDevice(driver, device);
  bool all = true;
  if (!tables.empty()) {
    int major = 0, minor = 0;
    driver.DeviceAttribute(&major, kAttributeMajor, device);
    driver.DeviceAttribute(&minor, kAttributeMinor, device);
    all = PrintTables(RunTables(driver, tables, 10 * major + minor)) && all;
  }
  if (!generated.empty()) all = RunGenerated(driver, generated) && all;
  if (folders.empty()) return all ? 0 : 1;
  std::vector<Case> cases;
  for (const std::string& folder : folders) {
    Case& c = cases.emplace_back();
    const fs::path path = fs::path(folder).lexically_normal();
    c.folder = folder;
    c.version = path.filename().string();
    c.example = path.parent_path().filename().string();
    std::ifstream(folder + "/modelled.txt") >> c.low_us >> c.high_us;
  }
  const Session session(driver, samples);
  for (Case& c : cases) {
    try {
      session.Check(c);
    } catch (const std::runtime_error& e) {
      c.check = "FAILED";
      std::printf("%s: %s\n", c.folder.c_str(), e.what());
    }
    all = all && c.agrees;
  }
  for (size_t i = 0; i < cases.size();) {
    std::vector<Case*> versions;
    const std::string example = cases[i].example;
    for (; i < cases.size() && cases[i].example == example; ++i) {
      if (cases[i].check != "FAILED") versions.push_back(&cases[i]);
    }
    try {
      session.Measure(versions);
    } catch (const std::runtime_error& e) {
      std::printf("%s: %s\n", example.c_str(), e.what());
      all = false;
    }
  }
  PrintTable(cases, samples);
  return all ? 0 : 1;
}

}  // namespace
}  // namespace gpu

int main(int argc, char** argv) {
  if (argc == 3 && std::string(argv[1]) == "--print") {
    std::fputs(gpu::ModuleOf(gpu::ReadTable(argv[2]), "8.6", 90).c_str(), stdout);
    return 0;
  }
  gpu::Arguments arguments;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--samples" && i + 1 < argc) {
      arguments.samples = std::atoi(argv[++i]);
    } else if (word == "--tables" && i + 1 < argc) {
      arguments.tables = argv[++i];
    } else if (word == "--generated" && i + 1 < argc) {
      arguments.generated = argv[++i];
    } else {
      arguments.folders.push_back(word);
    }
  }
  if (arguments.samples < 3 ||
      (!arguments.folders.empty() && arguments.folders[0].starts_with("-"))) {
    std::fprintf(stderr,
                 "usage: gpu_runner [--samples N] [--tables DIR] [--generated DIR] "
                 "EXAMPLE/VERSION... | --print TABLE.txt\n");
    return 2;
  }
  try {
    return gpu::Run(arguments);
  } catch (const std::exception& e) {
    std::printf("failed: %s\n", e.what());
    return 1;
  }
}
