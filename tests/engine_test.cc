// The engine on the programs of tests/engine: correct ones give the right values with no finding
// under every schedule; in the others it names the fault, on the line that has it.
#include "exec/engine.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <sstream>

#include "base/format.h"
#include "front/compiled.h"
#include "pass/pipeline.h"
#include "tests/test.h"
#include "verify/execute.h"

namespace ws {
namespace {

struct TestProgram {
  std::string name, expects, source;
  uint32_t n = 0;
};

std::vector<TestProgram> ReadPrograms(const std::string& relative) {
  std::vector<TestProgram> programs;
  std::ifstream file(test::RepoPath(relative));
  EXPECT_TRUE(static_cast<bool>(file)) << relative;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("program ")) {
      std::istringstream words(line.substr(8));
      TestProgram& p = programs.emplace_back();
      words >> p.name >> p.expects >> p.n;
      EXPECT_GT(p.n, 0u) << line;
    } else if (!programs.empty()) {
      programs.back().source += line + "\n";
    } else {
      EXPECT_TRUE(line.empty() || line.starts_with('#')) << line;
    }
  }
  return programs;
}

std::vector<int> Input(uint32_t n) {
  std::vector<int> x(n);
  for (uint32_t k = 0; k < n; ++k) x[k] = static_cast<int>(k * 7919 % 257) - 100;
  return x;
}

// What the first elements of y are to be.
std::vector<int> Expected(const std::string& what, const std::vector<int>& x) {
  std::vector<int> y;
  int sum = 0;
  if (what == "double") {
    for (const int v : x) y.push_back(2 * v);
  } else if (what == "scan") {
    for (const int v : x) y.push_back(sum += v);
  } else if (what == "sum") {
    for (const int v : x) sum += v;
    y = {sum};
  } else if (what == "max") {
    y = {*std::max_element(x.begin(), x.end())};
  } else if (what == "count") {
    y = {static_cast<int>(std::count_if(x.begin(), x.end(), [](int v) { return v > 0; }))};
  } else if (what == "bins") {
    y.assign(16, 0);
    for (const int v : x) ++y[static_cast<size_t>(v & 15)];
  } else if (what == "ordinal") {
    for (int k = 0; k < static_cast<int>(x.size()); ++k) y.push_back(k);
  } else {
    ADD_FAILURE() << "unknown: " << what;
  }
  return y;
}

struct Outcome {
  exec::RunReport report;
  std::vector<int> y;
};

class Compiled {
 public:
  Compiled(const TestProgram& p, bool passes)
      : p_(p), x_(Input(p.n)), compiled_(front::CompileText(p.name + ".cu", p.source)) {
    if (!compiled_->ok()) {
      ADD_FAILURE() << p.name << ":\n" << diag::ToText(compiled_->diagnostics());
      return;
    }
    if (passes) pass::ForExecution(compiled_->module());
    ok_ = true;
  }
  bool ok() const { return ok_; }
  const ir::Module& module() { return compiled_->module(); }
  const std::vector<int>& x() const { return x_; }

  Outcome Run(exec::Instance& instance, const exec::RunOptions& options) {
    const exec::DevicePtr in = instance.Allocate(x_.size() * 4, "x");
    instance.Write(in, {reinterpret_cast<const uint8_t*>(x_.data()), x_.size() * 4});
    const exec::DevicePtr out = instance.Allocate(std::max<size_t>(x_.size(), 16) * 4, "y");
    const exec::ArgValue args[] = {
        {ir::Type::kU64, out}, {ir::Type::kU64, in}, {ir::Type::kS32, p_.n}};
    Outcome o;
    o.report = instance.Call(module().Find("launch"), args, options);
    const auto bytes = instance.Read(out);
    o.y.resize(bytes.size() / 4);
    memcpy(o.y.data(), bytes.data(), bytes.size());
    instance.Free(in);
    instance.Free(out);
    return o;
  }
  Outcome Run(const exec::RunOptions& options) {
    exec::Instance instance(module());
    return Run(instance, options);
  }

 private:
  TestProgram p_;
  std::vector<int> x_;
  std::unique_ptr<front::Compiled> compiled_;
  bool ok_ = false;
};

std::string Text(const exec::RunReport& report, const ir::Module& module) {
  std::string text = Format("status {}\n", static_cast<int>(report.status));
  for (const exec::Finding& f : report.findings) {
    const verify::RenderedFinding r = verify::Render(f, module);
    text += Format("  {}:{} (other {}): {} [{}]{}\n", r.line, r.column, r.other_line, r.message,
                   r.id, r.is_note ? " (note)" : "");
  }
  return text;
}

constexpr uint64_t kSeeds[] = {0, 1, 2, 3, 77};

TEST(EnginePrograms, CorrectOnesAreClean) {
  for (const TestProgram& p : ReadPrograms("tests/engine/clean.txt")) {
    for (const bool passes : {true, false}) {
      Compiled compiled(p, passes);
      if (!compiled.ok()) continue;
      std::vector<int> expected = Expected(p.expects, compiled.x());
      for (const uint64_t seed : kSeeds) {
        for (const bool checks : {true, false}) {
          exec::RunOptions options;
          options.checks = checks;
          options.schedule_seed = seed;
          options.limits.fuel = 20'000'000;
          Outcome o = compiled.Run(options);
          EXPECT_TRUE(o.report.clean())
              << p.name << ", seed " << seed << ": " << Text(o.report, compiled.module());
          o.y.resize(expected.size());
          if (p.expects == "ordinal") std::sort(o.y.begin(), o.y.end());
          EXPECT_EQ(o.y, expected) << p.name << ", seed " << seed << ", checks " << checks;
        }
      }
    }
  }
}

// Schedules differ in the order of lanes, warps and blocks; one seed always gives the same one.
TEST(EnginePrograms, SeedsMixLanesWarpsAndBlocks) {
  const TestProgram p = {"order", "", R"(
__device__ int used;
__global__ void reset() { used = 0; }
__global__ void place(int* y) { y[atomicAdd(&used, 1)] = (int)(blockIdx.x * 64 + threadIdx.x); }
void launch(int* y, const int* x, int n) {
  reset<<<1, 1>>>();
  place<<<n / 64, 64>>>(y);
}
)",
                         512};
  Compiled compiled(p, true);
  ASSERT_TRUE(compiled.ok());
  for (const bool checks : {true, false}) {
    std::vector<std::vector<int>> orders;
    for (const uint64_t seed : {0, 0, 1, 1, 2}) {
      exec::RunOptions options;
      options.checks = checks;
      options.schedule_seed = seed;
      orders.push_back(compiled.Run(options).y);
    }
    EXPECT_TRUE(std::is_sorted(orders[0].begin(), orders[0].end()));
    EXPECT_EQ(orders[0], orders[1]);
    EXPECT_EQ(orders[2], orders[3]);
    EXPECT_NE(orders[2], orders[4]);
    const std::vector<int> first_warp(orders[2].begin(), orders[2].begin() + 32);
    EXPECT_FALSE(std::is_sorted(first_warp.begin(), first_warp.end()));
  }
}

// What is left out of a sum shows in the results without any check, even where it is times zero.
TEST(EnginePrograms, ValuesLeftOutAreNan) {
  for (const std::string left_out :
       {"float v; if (x[0] > 1000) v = 1;",
        "float a[4]; a[x[0] & 1] = 0; float v = a[2 + (x[0] & 1)];",
        "__shared__ float s[64]; s[threadIdx.x] = 0; float v = s[63];"}) {
    const TestProgram p = {"left_out", "",
                           "__global__ void k(float* y, const int* x) {\n" + left_out +
                               "\n  y[threadIdx.x] = 1.0f + 0.0f * v;\n}\n"
                               "void launch(int* y, const int* x, int n) {\n"
                               "  k<<<1, 32>>>((float*)y, x);\n}\n",
                           32};
    Compiled compiled(p, true);
    ASSERT_TRUE(compiled.ok());
    exec::RunOptions options;
    options.checks = false;
    for (const int bits : compiled.Run(options).y) {
      EXPECT_GT(bits & 0x7fffffff, 0x7f800000) << left_out;
    }
  }
}

// Which of several stores to one place is the last is not promised.
TEST(EnginePrograms, SeedsDecideWhichStoreIsLast) {
  const TestProgram p = {"last", "", R"(
__global__ void last(int* y) { y[0] = (int)threadIdx.x; }
void launch(int* y, const int* x, int n) { last<<<1, 32>>>(y); }
)",
                         32};
  Compiled compiled(p, true);
  ASSERT_TRUE(compiled.ok());
  for (const bool checks : {true, false}) {
    std::vector<int> winners;
    for (uint64_t seed = 1; seed <= 8; ++seed) {
      exec::RunOptions options;
      options.checks = checks;
      options.schedule_seed = seed;
      winners.push_back(compiled.Run(options).y[0]);
    }
    std::sort(winners.begin(), winners.end());
    EXPECT_NE(winners.front(), winners.back());
  }
}

// A call that reads what an earlier one left in the module says so; one that sets it anew does not.
TEST(EnginePrograms, StateKeptBetweenCallsIsNoted) {
  for (const bool sets : {true, false}) {
    const std::string body = sets ? "calls = 3; calls += 1;" : "calls += 1;";
    const TestProgram p = {"kept", "",
                           "__device__ int calls;\n"
                           "__global__ void count(int* y) { " +
                               body +
                               " y[0] = calls; }\n"
                               "void launch(int* y, const int* x, int n) { count<<<1, 1>>>(y); }\n",
                           1};
    Compiled compiled(p, true);
    ASSERT_TRUE(compiled.ok());
    exec::Instance instance(compiled.module());
    EXPECT_TRUE(compiled.Run(instance, {}).report.findings.empty());
    const exec::RunReport second = compiled.Run(instance, {}).report;
    EXPECT_TRUE(second.clean());
    const bool noted =
        std::any_of(second.findings.begin(), second.findings.end(),
                    [](const exec::Finding& f) { return f.kind == exec::FindingKind::kStateKept; });
    EXPECT_EQ(noted, !sets) << Text(second, compiled.module());
  }
}

// Lines of the source that end in `//!`, from 1.
std::vector<uint32_t> MarkedLines(const std::string& source) {
  std::vector<uint32_t> lines;
  std::istringstream in(source);
  uint32_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.ends_with("//!")) lines.push_back(number);
  }
  return lines;
}

TEST(EnginePrograms, FaultsAreNamed) {
  for (const TestProgram& p : ReadPrograms("tests/engine/faults.txt")) {
    const std::vector<uint32_t> marked = MarkedLines(p.source);
    const bool note = p.expects.starts_with("note:");
    const std::string kind = note ? p.expects.substr(5) : p.expects;
    for (const bool passes : {true, false}) {
      Compiled compiled(p, passes);
      if (!compiled.ok()) continue;
      for (const uint64_t seed : {uint64_t{0}, uint64_t{5}}) {
        exec::RunOptions options;
        options.schedule_seed = seed;
        options.limits.fuel = 20'000'000;
        const Outcome o = compiled.Run(options);
        bool found = false, on_line = marked.empty();
        for (const exec::Finding& f : o.report.findings) {
          const verify::RenderedFinding r = verify::Render(f, compiled.module());
          if (r.id != kind || r.is_note != note) continue;
          found = true;
          for (const uint32_t line : marked) {
            on_line = on_line || r.line == line || r.other_line == line;
          }
        }
        EXPECT_TRUE(found && on_line)
            << p.name << ", passes " << passes << ", seed " << seed << ": expected " << kind
            << ", got " << Text(o.report, compiled.module());
      }
    }
  }
}

}  // namespace
}  // namespace ws
