#include "tests/referee/paths.h"

#include <algorithm>
#include <cstring>
#include <map>

#include "base/format.h"
#include "base/rng.h"
#include "cxx/kernels.h"
#include "exec/engine.h"
#include "front/compiled.h"
#include "ir/ptx.h"
#include "ir/ptx_program.h"
#include "ir/verify.h"
#include "pass/body.h"
#include "pass/pipeline.h"
#include "tests/referee/generate.h"
#include "tests/referee/generate_ptx.h"

namespace ws::referee {
namespace {

void Count(const ir::Module& module, Coverage* coverage) {
  for (const ir::Function& f : module.functions) {
    if (f.kind == ir::FunctionKind::kHost || f.math != ir::MathFn::kNone) continue;
    for (const ir::Block& block : module.Blocks(f)) {
      for (const ir::Inst& inst : module.Insts(block)) {
        ++(*coverage)[static_cast<size_t>(inst.op)];
      }
    }
  }
}

template <typename T>
std::vector<uint8_t> Bytes(const std::vector<T>& values) {
  std::vector<uint8_t> bytes(values.size() * sizeof(T));
  memcpy(bytes.data(), values.data(), bytes.size());
  return bytes;
}

std::vector<uint8_t> IntegerInputs(Rng& rng) {
  std::vector<uint32_t> values(kInputs);
  for (uint32_t& v : values) {
    const uint64_t bits = rng.Next();
    v = static_cast<uint32_t>(rng.Below(4) == 0 ? bits % 16 : bits);
  }
  return Bytes(values);
}

std::vector<uint8_t> FloatInputs(Rng& rng) {
  std::vector<float> values(kInputs);
  for (float& v : values) {
    constexpr float kSpecial[] = {0.0f, -0.0f, 1.0f, -1.0f, 1e-40f, 3e38f, 65504.0f, 0.5f};
    v = rng.Below(4) == 0 ? kSpecial[rng.Below(8)]
                          : static_cast<float>((rng.Unit() - 0.5) * (rng.Below(2) ? 4 : 1e6));
  }
  return Bytes(values);
}

Stage StageOf(Path path) {
  if (path == Path::kUnoptimised) return Stage::kRead;
  return path == Path::kTiming ? Stage::kTiming : Stage::kOptimised;
}

// Runs the passes between two stages; why it cannot go on, if so.
std::string Pass(ir::Module& module, Stage from, Stage to) {
  if (from < Stage::kOptimised && to >= Stage::kOptimised) pass::ForExecution(module);
  if (from < Stage::kTiming && to == Stage::kTiming) {
    for (const pass::Pass& pass : pass::TimingPasses()) {
      if (std::string_view(pass.name) == "contract") continue;
      for (uint32_t f = 0; f < module.functions.size(); ++f) {
        const ir::Function& function = module.functions[f];
        if (function.kind != ir::FunctionKind::kHost && function.num_blocks > 0) {
          if (pass::HasRoom(module)) pass.run(module, ir::FunctionId(f));
        }
      }
    }
  }
  const auto faults = ir::Verify(module);
  return faults.empty() ? "" : "malformed IR: " + faults[0];
}

exec::RunOptions OptionsOf(Path path, uint64_t seed) {
  exec::RunOptions options;
  // clang copies structs with what lies between their members in words, of which a check of bytes
  // that have no value knows too little.
  options.checks = path != Path::kUnchecked && !IsCompiler(path);
  options.schedule_seed = path == Path::kReordered ? seed + 1 : 0;
  options.limits.fuel = uint64_t{1} << 26;
  return options;
}

std::string ProblemOf(const exec::RunReport& report) {
  if (report.clean()) return "";
  return "did not run clean: " +
         (report.findings.empty() ? "no finding" : report.findings[0].message);
}

std::vector<exec::DevicePtr> Allocate(exec::Instance& instance,
                                      const std::vector<GlobalArray>& arrays) {
  std::vector<exec::DevicePtr> pointers;
  for (const GlobalArray& array : arrays) {
    pointers.push_back(instance.Allocate(array.content.size(), array.name));
    instance.Write(pointers.back(), array.content);
  }
  return pointers;
}

Outcome Read(const exec::Instance& instance, const std::vector<GlobalArray>& arrays,
             const std::vector<exec::DevicePtr>& pointers) {
  Outcome outcome;
  for (size_t i = 0; i < arrays.size(); ++i) {
    if (!arrays[i].is_output) continue;
    const auto bytes = instance.Read(pointers[i]);
    outcome.bytes.insert(outcome.bytes.end(), bytes.begin(), bytes.end());
  }
  return outcome;
}

// What was printed belongs to the results; threads print in any order.
void AddPrinted(const std::string& printed, Outcome* outcome) {
  std::vector<std::string_view> lines;
  for (size_t begin = 0; begin < printed.size();) {
    const size_t end = std::min(printed.find('\n', begin), printed.size() - 1) + 1;
    lines.push_back(std::string_view(printed).substr(begin, end - begin));
    begin = end;
  }
  std::ranges::sort(lines);
  for (const std::string_view line : lines) {
    outcome->bytes.insert(outcome->bytes.end(), line.begin(), line.end());
  }
}

}  // namespace

std::vector<GlobalArray> ArraysOfCuda(uint64_t seed) {
  Rng rng(seed ^ 0x5eed);
  std::vector<GlobalArray> arrays;
  constexpr std::pair<const char*, size_t> kOutputs[] = {{"u", 4}, {"l", 8}, {"f", 4}, {"d", 8}};
  for (const auto& [name, bytes] : kOutputs) {
    arrays.push_back({name, std::vector<uint8_t>(bytes * kMaxThreads, 0)});
  }
  arrays.push_back({"sums", std::vector<uint8_t>(4 * kSums, 0x3c)});
  arrays.push_back({"in", IntegerInputs(rng), false});
  arrays.push_back({"fin", FloatInputs(rng), false});
  return arrays;
}

std::vector<GlobalArray> ArraysOfPtx(uint32_t blocks, uint32_t threads, uint64_t seed) {
  Rng rng(seed ^ 0x5eed);
  const size_t slots = 8ull * kPtxSlots * blocks * threads;
  return {{"out", std::vector<uint8_t>(slots, 0x3c)},
          {"sums", std::vector<uint8_t>(4 * kSums, 0x3c)},
          {"in", IntegerInputs(rng), false}};
}

namespace {

// Gives the kernels of the module the bodies that the path wants; has no bytes.
Outcome TakeBodies(const front::Compiled& compiled, ir::Module& module, Path path) {
  std::vector<diag::Rendered> diagnostics;
  bool ok = true;
  if (path == Path::kPrinted) ok = cxx::TakePrintedKernels(module, diagnostics);
  if (IsCompiler(path)) {
    const auto compiler = path == Path::kNvrtc ? cxx::KernelPath::kNvrtc : cxx::KernelPath::kClang;
    const auto made = cxx::MakeKernels(compiled, {.path = compiler});
    if (!made.ok()) {
      return {made.error().message, {}, made.error().blame == Blame::kInfrastructure};
    }
    ok = cxx::TakeKernels(module, made.value(), diagnostics);
  }
  return {ok ? "" : diag::ToText(diagnostics), {}};
}

Outcome RunLaunch(const ir::Module& module, ir::FunctionId launch, Path path, uint64_t seed) {
  exec::Instance instance(module);
  const std::vector<GlobalArray> arrays = ArraysOfCuda(seed);
  const std::vector<exec::DevicePtr> pointers = Allocate(instance, arrays);
  std::vector<exec::ArgValue> args;
  for (const exec::DevicePtr p : pointers) args.push_back({ir::Type::kU64, p});
  const exec::RunReport report = instance.Call(launch, args, OptionsOf(path, seed));
  if (const std::string problem = ProblemOf(report); !problem.empty()) return {problem, {}};
  Outcome outcome = Read(instance, arrays, pointers);
  AddPrinted(report.printed, &outcome);
  return outcome;
}

Outcome RunKernel(const ir::Module& module, uint32_t blocks, uint32_t threads, Path path,
                  uint64_t seed) {
  exec::Instance instance(module);
  const std::vector<GlobalArray> arrays = ArraysOfPtx(blocks, threads, seed);
  const std::vector<exec::DevicePtr> pointers = Allocate(instance, arrays);
  exec::Launch launch;
  launch.kernel = module.Find("k");
  launch.grid = {blocks, 1, 1};
  launch.block = {threads, 1, 1};
  launch.params.resize(8 * pointers.size());
  memcpy(launch.params.data(), pointers.data(), launch.params.size());
  const exec::RunReport report = instance.LaunchKernel(launch, OptionsOf(path, seed));
  if (const std::string problem = ProblemOf(report); !problem.empty()) return {problem, {}};
  return Read(instance, arrays, pointers);
}

}  // namespace

ir::Module& Subject::module() { return threads_ > 0 ? ptx_->module() : cuda_->module(); }

uint32_t Subject::kernels() const {
  const ir::Module& m = threads_ > 0 ? ptx_->module() : cuda_->module();
  return static_cast<uint32_t>(std::ranges::count_if(
      m.functions, [](const ir::Function& f) { return f.kind == ir::FunctionKind::kKernel; }));
}

Outcome Subject::Make(Path path, Coverage* coverage) {
  as_read_ = path != Path::kPrinted && !IsCompiler(path);
  stage_ = Stage::kRead;
  if (threads_ > 0) {
    ptx_ = std::make_unique<ir::PtxProgram>("generated.ptx", text_);
    if (ptx_->ok() && path == Path::kPrinted) {
      ptx_ = std::make_unique<ir::PtxProgram>("printed.ptx", ir::ToPtx(ptx_->module()));
    }
    if (!ptx_->ok()) return {diag::ToText(ptx_->diagnostics()), {}};
  } else {
    cuda_ = front::CompileText("generated.cu", text_, {.host_only = IsCompiler(path)});
    if (!cuda_->ok()) return {diag::ToText(cuda_->diagnostics()), {}};
    if (Outcome taken = TakeBodies(*cuda_, module(), path); !taken.problem.empty()) return taken;
  }
  if (coverage != nullptr) Count(module(), coverage);
  return {};
}

Outcome Subject::Run(Path path, Coverage* coverage) {
  const Stage stage = StageOf(path);
  const bool shared = path != Path::kPrinted && !IsCompiler(path);
  if (!as_read_ || !shared || stage_ > stage) {
    if (Outcome made = Make(path, coverage); !made.problem.empty()) {
      as_read_ = false;
      return made;
    }
  }
  if (std::string fault = Pass(module(), stage_, stage); !fault.empty()) return {fault, {}};
  stage_ = stage;
  return threads_ > 0 ? RunKernel(module(), blocks_, threads_, path, seed_)
                      : RunLaunch(module(), module().Find("launch"), path, seed_);
}

std::string Together(const std::vector<Seeded>& programs) {
  uint32_t heads = 0;
  for (const Seeded& one : programs) heads |= one.program->heads;
  std::string text = HeadText(heads);
  for (size_t i = 0; i < programs.size(); ++i) {
    const Program& p = *programs[i].program;
    AppendFormat(text, "namespace program{} {{\n{}}}\n", i, p.text.substr(p.head_bytes));
  }
  return text;
}

std::vector<Outcome> RunTogether(const std::vector<Seeded>& programs, Path path,
                                 Coverage* coverage) {
  const auto compiled =
      front::CompileText("generated.cu", Together(programs), {.host_only = IsCompiler(path)});
  if (!compiled->ok()) return {};
  ir::Module& module = compiled->module();
  if (!TakeBodies(*compiled, module, path).problem.empty()) return {};
  if (coverage != nullptr) Count(module, coverage);
  if (!Pass(module, Stage::kRead, StageOf(path)).empty()) return {};
  // The launchers in the order of the text.
  std::map<uint32_t, ir::FunctionId> launchers;
  for (uint32_t f = 0; f < module.functions.size(); ++f) {
    const ir::Function& function = module.functions[f];
    if (function.name == "launch") launchers[function.loc.offset] = ir::FunctionId(f);
  }
  if (launchers.size() != programs.size()) return {};
  std::vector<Outcome> outcomes;
  for (const auto& [offset, launch] : launchers) {
    outcomes.push_back(RunLaunch(module, launch, path, programs[outcomes.size()].seed));
  }
  return outcomes;
}

std::string FirstDifference(const std::vector<uint8_t>& native, const std::vector<uint8_t>& other) {
  constexpr struct {
    const char* name;
    uint32_t bytes, count;
  } kArrays[] = {{"u", 4, kMaxThreads},
                 {"l", 8, kMaxThreads},
                 {"f", 4, kMaxThreads},
                 {"d", 8, kMaxThreads},
                 {"sums", 4, kSums}};
  size_t at = 0;
  for (const auto& array : kArrays) {
    for (uint32_t i = 0; i < array.count; ++i, at += array.bytes) {
      if (at + array.bytes > native.size() || at + array.bytes > other.size()) return "no results";
      uint64_t a = 0, b = 0;
      memcpy(&a, native.data() + at, array.bytes);
      memcpy(&b, other.data() + at, array.bytes);
      if (a != b) return Format("{}[{}]: {:x}, not {:x}", array.name, i, b, a);
    }
  }
  return "what is printed";
}

}  // namespace ws::referee
