// Runs a kernel written in PTX.
#ifndef WARPSMITH_TESTS_PTX_RUN_H_
#define WARPSMITH_TESTS_PTX_RUN_H_

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "diag/render.h"
#include "exec/engine.h"
#include "ir/ptx_program.h"
#include "ir/verify.h"
#include "pass/pipeline.h"
#include "tests/test.h"

namespace ws {

struct Ran {
  exec::RunReport report;
  std::vector<uint32_t> out;
};

// Runs `.entry k(.param .u64 out)`, which has `words` words, in blocks of `threads`.
inline Ran RunPtx(const std::string& text, uint32_t threads, uint32_t words,
                  const std::vector<uint32_t>& begin = {},
                  const exec::RunOptions& options = exec::RunOptions(),
                  const std::string& head = ".version 8.7\n.target sm_90a\n") {
  ir::PtxProgram program("k.ptx", head + ".address_size 64\n" + text);
  EXPECT_TRUE(program.ok()) << diag::ToText(program.diagnostics());
  Ran ran;
  if (!program.ok()) return ran;
  EXPECT_TRUE(ir::Verify(program.module()).empty());
  pass::ForExecution(program.module());
  EXPECT_TRUE(ir::Verify(program.module()).empty());
  exec::Instance instance(program.module());
  const exec::DevicePtr out = instance.Allocate(4ull * words, "out");
  std::vector<uint8_t> bytes(4ull * words, 0);
  memcpy(bytes.data(), begin.data(), std::min(bytes.size(), 4 * begin.size()));
  instance.Write(out, bytes);
  exec::Launch launch;
  launch.kernel = program.module().Find("k");
  launch.block = {threads, 1, 1};
  launch.params.resize(8);
  memcpy(launch.params.data(), &out, 8);
  ran.report = instance.LaunchKernel(launch, options);
  ran.out.resize(words);
  memcpy(ran.out.data(), instance.Read(out).data(), 4ull * words);
  return ran;
}

inline std::string FirstFinding(const Ran& ran) {
  return ran.report.findings.empty() ? "" : ran.report.findings[0].message;
}

// A kernel of these instructions: %t is the thread, %out its element of the array.
inline std::string Kernel(const std::string& body) {
  std::string text = R"(
.visible .entry k(.param .u64 out) {
  .reg .u32 %t, %r<9>;
  .reg .u64 %out, %rd<9>;
  .reg .pred %p<9>;
  ld.param.u64 %out, [out];
  mov.u32 %t, %tid.x;
  mul.wide.u32 %rd0, %t, 4;
  add.s64 %out, %out, %rd0;
)";
  text += body;
  return text + "}\n";
}

}  // namespace ws

#endif  // WARPSMITH_TESTS_PTX_RUN_H_
