// Tables of PTX instructions, what goes in, and what the PTX ISA says comes out, which
// tools/conformance computes with exact arithmetic, apart from the engine.
//
//   == add.sat.s32 {d}, {a}, {b};
//   types d:s32 a:s32 b:s32
//   7fffffff 00000001 = 7fffffff
//
// A result may be `nan`, any of them, or `bits~ulp=2`, `bits~rel=2^-22.9`, `bits~abs=2^-20.5`. The
// chip's runner reads and compares with the same code (tools/gpu_runner/table.h).
#include <array>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "base/format.h"
#include "diag/render.h"
#include "exec/engine.h"
#include "ir/ptx_program.h"
#include "ir/verify.h"
#include "pass/pipeline.h"
#include "tests/test.h"
#include "tools/gpu_runner/table.h"

namespace ws {
namespace {

using gpu::Section;

// The operations that tests/operations.txt lists as `test`.
std::set<std::string> WithOwnTest() {
  std::set<std::string> names;
  std::ifstream in(WS_SOURCE_DIR "/tests/operations.txt");
  for (std::string name, kind, rest; in >> name >> kind && std::getline(in, rest);) {
    if (kind == "test") names.insert(name);
  }
  return names;
}

using Ops = std::array<bool, static_cast<size_t>(ir::Op::kCount)>;

void Check(const Section& section, bool optimised, Ops* ops) {
  SCOPED_TRACE(section.file + ": " + section.text);
  ir::PtxProgram program("table.ptx", gpu::TableHead("8.6", 90) + gpu::KernelOf(section, "k"));
  ASSERT_TRUE(program.ok()) << diag::ToText(program.diagnostics());
  ASSERT_TRUE(program.diagnostics().empty()) << diag::ToText(program.diagnostics());
  ir::Module& module = program.module();
  for (const ir::Inst& inst : module.insts) (*ops)[static_cast<size_t>(inst.op)] = true;
  if (optimised) pass::ForExecution(module);
  ASSERT_TRUE(ir::Verify(module).empty());
  const uint32_t results = section.results();
  std::vector<uint64_t> in;
  const uint32_t rows = static_cast<uint32_t>(section.rows.size());
  for (uint32_t first = 0; first < rows; first += gpu::kTableThreads) {
    const uint32_t count = std::min(gpu::kTableThreads, rows - first);
    in.clear();
    for (uint32_t r = 0; r < count; ++r) {
      const auto& sources = section.rows[first + r].sources;
      in.insert(in.end(), sources.begin(), sources.end());
    }
    exec::Instance instance(module);
    const exec::DevicePtr from = instance.Allocate(std::max<size_t>(8, 8 * in.size()), "in");
    const exec::DevicePtr to = instance.Allocate(8ull * results * count, "out");
    instance.Write(from, {reinterpret_cast<const uint8_t*>(in.data()), 8 * in.size()});
    instance.Write(to, std::vector<uint8_t>(8ull * results * count, 0));
    exec::Launch launch;
    launch.kernel = module.Find("k");
    launch.block = {count, 1, 1};
    launch.params.resize(16);
    memcpy(launch.params.data(), &from, 8);
    memcpy(launch.params.data() + 8, &to, 8);
    const exec::RunReport report = instance.LaunchKernel(launch, exec::RunOptions());
    ASSERT_TRUE(report.clean()) << (report.findings.empty() ? "" : report.findings[0].message);
    const auto bytes = instance.Read(to);
    for (uint32_t r = 0; r < count; ++r) {
      const Section::Row& row = section.rows[first + r];
      uint32_t k = 0;
      for (const Section::Operand& o : section.operands) {
        if (!o.is_result()) continue;
        uint64_t got = 0;
        memcpy(&got, bytes.data() + 8 * (size_t{r} * results + k), 8);
        ASSERT_LT(k, row.results.size());
        EXPECT_TRUE(gpu::Meets(o.type, row.results[k], got))
            << gpu::Difference(section, row, k, got);
        ++k;
      }
    }
  }
}

TEST(Conformance, InstructionsDoWhatThePtxIsaSays) {
  const std::filesystem::path folder = WS_TABLES_DIR;
  uint32_t sections = 0;
  Ops ops{};
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".txt") continue;
    for (const Section& section : gpu::ReadTable(entry.path().string())) {
      Check(section, false, &ops);
      Check(section, true, &ops);
      ++sections;
    }
  }
  EXPECT_GT(sections, 0u);
  // Every operation is in a table but for those that are listed with a test of their own.
  const std::set<std::string> others = WithOwnTest();
  for (size_t op = 0; op < ops.size(); ++op) {
    const char* name = ir::InfoOf(static_cast<ir::Op>(op)).name;
    EXPECT_TRUE(ops[op] || others.contains(name)) << name << " is in no table";
  }
}

}  // namespace
}  // namespace ws
