// Modules in the style of the compilers that write PTX, with every check. The first lines of a file
// in tests/producers say how it is run and what it gives:
//
//   // RUN: block 128 grid 1 shared 0
//   // OUT: 1 2 3       the first elements of the output; `NEAR 8:`, from the 8th on, to a
//   hundredth
//
// The first parameter is the output, the second an input of 0, 1, 2, ..., both of 1,024 floats;
// other addresses are null, other integers 256.
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "diag/render.h"
#include "exec/engine.h"
#include "ir/ptx_program.h"
#include "ir/verify.h"
#include "pass/pipeline.h"
#include "tests/test.h"

namespace ws {
namespace {

constexpr size_t kFloats = 1024;

struct Wanted {
  uint32_t block = 1, grid = 1, shared = 0;
  size_t from = 0;
  bool is_near = false;
  std::vector<float> values;
};

Wanted WantedBy(const std::string& text) {
  Wanted wanted;
  std::istringstream lines(text);
  std::string line, word;
  std::getline(lines, line);
  std::istringstream run(line);
  run >> word >> word >> word >> wanted.block >> word >> wanted.grid >> word >> wanted.shared;
  std::getline(lines, line);
  std::istringstream out(line);
  out >> word >> word;
  wanted.is_near = word == "NEAR";
  if (wanted.is_near) out >> wanted.from >> word;
  for (float value; out >> value;) wanted.values.push_back(value);
  return wanted;
}

void Check(const std::string& name, const std::string& text, const Wanted& wanted, bool optimised) {
  ir::PtxProgram program(name, text);
  ASSERT_TRUE(program.ok()) << diag::ToText(program.diagnostics());
  EXPECT_TRUE(program.diagnostics().empty()) << diag::ToText(program.diagnostics());
  ir::Module& module = program.module();
  if (optimised) pass::ForExecution(module);
  ASSERT_TRUE(ir::Verify(module).empty());
  exec::Instance instance(module);
  std::vector<float> in(kFloats), out(kFloats);
  for (size_t i = 0; i < kFloats; ++i) in[i] = static_cast<float>(i);
  const exec::DevicePtr pointers[2] = {instance.Allocate(4 * kFloats, "out"),
                                       instance.Allocate(4 * kFloats, "in")};
  const auto* const bytes = reinterpret_cast<const uint8_t*>(in.data());
  instance.Write(pointers[0], std::vector<uint8_t>(4 * kFloats, 0));
  instance.Write(pointers[1], {bytes, 4 * kFloats});
  exec::Launch launch;
  for (uint32_t f = 0; f < module.functions.size(); ++f) {
    if (module.functions[f].kind == ir::FunctionKind::kKernel) launch.kernel = ir::FunctionId(f);
  }
  const ir::Function& kernel = module.functions[launch.kernel.index];
  launch.params.resize(kernel.param_bytes);
  for (uint32_t p = 0, next = 0; p < kernel.num_params; ++p) {
    const ir::Param& param = module.params[kernel.first_param + p];
    const uint32_t count = 256;
    if (ir::BytesOf(param.type) == 8 && next < 2) {
      memcpy(launch.params.data() + param.offset, &pointers[next++], 8);
    } else if (ir::BytesOf(param.type) == 4) {
      memcpy(launch.params.data() + param.offset, &count, 4);
    }
  }
  launch.block = {wanted.block, 1, 1};
  launch.grid = {wanted.grid, 1, 1};
  launch.dynamic_shared_bytes = wanted.shared;
  const exec::RunReport report = instance.LaunchKernel(launch, exec::RunOptions());
  EXPECT_TRUE(report.clean()) << (report.findings.empty() ? "" : report.findings[0].message);
  memcpy(out.data(), instance.Read(pointers[0]).data(), 4 * kFloats);
  for (size_t i = 0; i < wanted.values.size(); ++i) {
    const float value = wanted.values[i], got = out[wanted.from + i];
    EXPECT_LE(std::fabs(got - value), wanted.is_near ? 0.01f * std::fabs(value) : 0.0f)
        << "element " << wanted.from + i << " is " << got << ", not " << value;
  }
}

TEST(PtxProducers, RunAsTheyAre) {
  size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(WS_SOURCE_DIR "/tests/producers")) {
    std::ifstream in(entry.path());
    std::stringstream text;
    text << in.rdbuf();
    const std::string name = entry.path().filename().string();
    SCOPED_TRACE(name);
    const Wanted wanted = WantedBy(text.str());
    ASSERT_FALSE(wanted.values.empty());
    Check(name, text.str(), wanted, false);
    Check(name, text.str(), wanted, true);
    ++files;
  }
  EXPECT_GT(files, 5u);
}

}  // namespace
}  // namespace ws
