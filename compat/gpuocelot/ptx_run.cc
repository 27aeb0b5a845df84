// libgpuocelot.so: the one function of gpuocelot that others bind, on our engine.
//
// A kernel uses host addresses as they are, so bounds cannot be told: what can be is memory that
// the process does not have, and everything within a block. Modules are kept by their text, with
// their variables, the least recently used going first. Whatever is wrong is told on standard
// error; the launch ends and the process goes on.
//
//   WARPSMITH_CHECKS=1    check initialisation and races of shared memory, barriers, registers too
//   WARPSMITH_FUEL=N      warp instructions of a launch (default: 2^33)
#include "compat/gpuocelot/ptx_run.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "api/program.h"
#include "base/format.h"
#include "base/hash.h"
#include "exec/engine.h"
#include "exec/memory.h"
#include "verify/execute.h"
#include "verify/verdict_text.h"

namespace {

constexpr size_t kMostModules = 4096;
constexpr size_t kMostTextBytes = size_t{256} << 20;

void Say(std::string_view text) {
  const std::string line = ws::Format("libgpuocelot: {}{}", text, text.ends_with('\n') ? "" : "\n");
  fwrite(line.data(), 1, line.size(), stderr);
}

struct LoadedModule {
  std::mutex lock;  // one launch at a time
  std::string text;
  std::unique_ptr<ws::api::Program> program;
  std::unique_ptr<ws::exec::Instance> instance;
  ws::ir::FunctionId kernel;
  std::string error;  // why it cannot be launched

  void Load() {
    auto loaded = ws::api::Program::Load(text, "module.ptx", ws::api::Language::kPtx,
                                         ws::api::Purpose::kExecution);
    if (!loaded.ok()) {
      error = loaded.error().message;
      return;
    }
    program = std::move(loaded).value();
    const ws::ir::Module& module = program->module();
    size_t kernels = 0;
    for (uint32_t f = 0; f < module.functions.size(); ++f) {
      if (!ws::api::IsKernel(module.functions[f])) continue;
      kernel = ws::ir::FunctionId(f);
      ++kernels;
    }
    if (kernels != 1) {
      error =
          ws::Format("the module has {} entries; ptx_run launches modules that have one", kernels);
      return;
    }
    instance = std::make_unique<ws::exec::Instance>(
        module, std::make_shared<ws::exec::Memory>(/*host_addresses=*/true));
  }
};

class ModuleCache {
 public:
  std::shared_ptr<LoadedModule> Get(std::string_view text) {
    const uint64_t hash = ws::HashText(text);
    const std::lock_guard lock(lock_);
    auto [begin, end] = by_hash_.equal_range(hash);
    for (auto it = begin; it != end; ++it) {
      if ((*it->second)->text != text) continue;
      recent_.splice(recent_.begin(), recent_, it->second);
      return recent_.front();
    }
    auto made = std::make_shared<LoadedModule>();
    made->text = std::string(text);
    made->Load();
    recent_.push_front(made);
    by_hash_.emplace(hash, recent_.begin());
    text_bytes_ += text.size();
    while (recent_.size() > 1 && (recent_.size() > kMostModules || text_bytes_ > kMostTextBytes)) {
      Drop();
    }
    return made;
  }

 private:
  using List = std::list<std::shared_ptr<LoadedModule>>;

  void Drop() {
    const auto last = std::prev(recent_.end());
    auto [begin, end] = by_hash_.equal_range(ws::HashText((*last)->text));
    for (auto it = begin; it != end; ++it) {
      if (it->second != last) continue;
      by_hash_.erase(it);
      break;
    }
    text_bytes_ -= (*last)->text.size();
    recent_.pop_back();
  }

  std::mutex lock_;
  List recent_;  // most recently used first
  std::unordered_multimap<uint64_t, List::iterator> by_hash_;
  size_t text_bytes_ = 0;
};

// Not destroyed: kernels may be launched by destructors of the client.
ModuleCache& Cache() {
  static ModuleCache& cache = *new ModuleCache;
  return cache;
}

const ws::exec::RunOptions& Options() {
  static const ws::exec::RunOptions options = [] {
    ws::exec::RunOptions o;
    const char* checks = getenv("WARPSMITH_CHECKS");
    o.checks = checks != nullptr && *checks != 0 && strcmp(checks, "0") != 0;
    if (const char* fuel = getenv("WARPSMITH_FUEL");
        fuel != nullptr && strtoull(fuel, nullptr, 10) != 0) {
      o.limits.fuel = strtoull(fuel, nullptr, 10);
    }
    // There is no call to ask for more than 48 KiB.
    o.limits.max_shared_bytes = o.limits.max_shared_bytes_opt_in;
    return o;
  }();
  return options;
}

// The parameter block; an error where the arguments do not fit the kernel.
std::string MakeParams(const ws::ir::Module& module, const ws::ir::Function& kernel, int n_args,
                       void* const* args, std::vector<uint8_t>& block) {
  const auto params = module.Params(kernel);
  if (n_args < 0 || static_cast<size_t>(n_args) != params.size()) {
    return ws::Format("{} takes {} arguments, not {}", kernel.name, params.size(), n_args);
  }
  if (n_args > 0 && args == nullptr) return "args is null";
  block.resize(kernel.param_bytes);
  for (size_t i = 0; i < params.size(); ++i) {
    if (params[i].bytes > sizeof args[i]) {
      return ws::Format("parameter {} of {} has {} bytes; an argument holds {}", i, kernel.name,
                        params[i].bytes, sizeof args[i]);
    }
    memcpy(block.data() + params[i].offset, &args[i], params[i].bytes);
  }
  return {};
}

void Launch(const char* ptx, int n_args, void** args, const int (&block)[3], const int (&grid)[3],
            int shared) {
  if (ptx == nullptr) return Say("ptx is null");
  const std::shared_ptr<LoadedModule> loaded = Cache().Get(ptx);
  if (!loaded->error.empty()) return Say(loaded->error);
  const ws::ir::Module& module = loaded->program->module();
  const ws::ir::Function& kernel = module.functions[loaded->kernel.index];
  for (const int n : {block[0], block[1], block[2], grid[0], grid[1], grid[2]}) {
    if (n <= 0) {
      return Say(ws::Format("{}: the grid is {} x {} x {} blocks of {} x {} x {} threads",
                            kernel.name, grid[0], grid[1], grid[2], block[0], block[1], block[2]));
    }
  }
  if (shared < 0) return Say(ws::Format("{}: {} bytes of shared memory", kernel.name, shared));
  ws::exec::Launch launch;
  launch.kernel = loaded->kernel;
  for (int k = 0; k < 3; ++k) {
    launch.block[k] = static_cast<uint32_t>(block[k]);
    launch.grid[k] = static_cast<uint32_t>(grid[k]);
  }
  launch.dynamic_shared_bytes = static_cast<uint32_t>(shared);
  const std::string error = MakeParams(module, kernel, n_args, args, launch.params);
  if (!error.empty()) return Say(error);
  const std::lock_guard lock(loaded->lock);
  const ws::exec::RunReport report = loaded->instance->LaunchKernel(launch, Options());
  if (!report.printed.empty()) {
    fwrite(report.printed.data(), 1, report.printed.size(), stdout);
    fflush(stdout);
  }
  for (const ws::exec::Finding& finding : report.findings) {
    if (!finding.is_note) Say(ws::verify::ToText(ws::verify::Render(finding, module)));
  }
  if (report.status != ws::exec::RunStatus::kOk && report.findings.empty()) {
    Say(ws::Format("{}: the launch was stopped", kernel.name));
  }
}

}  // namespace

void ptx_run(const char* ptx, int n_args, void** args, int block_x, int block_y, int block_z,
             int grid_x, int grid_y, int grid_z, int dynamic_shared_bytes) {
  try {
    Launch(ptx, n_args, args, {block_x, block_y, block_z}, {grid_x, grid_y, grid_z},
           dynamic_shared_bytes);
  } catch (const std::exception& error) {
    Say(error.what());
  }
}
