#include "target/cuda/profile.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/arena_memory.h"
#include "base/format.h"
#include "front/compiled.h"
#include "pass/body.h"
#include "pass/pipeline.h"
#include "target/cuda/collect.h"
#include "target/cuda/data_flow.h"
#include "target/cuda/device.h"
#include "target/cuda/gradient.h"
#include "target/cuda/registers.h"

namespace ws::target::cuda {
namespace {

// More blocks of a launch are run than the few, within a bound on their number and on the warp
// instructions they execute together: some to see whether blocks differ, and many where they do.
struct More {
  uint32_t blocks;
  double work;
};
constexpr More kProbe = {512, 1 << 19}, kDiffer = {1024, 1 << 23};

struct BenchInput {
  task::BenchSize size;
  std::vector<task::Array> arrays;
  std::vector<uint64_t> scalar_bits;  // by argument; 0 for arrays
  double compulsory_bytes = 0;        // each array argument once
};

std::string DescribeFailure(const exec::RunReport& report, const ir::Module& module) {
  if (report.findings.empty()) return "the program stopped";
  const exec::Finding& finding = report.findings.front();
  const diag::LineColumn at = diag::FindLine(module.sources, finding.loc);
  if (at.line == 0) return finding.message;
  const std::string_view file = module.sources.file(module.sources.FileOf(finding.loc)).name;
  return Format("{}:{}:{}: {}", file, at.line, at.column, finding.message);
}

class CudaProfiler : public Profiler {
 public:
  CudaProfiler(const task::Task& task, const ProfileOptions& options)
      : task_(task), options_(options) {
    options_.kernels.keeps_math_calls = true;  // priced as the library's calls are
  }

  Status Prepare() {
    constexpr uint64_t kSeed = 1;  // counters do not depend on the values, as far as they can
    for (const task::BenchSize& size : task_.bench_sizes) {
      BenchInput input{.size = size, .arrays = {}, .scalar_bits = {}, .compulsory_bytes = 0};
      TRY(input.arrays, task::MakeInputs(task_, size.sizes, task::Family::kFromInit, kSeed));
      for (size_t i = 0; i < task_.args.size(); ++i) {
        uint64_t bits = 0;
        if (task_.args[i].role == task::Role::kScalar) {
          TRY(bits, task::ScalarBits(task_, i, size.sizes));
        } else {
          const double bytes = static_cast<double>(input.arrays[i].bytes.size());
          input.compulsory_bytes += task_.args[i].role == task::Role::kInOut ? 2 * bytes : bytes;
        }
        input.scalar_bits.push_back(bits);
      }
      inputs_.push_back(std::move(input));
    }
    if (inputs_.empty()) return Error{"the task has no bench sizes"};
    return Ok();
  }

  Result<Profile> Run(std::string_view source, std::string_view file_name) const override {
    Profile profile;
    if (options_.kernels.path != task::KernelPath::kNative) {
      const auto program = task::Program::Compile(source, file_name, options_.kernels);
      if (program->failure() != nullptr) return *program->failure();
      if (!program->ok()) return DoesNotCompile(program->diagnostics());
      if (!program->faults().empty()) {
        return Error{"internal: " + program->faults()[0], Blame::kInfrastructure};
      }
      profile.front = task::NameOf(program->path());
      profile.front_note = program->path_note();
      ArenaMemory memory;
      ir::Module module(memory.arena());
      pass::CloneModule(program->written(), module);
      TRY_OK(Price(module, profile));
      return profile;
    }
    const std::unique_ptr<front::Compiled> compiled =
        front::CompileText(std::string(file_name), std::string(source), {.read_includes = true});
    if (!compiled->ok()) return DoesNotCompile(compiled->diagnostics());
    TRY_OK(Price(compiled->module(), profile));
    return profile;
  }

 private:
  static Error DoesNotCompile(const std::vector<diag::Rendered>& diagnostics) {
    return Error{"does not compile:\n" + diag::ToText(diagnostics)};
  }

  // Fills the profile of a module, which becomes what ptxas would make of it.
  Status Price(ir::Module& module, Profile& profile) const {
    pass::ForTiming(module);
    const Registers registers = FindRegisters(module, *options_.arch, options_.use_ptxas);
    profile.arch = std::string(options_.arch->name);
    double total_weight = 0;
    for (const BenchInput& input : inputs_) {
      TRY(SizeProfile size, RunSize(module, registers, input));
      const double w = size.weight;
      profile.sampling_error += w * size.sampling_error_us;
      profile.time.low_us += w * size.time.low_us;
      profile.time.high_us += w * size.time.high_us;
      profile.roofline_us += w * size.roofline_us;
      total_weight += w;
      profile.sizes.push_back(std::move(size));
    }
    if (profile.time.low_us > 0) profile.sampling_error /= profile.time.low_us;
    profile.time.low_us /= total_weight;
    profile.time.high_us /= total_weight;
    profile.roofline_us /= total_weight;
    Summarise(module, profile);
    return Ok();
  }

  struct Sampled {
    std::vector<LaunchStats> launches;
    std::vector<exec::HostWork> host_work;
  };

  // One call of the launcher; the second one where the first leaves allocations behind, since a
  // workspace that is kept is paid for once.
  Result<Sampled> Sample(const ir::Module& module, const Registers& registers,
                         const BenchInput& input, const Sampling& sampling) const {
    const ir::FunctionId entry = module.Find(task_.entry);
    if (!entry.valid() || module.functions[entry.index].kind != ir::FunctionKind::kHost) {
      return Error{Format("there is no host function `{}`", task_.entry)};
    }
    const auto params = module.Params(module.functions[entry.index]);
    if (params.size() != task_.args.size()) {
      return Error{Format("`{}` takes {} parameters, the task has {} arguments", task_.entry,
                          params.size(), task_.args.size())};
    }
    exec::Instance instance(module);
    std::vector<exec::ArgValue> args;
    for (size_t i = 0; i < task_.args.size(); ++i) {
      exec::ArgValue value{params[i].type, input.scalar_bits[i]};
      const task::Array& array = input.arrays[i];
      if (task_.args[i].role != task::Role::kScalar) {
        value.bits = instance.Allocate(array.bytes.size(), task_.args[i].name);
        if (value.bits == 0) {
          return Error{Format("no memory for `{}` at bench size", task_.args[i].name),
                       Blame::kInfrastructure};
        }
        if (task_.args[i].role != task::Role::kOutput) instance.Write(value.bits, array.bytes);
      }
      args.push_back(value);
    }
    const auto registers_of = [&](ir::FunctionId kernel) { return registers.Of(kernel); };
    exec::RunOptions run;
    run.checks = false;
    run.limits.fuel = options_.fuel;
    run.limits.max_shared_bytes_opt_in = options_.arch->shared_bytes_per_block;
    run.limits.device = FactsOf(*options_.arch);
    Sampled out;
    for (int call = 0; call == 0 || (call == 1 && KeepsMemory(out.host_work)); ++call) {
      Collector collector(module, *options_.arch, registers_of, sampling);
      exec::Tracer tracer = collector.tracer();
      run.tracer = &tracer;
      const exec::RunReport report = instance.Call(entry, args, run);
      if (report.status != exec::RunStatus::kOk) {
        return Error{"does not run at bench size: " + DescribeFailure(report, module)};
      }
      out = {.launches = collector.Take(), .host_work = collector.TakeHostWork()};
    }
    return out;
  }

  // What to run instead of what was; none: it was enough.
  static std::optional<Sampling> MoreOf(const std::vector<LaunchStats>& launches) {
    Sampling out;
    bool any = false;
    for (const LaunchStats& launch : launches) {
      double executed = 0;
      for (const InstStats& inst : launch.insts) executed += inst.executed;
      const More& more = launch.varies ? kDiffer : kProbe;
      const double per_block = std::max(executed, 1.0) / static_cast<double>(launch.blocks);
      const auto fits = static_cast<uint32_t>(std::min<double>(more.work / per_block, more.blocks));
      // Half as many again give no other picture.
      const bool asks = launch.sampled && 2 * fits > 3 * launch.blocks_run;
      out.spread.push_back(asks ? fits : launch.blocks_run);
      any = any || asks;
    }
    return any ? std::optional(std::move(out)) : std::nullopt;
  }

  Result<SizeProfile> RunSize(const ir::Module& module, const Registers& registers,
                              const BenchInput& input) const {
    TRY(Sampled sampled, Sample(module, registers, input, {}));
    const std::vector<LaunchStats>& launches = sampled.launches;
    // Sampled results are not whole: a later launch that is steered by them needs them in full.
    const bool steered =
        std::any_of(launches.begin() + (launches.empty() ? 0 : 1), launches.end(),
                    [&](const LaunchStats& l) { return IsDataDependent(module, l.launch.kernel); });
    if (steered) {
      TRY(sampled, Sample(module, registers, input, {.all = true, .spread = {}}));
    }
    for (int again = 0; again < 2 && !steered; ++again) {
      const std::optional<Sampling> more = MoreOf(launches);
      if (!more) break;
      TRY(sampled, Sample(module, registers, input, *more));
    }
    SizeProfile out;
    out.sizes = input.size.sizes;
    out.weight = input.size.weight;
    const Arch& arch = *options_.arch;
    // An operation is counted per lane and as two for a fused multiply-add.
    const double flops_us =
        options_.compulsory_flops / (2 * arch.fp32_lanes * arch.sms * arch.clock_ghz * 1e3);
    out.roofline_us = std::max(input.compulsory_bytes / (arch.dram_gbps * 1e3), flops_us);
    L2State l2;
    for (const LaunchStats& stats : launches) {
      LaunchProfile launch;
      const ir::Function& kernel = module.functions[stats.launch.kernel.index];
      launch.kernel = std::string(kernel.name);
      launch.grid = stats.launch.grid;
      launch.block = stats.launch.block;
      launch.sampled = stats.sampled;
      launch.blocks_run = stats.blocks_run;
      launch.sampling_error = stats.sampling_error;
      launch.registers_from = registers.from_ptxas ? "ptxas" : "liveness estimate";
      launch.time = PriceLaunch(arch, module, stats, l2, launch.counters);
      if (launch.time.occupancy.blocks == 0) {
        return Error{
            Format("`{}` cannot be launched on {}: {} threads, {} registers, {} bytes of "
                   "shared memory per block",
                   kernel.name, arch.name, launch.block[0] * launch.block[1] * launch.block[2],
                   stats.registers, stats.shared_bytes)};
      }
      out.sampling_error_us += stats.sampling_error * launch.time.time.low_us;
      out.time.low_us += launch.time.time.low_us;
      out.time.high_us += launch.time.time.high_us;
      out.launches.push_back(std::move(launch));
    }
    out.host_calls = PriceHostWork(arch, sampled.host_work);
    for (const HostCallProfile& call : out.host_calls) {
      out.time.low_us += call.time.low_us;
      out.time.high_us += call.time.high_us;
    }
    return out;
  }

  // Limiter, state vector and gradient from the sizes; the heaviest size speaks.
  void Summarise(const ir::Module& module, Profile& profile) const {
    constexpr size_t kResources = static_cast<size_t>(Resource::kCount);
    std::vector<double> use(kResources, 0);
    std::vector<double> limits(kResources, 0);
    for (const SizeProfile& size : profile.sizes) {
      for (const LaunchProfile& launch : size.launches) {
        for (size_t r = 0; r < kResources; ++r) use[r] += size.weight * launch.time.resource_us[r];
        limits[static_cast<size_t>(launch.time.limiter)] += size.weight * launch.time.time.low_us;
      }
    }
    profile.limiter =
        static_cast<Resource>(std::max_element(limits.begin(), limits.end()) - limits.begin());
    const double most = *std::max_element(use.begin(), use.end());
    for (const double u : use) profile.state.push_back(most > 0 ? u / most : 0);
    const auto heaviest = std::max_element(
        profile.sizes.begin(), profile.sizes.end(), [](const auto& a, const auto& b) {
          return a.weight * a.time.low_us < b.weight * b.time.low_us;
        });
    profile.gradient = TextualGradient(*options_.arch, module, *heaviest);
    if (!pass::HasRoom(module)) {
      profile.gradient +=
          " The code is too large for all passes: it is priced less optimised than ptxas makes it.";
    }
  }

  task::Task task_;
  ProfileOptions options_;
  std::vector<BenchInput> inputs_;
};

}  // namespace

SpeedupRange Speedup(const Profile& baseline, const Profile& candidate) {
  const double at_low = baseline.time.low_us / candidate.time.low_us;
  const double at_high = baseline.time.high_us / candidate.time.high_us;
  const double error = 1 + 2 * std::hypot(baseline.sampling_error, candidate.sampling_error);
  return {std::min(at_low, at_high) / error, std::max(at_low, at_high) * error};
}

Result<std::unique_ptr<Profiler>> Profiler::Make(const task::Task& task,
                                                 const ProfileOptions& options) {
  WS_CHECK(options.arch != nullptr);
  auto profiler = std::make_unique<CudaProfiler>(task, options);
  TRY_OK(profiler->Prepare());
  return std::unique_ptr<Profiler>(std::move(profiler));
}

}  // namespace ws::target::cuda
