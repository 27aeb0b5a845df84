// Every kernel and host function of the input, run with all checks and little fuel. What runs clean
// gives the same bytes without the passes, without checks, and in each shadow domain.
#include <algorithm>

#include "base/hash.h"
#include "exec/engine.h"
#include "pass/body.h"
#include "pass/pipeline.h"
#include "tests/fuzz/compiled_text.h"
#include "tests/fuzz/fuzz.h"

namespace ws::fuzz {
namespace {

constexpr uint64_t kBufferBytes = 4096;  // behind each pointer
constexpr uint32_t kMaxRuns = 4;         // functions of one input

exec::RunOptions SmallRun() {
  exec::RunOptions options;
  options.limits.fuel = 20'000;
  options.limits.device_bytes = uint64_t{8} << 20;
  options.limits.host_bytes = uint64_t{1} << 20;
  options.limits.launches = 16;
  return options;
}

// What a scalar parameter gets: small, so that it may be a size.
uint64_t ScalarBits(ir::Type type) {
  switch (type) {
    case ir::Type::kF16:
      return 0x3e00;  // 1.5
    case ir::Type::kF32:
      return 0x3fc00000;
    case ir::Type::kF64:
      return 0x3ff8000000000000;
    case ir::Type::kPred:
      return 1;
    default:
      return 33;
  }
}

struct Outcome {
  exec::RunReport report;
  std::vector<std::vector<uint8_t>> buffers;
};

Outcome RunFunction(const ir::Module& module, ir::FunctionId id, const exec::RunOptions& options) {
  const ir::Function& f = module.functions[id.index];
  exec::Instance instance(module);
  std::vector<exec::DevicePtr> pointers;
  std::vector<exec::ArgValue> args;
  exec::Launch launch;
  launch.kernel = id;
  launch.grid = {3, 1, 1};
  launch.block = {f.max_threads == 0 ? 40 : std::min(f.max_threads, 40u), 1, 1};
  launch.dynamic_shared_bytes = 512;
  launch.params.resize(f.param_bytes);
  for (const ir::Param& param : module.Params(f)) {
    uint64_t bits = ScalarBits(param.type);
    if (param.is_pointer) {
      // Words that are small integers and denormal or zero floats alike.
      std::vector<uint8_t> bytes(kBufferBytes);
      for (size_t i = 0; i < bytes.size(); i += 4) bytes[i] = static_cast<uint8_t>(i / 4);
      pointers.push_back(instance.Allocate(kBufferBytes, param.name));
      instance.Write(pointers.back(), bytes);
      bits = pointers.back();
    }
    args.push_back({param.type, bits});
    if (f.kind == ir::FunctionKind::kKernel) {
      const size_t end = std::min<size_t>(launch.params.size(), size_t{param.offset} + param.bytes);
      for (size_t i = param.offset; i < end && i < param.offset + 8; ++i) {
        launch.params[i] = static_cast<uint8_t>(bits >> (8 * (i - param.offset)));
      }
    }
  }
  Outcome outcome;
  outcome.report = f.kind == ir::FunctionKind::kKernel ? instance.LaunchKernel(launch, options)
                                                       : instance.Call(id, args, options);
  for (const exec::DevicePtr pointer : pointers) {
    const auto bytes = instance.Read(pointer);
    outcome.buffers.emplace_back(bytes.begin(), bytes.end());
  }
  return outcome;
}

// A run that may be compared with others: nothing was found, and no clock or budget is in it.
bool Comparable(const Outcome& outcome) {
  return outcome.report.clean() && outcome.report.findings.empty();
}

std::string RunVm(std::string_view input) {
  const auto compiled = CompileInput(input);
  if (!compiled->ok()) return {};
  // Clocks differ by design.
  const bool has_clock = input.find("clock") != std::string_view::npos ||
                         input.find("globaltimer") != std::string_view::npos;
  ArenaMemory memory;
  ir::Module plain(memory.arena());
  pass::CloneModule(compiled->module(), plain);
  pass::ForExecution(compiled->module());
  const ir::Module& module = compiled->module();
  const uint64_t hash = HashText(input);
  uint32_t runs = 0;
  for (uint32_t i = 0; i < module.functions.size() && runs < kMaxRuns; ++i) {
    const ir::Function& f = module.functions[i];
    if (f.num_blocks == 0 || f.kind == ir::FunctionKind::kDevice) continue;
    ++runs;
    const ir::FunctionId id(i);
    exec::RunOptions options = SmallRun();
    options.schedule_seed = hash % 3;
    const Outcome first = RunFunction(module, id, options);
    const auto differs = [&](const ir::Module& other_module,
                             const exec::RunOptions& other_options) {
      const Outcome other = RunFunction(other_module, id, other_options);
      return Comparable(first) && Comparable(other) && !has_clock && first.buffers != other.buffers;
    };
    const std::string name(f.name);
    if (differs(plain, options)) return name + ": the passes change the result";
    options.domain = hash % 2 == 0 ? exec::Domain::kDouble : exec::Domain::kError;
    if (differs(module, options)) return name + ": a shadow domain changes the result";
    options.domain = exec::Domain::kNone;
    options.checks = false;
    if (differs(module, options)) return name + ": without checks the result is another";
  }
  return {};
}

}  // namespace

namespace targets {
extern const FuzzTarget kVm = {"vm", "cuda", RunVm};
}  // namespace targets

}  // namespace ws::fuzz
