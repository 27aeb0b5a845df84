#include "driver/launch_dump.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

#include "diag/render.h"
#include "driver/launch_files.h"
#include "exec/engine.h"
#include "front/compiled.h"
#include "ir/ptx.h"
#include "pass/pipeline.h"
#include "task/element.h"
#include "task/program.h"

namespace ws::driver {
namespace {

// One of the two folders.
struct Part {
  std::string folder;
  task::Sizes sizes;
  bool execute = false;  // all blocks, with data and expected outputs
};

Status DumpPart(const Candidate& candidate, const ir::Module& module, ir::FunctionId entry,
                uint64_t seed, int sm, const Part& part) {
  const task::Task& task = candidate.task;
  TRY(const std::vector<task::Array> arrays,
      task::MakeInputs(task, part.sizes, task::Family::kFromInit, seed));
  exec::Instance instance(module);
  LaunchCall call = {.module = module,
                     .instance = instance,
                     .name = candidate.file,
                     .size = task::ToText(part.sizes),
                     .execute = part.execute};
  std::vector<exec::ArgValue> args;
  const auto params = module.Params(module.functions[entry.index]);
  for (size_t i = 0; i < task.args.size(); ++i) {
    const task::Arg& arg = task.args[i];
    exec::ArgValue value{params[i].type, 0};
    if (arg.role == task::Role::kScalar) {
      TRY(value.bits, task::ScalarBits(task, i, part.sizes));
    } else {
      const task::Array& array = arrays[i];
      value.bits = instance.Allocate(array.bytes.size(), arg.name);
      if (value.bits == 0) return Error{"no memory for " + arg.name, Blame::kInfrastructure};
      LaunchBuffer buffer = {.base = value.bits,
                             .bytes = array.bytes.size(),
                             .role = task::Name(arg.role),
                             .dtype = task::Name(arg.dtype),
                             .name = arg.name};
      if (arg.role != task::Role::kOutput) {
        instance.Write(value.bits, array.bytes);
        const bool drawn =
            arg.init.kind == task::InitKind::kNormal || arg.init.kind == task::InitKind::kUniform;
        buffer.is_random = !part.execute && drawn && task::IsFloat(arg.dtype);
        buffer.has_data = !buffer.is_random;
      }
      call.buffers.push_back(std::move(buffer));
    }
    args.push_back(value);
  }
  call.run = [&](const exec::RunOptions& options) { return instance.Call(entry, args, options); };
  return WriteLaunches(call, ir::ToPtx(module, {.sm = sm}), part.folder);
}

double BytesAt(const task::Task& task, const task::Sizes& sizes) {
  double total = 0;
  for (const task::Arg& arg : task.args) {
    if (arg.role == task::Role::kScalar) continue;
    const auto bytes = task::BytesOfArray(arg, sizes);
    if (bytes.ok()) total += static_cast<double>(bytes.value());
  }
  return total;
}

}  // namespace

Status DumpLaunches(const Candidate& candidate, uint64_t seed, int sm, const std::string& folder) {
  const task::Task& task = candidate.task;
  const auto program = task::Program::Compile(candidate.source, candidate.file);
  std::vector<diag::Rendered> diagnostics = program->diagnostics();
  const auto entry = program->ok() ? program->FindEntry(task, diagnostics) : std::nullopt;
  if (!entry) return Error{diag::ToText(diagnostics)};
  const task::Sizes& largest = *std::ranges::max_element(
      task.test_sizes, {}, [&](const task::Sizes& sizes) { return BytesAt(task, sizes); });
  TRY_OK(DumpPart(candidate, program->module(), *entry, seed, sm,
                  {folder + "/check", largest, /*execute=*/true}));

  const auto compiled =
      front::CompileText(candidate.file, candidate.source, {.read_includes = true});
  pass::ForTiming(compiled->module());
  const task::Sizes& bench =
      std::ranges::max_element(task.bench_sizes, {}, &task::BenchSize::weight)->sizes;
  return DumpPart(candidate, compiled->module(), *entry, seed, sm,
                  {folder + "/time", bench, /*execute=*/false});
}

}  // namespace ws::driver
