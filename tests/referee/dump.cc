#include "tests/referee/dump.h"

#include <cstring>
#include <vector>

#include "base/format.h"
#include "driver/launch_files.h"
#include "exec/engine.h"
#include "front/compiled.h"
#include "ir/ptx.h"
#include "ir/ptx_program.h"
#include "pass/pipeline.h"
#include "tests/referee/paths.h"

namespace ws::referee {
namespace {

// Allocates and fills the arrays; results are bytes, so that they are compared bit for bit.
driver::LaunchCall CallOf(const ir::Module& module, exec::Instance& instance, uint64_t seed,
                          const std::vector<GlobalArray>& arrays) {
  driver::LaunchCall call = {.module = module,
                             .instance = instance,
                             .name = "the program",
                             .size = Format("seed={}", seed)};
  for (const GlobalArray& array : arrays) {
    const exec::DevicePtr base = instance.Allocate(array.content.size(), array.name);
    instance.Write(base, array.content);
    call.buffers.push_back({.base = base,
                            .bytes = array.content.size(),
                            .role = array.is_output ? "inout" : "input",
                            .dtype = "u8",
                            .name = array.name,
                            .has_data = true});
  }
  return call;
}

}  // namespace

Status DumpCuda(const std::string& text, uint64_t seed, const std::string& folder) {
  const auto compiled = front::CompileText("generated.cu", text);
  if (!compiled->ok()) return Error{diag::ToText(compiled->diagnostics())};
  ir::Module& module = compiled->module();
  pass::ForExecution(module);
  exec::Instance instance(module);
  driver::LaunchCall call = CallOf(module, instance, seed, ArraysOfCuda(seed));
  std::vector<exec::ArgValue> args;
  for (const driver::LaunchBuffer& b : call.buffers) args.push_back({ir::Type::kU64, b.base});
  call.run = [&](const exec::RunOptions& options) {
    return instance.Call(module.Find("launch"), args, options);
  };
  return driver::WriteLaunches(call, ir::ToPtx(module), folder);
}

Status DumpPtx(const std::string& text, uint32_t blocks, uint32_t threads, uint64_t seed,
               const std::string& folder) {
  ir::PtxProgram program("generated.ptx", text);
  if (!program.ok()) return Error{diag::ToText(program.diagnostics())};
  ir::Module& module = program.module();
  pass::ForExecution(module);
  exec::Instance instance(module);
  driver::LaunchCall call = CallOf(module, instance, seed, ArraysOfPtx(blocks, threads, seed));
  exec::Launch launch;
  launch.kernel = module.Find("k");
  launch.grid = {blocks, 1, 1};
  launch.block = {threads, 1, 1};
  launch.params.resize(8 * call.buffers.size());
  for (size_t i = 0; i < call.buffers.size(); ++i) {
    memcpy(launch.params.data() + 8 * i, &call.buffers[i].base, 8);
  }
  call.run = [&](const exec::RunOptions& options) {
    return instance.LaunchKernel(launch, options);
  };
  return driver::WriteLaunches(call, text, folder);
}

}  // namespace ws::referee
